package dev.kafkapod.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.tryout.QuorumWatch.Look;
import dev.kafkapod.tryout.QuorumWatch.Losses;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumWatchTest {

  @Test
  void tellsAnElectionFromALostMajority() {
    List<Look> looks =
        List.of(
            new Look(100, 3, true),
            new Look(300, 2, false),
            new Look(400, 2, true),
            new Look(1400, 1, false),
            new Look(1500, 3, true));

    assertThat(Losses.of(looks, 3)).isEqualTo(new Losses(1200, 1000));
    assertThat(Losses.of(looks, 3).plus(new Losses(50, 0)).describe())
        .isEqualTo("the quorum was without a majority for 1.0 s, and without a leader for 1.3 s");
  }

  @Test
  void wantsThreeOfFive() {
    assertThat(Losses.of(List.of(new Look(100, 2, true)), 5)).isEqualTo(new Losses(0, 100));
    assertThat(Losses.of(List.of(new Look(100, 3, true)), 5)).isEqualTo(new Losses(0, 0));
  }
}

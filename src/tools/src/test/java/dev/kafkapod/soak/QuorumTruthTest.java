package dev.kafkapod.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.soak.QuorumTruth.Replica;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuorumTruthTest {

  private static final Replica LEADER = new Replica(1, true, 1000);

  @Test
  void isWholeWhileEveryVoterHasWhatTheLeaderHas() {
    assertThat(truth(LEADER, new Replica(2, true, 996), new Replica(3, true, 1000)).isWhole())
        .isTrue();
  }

  @Test
  void lacksAVoterThatIsFurtherBehind() {
    assertThat(truth(LEADER, new Replica(2, true, 995), new Replica(3, true, 1000)).isWhole())
        .isFalse();
  }

  @Test
  void lacksAVoterWhoseNodeFollowsByAnotherDisk() {
    assertThat(truth(LEADER, new Replica(2, true, 400), new Replica(2, false, 1000)).isWhole())
        .isFalse();
  }

  @Test
  void lacksALeaderThatHasNoVote() {
    assertThat(new QuorumTruth(9, Arrays.asList(LEADER)).isWhole()).isFalse();
  }

  private static QuorumTruth truth(Replica... replicas) {
    return new QuorumTruth(1, Arrays.asList(replicas));
  }
}

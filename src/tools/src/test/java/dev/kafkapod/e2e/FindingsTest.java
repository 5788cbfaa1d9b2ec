package dev.kafkapod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.e2e.Findings.Finding;
import dev.kafkapod.e2e.load.LoadLine;
import dev.kafkapod.e2e.load.LoadLine.Look;
import dev.kafkapod.e2e.load.LoadLine.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsTest {

  private static final Look SHRUNK = new Look(2, 8, 8, 0, 0);

  private static List<Finding> wrong(LoadLine... lines) {
    return new Findings(List.of(lines)).judge().stream().filter(it -> !it.holds()).toList();
  }

  @Test
  void allIsWellWhereNothingFailedWasLostOrFellUnderMinIsr() {
    assertThat(
            new Findings(
                    List.of(new Look(1, 0, 0, 0, 0), SHRUNK, new Result(3, 100, 0, 0, 0, 30, 1500)))
                .judge())
        .containsExactly(
            new Finding(true, "no message failed", "100 acknowledged, 0 failed"),
            new Finding(true, "no acknowledged message was lost", "0 lost, 0 read twice"),
            new Finding(
                true,
                "no partition was under min ISR or offline",
                "at none of 30 looks, the longest gap between two 1.5 s; at most 8 under-replicated, 8 at min ISR"));
  }

  @Test
  void aFailedMessageIsWrong() {
    assertThat(wrong(SHRUNK, new Result(3, 100, 2, 0, 0, 30, 150)))
        .containsExactly(new Finding(false, "no message failed", "100 acknowledged, 2 failed"));
  }

  @Test
  void aLostMessageIsWrong() {
    assertThat(wrong(SHRUNK, new Result(3, 100, 0, 1, 4, 30, 150)))
        .containsExactly(
            new Finding(false, "no acknowledged message was lost", "1 lost, 4 read twice"));
  }

  @Test
  void aSinglePartitionUnderMinIsrOrOfflineIsWrong() {
    assertThat(wrong(new Look(2, 8, 7, 1, 0), new Result(3, 100, 0, 0, 0, 30, 150)))
        .containsExactly(
            new Finding(
                false,
                "no partition was under min ISR or offline",
                "partitions: under-replicated 8, at-min-ISR 7, under-min-ISR 1, offline 0"));
    assertThat(wrong(new Look(2, 8, 8, 0, 1), new Result(3, 100, 0, 0, 0, 30, 150))).hasSize(1);
  }

  @Test
  void whoHasSeenNothingProvesNothing() {
    assertThat(wrong(SHRUNK))
        .containsExactly(new Finding(false, "the load came to its end", "it printed no result"));
    assertThat(wrong(new Result(3, 0, 0, 0, 0, 0, 0))).hasSize(3);
  }
}

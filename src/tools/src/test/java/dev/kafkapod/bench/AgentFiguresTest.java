package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bench.AgentFigures.Rounds;
import dev.kafkapod.bench.Comparison.Aim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentFiguresTest {

  private static Evaluation evaluation(int wallMs, int cpuMs, long allocated) {
    return new Evaluation(Duration.ofMillis(wallMs), Duration.ofMillis(cpuMs), allocated);
  }

  private static AgentFigures figures(int partitions, int cpuMs, long transientHeap) {
    return new AgentFigures(
        partitions,
        new Rounds(
            List.of(evaluation(1000, cpuMs, 123_456_789)),
            List.of(evaluation(900, 40, 100_000_000))),
        transientHeap);
  }

  @Test
  void takesTheMedianOfEachFigureOnItsOwn() {
    assertThat(
            Evaluation.median(
                List.of(evaluation(3, 10, 2), evaluation(1, 30, 3), evaluation(2, 20, 1))))
        .isEqualTo(evaluation(2, 20, 2));
  }

  @Test
  void keepsToOnePercentOfACoreAtAHundredTimesTheCpu() {
    assertThat(figures(10, 70, 1).shortestInterval()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void dividesWhatIsAllocatedAmongPartitions() {
    assertThat(figures(100_000, 70, 1).bytesAPartition()).isEqualTo(1_234);
  }

  @Test
  void meetsEveryAimThatIsJustReached() {
    assertThat(figures(100_000, 50, 110_000_000).aims())
        .containsExactly(
            new Aim("CPU, evaluation / listTopics", "1.25 (1.25 to 1.25)", "at most 1.25", true),
            new Aim("heap, evaluation / listTopics allocates", "1.10", "at most 1.10", true));
  }

  @Test
  void missesEveryAimThatIsJustNotReached() {
    assertThat(figures(100_000, 51, 111_000_000).aims())
        .containsExactly(
            new Aim("CPU, evaluation / listTopics", "1.28 (1.28 to 1.28)", "at most 1.25", false),
            new Aim("heap, evaluation / listTopics allocates", "1.11", "at most 1.10", false));
  }

  @Test
  void comparesMediansOfTurnsAndSaysTheirSpread() {
    AgentFigures figures =
        new AgentFigures(
            1000,
            new Rounds(
                List.of(evaluation(1, 20, 1), evaluation(1, 30, 1), evaluation(1, 90, 1)),
                List.of(evaluation(1, 20, 100), evaluation(1, 20, 100), evaluation(1, 20, 100))),
            150);

    assertThat(figures.ratios())
        .isEqualTo(
            "CPU of an evaluation / of listTopics alone: 1.50 (1.00 to 4.50); transient heap / what listTopics allocates: 1.50");
  }

  @Test
  void hasNoAimsForClustersOfOtherSizes() {
    assertThat(figures(200_000, 1, 1).aims()).isEmpty();
  }
}

package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bench.Comparison.Aim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentFiguresTest {

  private static Evaluation evaluation(int wallMs, int cpuMs, long allocated) {
    return new Evaluation(Duration.ofMillis(wallMs), Duration.ofMillis(cpuMs), allocated);
  }

  private static AgentFigures figures(int partitions, Duration cpu, long transientHeap) {
    return new AgentFigures(
        partitions, new Evaluation(Duration.ofSeconds(1), cpu, 123_456_789), transientHeap);
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
    assertThat(figures(10, Duration.ofMillis(70), 1).shortestInterval())
        .isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void dividesWhatIsAllocatedAmongPartitions() {
    assertThat(figures(100_000, Duration.ofMillis(70), 1).bytesAPartition()).isEqualTo(1_234);
  }

  @Test
  void meetsEveryAimThatIsJustReached() {
    assertThat(figures(100_000, Duration.ofMillis(50), 64_000_000).aims())
        .containsExactly(
            new Aim("CPU of an evaluation", "50.0 ms", "at most 50 ms", true),
            new Aim("transient heap", "64.0 MB", "at most 64 MB", true));
  }

  @Test
  void missesEveryAimThatIsJustNotReached() {
    assertThat(figures(100_000, Duration.ofNanos(50_100_000), 64_100_000).aims())
        .containsExactly(
            new Aim("CPU of an evaluation", "50.1 ms", "at most 50 ms", false),
            new Aim("transient heap", "64.1 MB", "at most 64 MB", false));
  }

  @Test
  void hasNoAimsForClustersOfOtherSizes() {
    assertThat(figures(200_000, Duration.ofMillis(1), 1).aims()).isEmpty();
  }
}

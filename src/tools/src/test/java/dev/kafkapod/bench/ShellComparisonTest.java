package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bench.Comparison.Aim;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShellComparisonTest {

  private static Cost cost(int wallMicros, int cpuMicros) {
    return new Cost(
        Duration.ofNanos(wallMicros * 1_000L), Duration.ofNanos(cpuMicros * 1_000L), 1_000_000);
  }

  private static ShellComparison comparison(Cost fast, Cost curl) {
    return new ShellComparison(cost(800, 700), fast, curl, cost(600_000, 900_000), cost(1, 1));
  }

  @Test
  void dividesTheTimesOfManyCallsAndNotTheirMemory() {
    assertThat(cost(200_000, 100_000).dividedBy(100)).isEqualTo(cost(2_000, 1_000));
  }

  @Test
  void meetsEveryAimThatIsJustReached() {
    assertThat(comparison(cost(2_400, 2_100), cost(30_000, 21_000)).aims())
        .containsExactly(
            new Aim("wall, probe / sh -c :", "3.000", "at most 3.000", true),
            new Aim("CPU, probe / sh -c :", "3.000", "at most 3.000", true),
            new Aim("CPU, probe / bash + curl", "0.100", "at most 0.100", true));
  }

  @Test
  void missesEveryAimThatIsJustNotReached() {
    assertThat(comparison(cost(2_403, 2_103), cost(30_000, 20_900)).aims())
        .containsExactly(
            new Aim("wall, probe / sh -c :", "3.004", "at most 3.000", false),
            new Aim("CPU, probe / sh -c :", "3.004", "at most 3.000", false),
            new Aim("CPU, probe / bash + curl", "0.101", "at most 0.100", false));
  }

  @Test
  void saysHowManyTimesAsMuchOthersCost() {
    assertThat(comparison(cost(2_000, 1_000), cost(20_000, 15_000)).ratios())
        .contains(
            "bash + grep + curl: 10.0 times the probe's wall time, 15.0 times its CPU",
            "kafka-pod ready --direct: 300.0 times the probe's wall time, 900.0 times its CPU");
  }
}

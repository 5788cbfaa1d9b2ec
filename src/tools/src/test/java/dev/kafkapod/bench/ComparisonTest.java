package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bench.Comparison.Aim;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static Cost cost(int wallMs, int cpuMs, int megabytes) {
    return new Cost(Duration.ofMillis(wallMs), Duration.ofMillis(cpuMs), megabytes * 1_000_000L);
  }

  private static final List<Cost> FOUR_CALLS =
      List.of(
          cost(1000, 900, 150),
          cost(1200, 1000, 155),
          cost(1400, 1100, 160),
          cost(1600, 1200, 158));

  @Test
  void addsUpTheTimesOfFourCallsAndTakesTheLargestMemory() {
    assertThat(Cost.together(FOUR_CALLS)).isEqualTo(cost(5200, 4200, 160));
  }

  @Test
  void takesTheMedianOfEachFigureOnItsOwn() {
    assertThat(Cost.median(List.of(cost(3, 10, 2), cost(1, 30, 3), cost(2, 20, 1))))
        .isEqualTo(cost(2, 20, 2));
  }

  @Test
  void takesTheMiddleBetweenTheTwoInTheMiddle() {
    assertThat(Cost.median(FOUR_CALLS))
        .isEqualTo(new Cost(Duration.ofMillis(1300), Duration.ofMillis(1050), 156_500_000));
  }

  @Test
  void meetsEveryAimThatIsJustReached() {
    Comparison comparison =
        new Comparison(cost(1001, 421, 155), cost(5000, 4200, 160), cost(1000, 420, 154));

    assertThat(comparison.aims())
        .containsExactly(
            new Aim("CPU, ready / all four", "0.100", "at most 0.100", true),
            new Aim("wall, ready / all four", "0.200", "at most 0.200", true),
            new Aim("CPU, ready / one call", "0.998", "less than 1", true),
            new Aim("wall, ready / one call", "0.999", "less than 1", true),
            new Aim("memory, ready / one call", "0.994", "less than 1", true));
  }

  @Test
  void missesEveryAimThatIsJustNotReached() {
    Comparison comparison =
        new Comparison(cost(1010, 430, 155), cost(5000, 4200, 160), cost(1010, 430, 155));

    assertThat(comparison.aims())
        .containsExactly(
            new Aim("CPU, ready / all four", "0.102", "at most 0.100", false),
            new Aim("wall, ready / all four", "0.202", "at most 0.200", false),
            new Aim("CPU, ready / one call", "1.000", "less than 1", false),
            new Aim("wall, ready / one call", "1.000", "less than 1", false),
            new Aim("memory, ready / one call", "1.000", "less than 1", false));
  }
}

package dev.kafkapod.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.agent.EvaluationBudget.Next;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the cluster is asked, and what that may cost. */
class EvaluationBudgetTest {

  private static final long BEGIN = Long.MAX_VALUE - Duration.ofSeconds(100).toNanos();

  private final EvaluationBudget budget = new EvaluationBudget(BEGIN);

  private Next after(boolean ready, long cpuMillis, double seconds) {
    return budget.after(ready, Duration.ofMillis(cpuMillis), BEGIN + (long) (seconds * 1e9));
  }

  private static Next asWanted(long seconds) {
    return new Next(Duration.ofSeconds(seconds), false);
  }

  private static Next spacedOut(long millis) {
    return new Next(Duration.ofMillis(millis), true);
  }

  @Test
  void asksEveryFiveSecondsWhileReady() {
    assertThat(after(true, 10, 0)).isEqualTo(asWanted(5));
  }

  @Test
  void asksEveryTwoSecondsWhileNot() {
    assertThat(after(false, 10, 0)).isEqualTo(asWanted(2));
  }

  @Test
  void theFirstSecondOfCpuTimeIsFree() {
    assertThat(after(false, 600, 0)).isEqualTo(asWanted(2));
    assertThat(after(false, 400, 0)).isEqualTo(asWanted(2));
  }

  @Test
  void whatIsBeyondItIsPaidForByWaitingAHundredTimesAsLong() {
    assertThat(after(false, 1_000, 0)).isEqualTo(asWanted(2));
    assertThat(after(false, 50, 0)).isEqualTo(spacedOut(5_000));
    // 50 ms earned in the meantime
    assertThat(after(true, 60, 5)).isEqualTo(spacedOut(6_000));
  }

  @Test
  void isNotSpacedOutWhereTheWantedIntervalPaysForIt() {
    after(true, 1_000, 0);

    assertThat(after(true, 50, 0)).isEqualTo(asWanted(5));
    assertThat(after(true, 51, 5)).isEqualTo(spacedOut(5_100));
  }

  @Test
  void savesNoMoreThanASecond() {
    assertThat(after(false, 1_030, 100_000)).isEqualTo(spacedOut(3_000));
  }

  @Test
  void savesUpAgain() {
    after(false, 1_000, 0);
    assertThat(after(false, 1_020, 100)).isEqualTo(asWanted(2));
    assertThat(after(false, 10, 100)).isEqualTo(spacedOut(3_000));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "5, 5, true",
    "20, 20, false",
    "50, 50, true",
    "100, 20, false",
    "500, 40, true",
    "1500, 10, false",
    "0, 0, false"
  })
  void staysWithinOnePercentOfTheTimeAndASecondForAnHour(
      long firstMillis, long laterMillis, boolean ready) {
    double seconds = 0;
    long total = 0;
    long cost = firstMillis;
    int count = 0;
    while (seconds < 3600) {
      // the next asking, at this moment, isn't paid for yet
      assertThat(total / 1000.0)
          .as("CPU by second %s", seconds)
          .isLessThanOrEqualTo(1 + seconds / 100 + 1e-3);
      Next next = after(ready, cost, seconds);
      assertThat(next.interval()).isGreaterThanOrEqualTo(Duration.ofSeconds(ready ? 5 : 2));
      total += cost;
      count++;
      cost = laterMillis;
      seconds += next.interval().toNanos() / 1e9;
    }

    // and yet no less often than it may
    double affordable = (double) (1_000 + 36_000 - firstMillis) / Math.max(1, laterMillis);
    double unpaid = Math.max(0, firstMillis - 1_000) / 10.0;
    double wanted = (3600 - unpaid) / (ready ? 5 : 2);
    assertThat(count).isGreaterThanOrEqualTo((int) Math.min(affordable, wanted) - 1);
  }

  @Test
  void asksOnceAMinuteHoweverDearItIs() {
    assertThat(after(true, 100_000, 0)).isEqualTo(new Next(Duration.ofSeconds(60), true));
    assertThat(after(true, 100_000, 60)).isEqualTo(new Next(Duration.ofSeconds(60), true));
    // nor is the debt remembered for longer
    assertThat(after(true, 1, 120).interval()).isLessThan(Duration.ofSeconds(6));
  }
}

package dev.kafkapod.stopping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AskingPaceTest {

  private static final AskingPace PACE = new AskingPace(Duration.ofSeconds(5));
  private static final long AMPLE = 300_000;

  @Test
  void asksLessOftenWhereAskingTakesLongUpToALimit() {
    assertThat(afterNo(100, AMPLE, 0)).isEqualTo(2000);
    assertThat(afterNo(500, AMPLE, 0)).isEqualTo(2000);
    assertThat(afterNo(1500, AMPLE, 0.5)).isEqualTo(7000);
    assertThat(afterNo(8000, AMPLE, 0)).isEqualTo(10_000);
    assertThat(afterNo(60_000, AMPLE, 1)).isEqualTo(12_000);
  }

  @Test
  void keepsTheTimeForTwoLastQuestionsThatAreAsSlow() {
    // 5 s apart, two answers of 3 s, and a second to spare
    assertThat(afterNo(3000, 23_000, 0)).isEqualTo(10_000);
    assertThat(afterNo(3000, 21_999, 0)).isEqualTo(9999);
    assertThat(afterNo(3000, 13_000, 0)).isEqualTo(1000);
    assertThat(afterNo(3000, 12_100, 0)).isEqualTo(500);
    assertThat(afterNo(3000, 12_000, 0)).isEqualTo(500);
  }

  @Test
  void thenForTwoThatAreQuickAndForASingleOne() {
    assertThat(afterNo(3000, 11_999, 0)).isEqualTo(3999);
    assertThat(afterNo(3000, 7999, 0)).isEqualTo(3999);
    assertThat(afterNo(3000, 3999, 0)).isEqualTo(1999);
    assertThat(afterNo(3000, 1999, 0)).isEqualTo(10_000);
    assertThat(afterNo(200, 10_000, 0)).isEqualTo(2000);
    assertThat(afterNo(200, 9000, 0)).isEqualTo(1000);
  }

  @Test
  void aYesMustHoldForSomeTimeAndIsConfirmedBeforeTheTimeIsOver() {
    assertThat(afterYes(200, AMPLE, 0)).isEqualTo(5000);
    assertThat(afterYes(200, AMPLE, 1)).isEqualTo(10_000);
    assertThat(afterYes(200, 9000, 1)).isEqualTo(7000);
    assertThat(afterYes(4000, 12_000, 1)).isEqualTo(7000);
    assertThat(afterYes(200, 6000, 1)).isEqualTo(5000);
  }

  private static long afterNo(long took, long left, double chance) {
    return PACE.afterNo(Duration.ofMillis(took), Duration.ofMillis(left), chance).toMillis();
  }

  private static long afterYes(long took, long left, double chance) {
    return PACE.afterYes(Duration.ofMillis(took), Duration.ofMillis(left), chance).toMillis();
  }
}

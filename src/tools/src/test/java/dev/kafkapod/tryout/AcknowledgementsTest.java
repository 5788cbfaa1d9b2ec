package dev.kafkapod.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.tryout.Acknowledgements.Gap;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

  private static final long MS = 1_000_000;

  private final Acknowledgements acknowledgements = new Acknowledgements(-1_000 * MS);

  private void acknowledge(long sentMillis, long atMillis) {
    acknowledgements.add(sentMillis * MS, atMillis * MS);
  }

  @Test
  void leavesOutTheSlowestHundredth() {
    for (int i = 1; i <= 99; i++) {
      acknowledge(0, i);
    }
    acknowledge(0, 9_000);

    assertThat(acknowledgements.withinMillis(99)).hasValue(99);
    assertThat(acknowledgements.withinMillis(100)).hasValue(9_000);
  }

  @Test
  void takesTheSlowestOfAFew() {
    acknowledge(0, 5);
    acknowledge(0, 70);

    assertThat(acknowledgements.withinMillis(99)).hasValue(70);
  }

  @Test
  void keepsLongGapsAndTheLongest() {
    acknowledge(0, 10);
    acknowledge(0, 509);
    acknowledge(0, 1_009);
    acknowledge(0, 4_009);

    assertThat(acknowledgements.gaps())
        .containsExactly(new Gap(509 * MS, 1_009 * MS), new Gap(1_009 * MS, 4_009 * MS));
    assertThat(acknowledgements.longestGapMillis()).isEqualTo(3_000);
  }

  @Test
  void countsNoGapBeforeTheFirst() {
    acknowledge(0, 5_000);

    assertThat(acknowledgements.gaps()).isEmpty();
    assertThat(acknowledgements.longestGapMillis()).isZero();
  }

  @Test
  void countsTheGapThatIsOpenAtTheEnd() {
    acknowledge(0, 10);
    acknowledgements.end(2_010 * MS);

    assertThat(acknowledgements.gaps()).containsExactly(new Gap(10 * MS, 2_010 * MS));
  }

  @Test
  void isOneGapIfNothingIsEverAcknowledged() {
    acknowledgements.end(2_000 * MS);

    assertThat(acknowledgements.longestGapMillis()).isEqualTo(3_000);
    assertThat(acknowledgements.withinMillis(99)).isEmpty();
  }
}

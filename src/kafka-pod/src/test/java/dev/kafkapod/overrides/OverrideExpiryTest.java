package dev.kafkapod.overrides;

import static dev.kafkapod.overrides.Writing.NOW;
import static dev.kafkapod.overrides.Writing.override;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverrideExpiryTest {

  private static final Duration BOOTED = Duration.ofDays(7);

  private final OverrideExpiry sights = new OverrideExpiry();
  private final ReadinessOverride twoHours = override("readiness", "ready");

  private Duration left(Duration byTheClock, Duration sinceBoot) {
    return sights.left(twoHours, NOW.plus(byTheClock), BOOTED.plus(sinceBoot));
  }

  @Test
  void bothClocksAgreeAsARule() {
    assertThat(left(Duration.ZERO, Duration.ZERO)).isEqualTo(Duration.ofHours(2));
    assertThat(left(Duration.ofHours(1), Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    assertThat(left(Duration.ofHours(2), Duration.ofHours(2))).isZero();
    assertThat(left(Duration.ofHours(3), Duration.ofHours(3))).isNegative();
  }

  @Test
  void aClockThatIsSetBackGivesNoMoreTime() {
    left(Duration.ZERO, Duration.ZERO);

    assertThat(left(Duration.ofHours(-5), Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
    assertThat(left(Duration.ofHours(-5), Duration.ofHours(2))).isZero();
  }

  @Test
  void aClockThatIsSetForwardTakesTime() {
    left(Duration.ZERO, Duration.ZERO);

    assertThat(left(Duration.ofMinutes(119), Duration.ofMinutes(1)))
        .isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatWasOverWhenItWasFirstSeenStaysOver() {
    left(Duration.ofHours(3), Duration.ZERO);

    assertThat(left(Duration.ZERO, Duration.ofMinutes(1))).isNegative();
  }

  @Test
  void anotherOverrideHasATimeOfItsOwn() {
    left(Duration.ZERO, Duration.ZERO);

    assertThat(sights.left(override("readiness", "not-ready"), NOW, BOOTED.plusHours(5)))
        .isEqualTo(Duration.ofHours(2));
  }

  @Test
  void remembersAsManyAsAnybodyWritesInOneIncident() {
    left(Duration.ZERO, Duration.ZERO);
    for (int i = 0; i < 63; i++) {
      sights.left(numbered(i), NOW, BOOTED);
    }
    assertThat(left(Duration.ZERO, Duration.ofHours(2))).isZero();

    sights.left(numbered(63), NOW, BOOTED);
    assertThat(left(Duration.ZERO, Duration.ofHours(2))).isEqualTo(Duration.ofHours(2));
  }

  private ReadinessOverride numbered(int number) {
    return new ReadinessOverride(
        twoHours.readiness(),
        Set.of(),
        false,
        Set.of(),
        twoHours.since(),
        twoHours.until(),
        "INC-" + number,
        Optional.empty());
  }
}

package dev.kafkapod.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {

  private static final Setting SETTING =
      Setting.parse(List.of("--brokers=3", "--sets=1"), Path.of(""));

  @Test
  void isALittleMoreThanWhatOneBrokerMisses() {
    long missed = 1000L * Setting.MESSAGE_BYTES * SETTING.replicas().factor() / 3;
    assertThat(Throttle.rate(SETTING, 1000, Duration.ZERO))
        .isGreaterThan(missed)
        .isLessThan(missed * 3 / 2);
  }

  @Test
  void neverHoldsUpASmallLoad() {
    assertThat(Throttle.rate(SETTING, 0, Duration.ZERO)).isEqualTo(50_000);
  }

  @Test
  void doublesForEachMinuteInWhichNothingChanges() {
    long rate = Throttle.rate(SETTING, 1000, Duration.ZERO);
    assertThat(Throttle.rate(SETTING, 1000, Duration.ofSeconds(59))).isEqualTo(rate);
    assertThat(Throttle.rate(SETTING, 1000, Duration.ofSeconds(60))).isEqualTo(2 * rate);
    assertThat(Throttle.rate(SETTING, 1000, Duration.ofSeconds(185))).isEqualTo(8 * rate);
    assertThat(Throttle.rate(SETTING, 1000, Duration.ofHours(9))).isEqualTo(1024 * rate);
  }
}

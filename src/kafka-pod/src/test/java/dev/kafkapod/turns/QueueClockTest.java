package dev.kafkapod.turns;

import static dev.kafkapod.turns.ARequest.TIME;
import static dev.kafkapod.turns.ARequest.goes;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QueueClockTest {

  private static final int DAY = 86_400;

  private static Duration age(QueueClock clock, Instant timestamp, Instant written) {
    return clock.age(5, timestamp, written);
  }

  @Test
  void aRecordStandsUntilItsTimeIsOver() {
    StandingRequest six = TurnQueue.EMPTY.then(goes(1).at(5)).requests().get(0);

    assertThat(after(359).stands(six)).isTrue();
    assertThat(after(360).stands(six)).isFalse();
    assertThat(after(360).age(six)).isEqualTo(Duration.ofMinutes(6));
  }

  private static QueueClock after(long seconds) {
    Instant now = TIME.plusSeconds(seconds);
    return new QueueClock(now, now, Map.of());
  }

  @Property
  void oneClockThatIsWrongMakesNoRecordOlderThanItIs(
      @ForAll @IntRange(max = 2 * DAY) int passed,
      @ForAll @IntRange(min = -DAY, max = DAY) int wrong,
      @ForAll @IntRange(max = 2) int whose) {
    Instant now = TIME.plusSeconds(passed);
    Instant log = whose == 0 ? now.plusSeconds(wrong) : now;
    Instant wall = whose == 1 ? now.plusSeconds(wrong) : now;
    Instant written = whose == 2 ? TIME.plusSeconds(wrong) : TIME;

    assertThat(age(new QueueClock(log, wall, Map.of()), TIME, written))
        .isBetween(Duration.ZERO, Duration.ofSeconds(passed));
  }

  @Property
  void whateverTheClocksSayARecordIsAsOldAsItWasWatched(
      @ForAll @IntRange(max = DAY) int watched,
      @ForAll @IntRange(min = -DAY, max = DAY) int log,
      @ForAll @IntRange(min = -DAY, max = DAY) int wall) {
    QueueClock clock =
        new QueueClock(
            TIME.plusSeconds(log),
            TIME.plusSeconds(wall),
            Map.of(5L, Duration.ofSeconds(watched), 6L, Duration.ofDays(9)));

    assertThat(age(clock, TIME, TIME))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(watched))
        .isLessThan(Duration.ofDays(9));
  }

  @Property
  void clocksThatAreRightEndARecordInTime(@ForAll @IntRange(max = DAY) int passed) {
    Instant now = TIME.plusSeconds(passed);

    assertThat(age(new QueueClock(now, now, Map.of()), TIME, TIME))
        .isEqualTo(Duration.ofSeconds(passed));
  }
}

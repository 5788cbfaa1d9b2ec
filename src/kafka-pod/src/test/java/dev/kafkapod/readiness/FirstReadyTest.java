package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A single look says yes only of a process that has been up for long enough. */
class FirstReadyTest {

  private static final Verdict YES = new Verdict.Yes("broker 1");
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofSeconds(23);

  private static Optional<Duration> unasked() {
    throw new AssertionError("asked");
  }

  private static Answer<BrokerSnapshot> up(Duration uptime) {
    return Answer.known(aBroker(1).upFor(uptime).build());
  }

  private static final Answer<BrokerSnapshot> SILENT = Answer.unknown("no JMX");

  @Test
  void aYesTakesAProcessThatHasBeenUpForThatLong() {
    FirstReady rule = new FirstReady(Optional.of(TEN), false, FirstReadyTest::unasked);

    assertThat(rule.of(YES, up(TEN), LONG)).isEqualTo(YES);
    assertThat(rule.of(YES, up(Duration.ofMillis(9_949)), LONG))
        .isEqualTo(
            new Verdict.No(
                List.of(
                    "nothing is wrong, but the process has been up only for 9.9 s of the 10.0 s that the first ready takes")));
  }

  @Test
  void byDefaultThatIsAsLongAsTheClusterMayTakeToNoticeADeath() {
    FirstReady rule = new FirstReady(Optional.empty(), false, FirstReadyTest::unasked);

    assertThat(rule.of(YES, up(LONG), LONG)).isEqualTo(YES);
    assertThat(rule.of(YES, up(LONG.minusMillis(1)), LONG)).isInstanceOf(Verdict.No.class);
    assertThat(rule.of(YES, up(TEN), Freshness.BROKER_LAG)).isEqualTo(YES);
    assertThat(rule.of(YES, up(TEN.minusMillis(1)), Freshness.BROKER_LAG))
        .isInstanceOf(Verdict.No.class);
  }

  @Test
  void nothingElseIsTouched() {
    FirstReady rule = new FirstReady(Optional.of(TEN), false, FirstReadyTest::unasked);
    for (Verdict verdict :
        List.of(new Verdict.No(List.of("x")), new Verdict.CannotTell(List.of("y")))) {
      assertThat(rule.of(verdict, up(Duration.ofSeconds(1)), LONG)).isEqualTo(verdict);
      assertThat(rule.of(verdict, SILENT, LONG)).isEqualTo(verdict);
    }
  }

  /** It has been up for too short a time to have been ready before. */
  @Test
  void nobodyCanSayOfAYoungProcessThatItHasBeenReadyBefore() {
    assertThat(
            new FirstReady(Optional.of(TEN), true, FirstReadyTest::unasked)
                .of(YES, up(Duration.ofSeconds(3)), LONG))
        .isInstanceOf(Verdict.No.class);
  }

  @Test
  void whereTheProcessDoesNotSayTheSystemMay() {
    for (Answer<BrokerSnapshot> broker : List.of(SILENT, up(Duration.ZERO))) {
      assertThat(
              new FirstReady(Optional.of(TEN), false, () -> Optional.of(TEN)).of(YES, broker, LONG))
          .isEqualTo(YES);
      assertThat(
              new FirstReady(Optional.of(TEN), true, () -> Optional.of(Duration.ZERO))
                  .of(YES, broker, LONG))
          .isInstanceOf(Verdict.No.class);
    }
  }

  @Test
  void unknownIsNoYesUnlessSomebodySaysThatItHasBeenReadyBefore() {
    assertThat(new FirstReady(Optional.of(TEN), false, Optional::empty).of(YES, SILENT, LONG))
        .isEqualTo(
            new Verdict.CannotTell(
                List.of(
                    "nothing is wrong, but it is unknown how long the broker's process has been up; name it with --pid or --jmx-url, or set --latched if it has been ready before")));
    assertThat(new FirstReady(Optional.of(TEN), true, Optional::empty).of(YES, SILENT, LONG))
        .isEqualTo(YES);
  }
}

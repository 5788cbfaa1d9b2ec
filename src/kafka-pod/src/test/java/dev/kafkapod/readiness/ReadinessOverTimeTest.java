package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.common.Verdict.CannotTell;
import dev.kafkapod.common.Verdict.No;
import dev.kafkapod.common.Verdict.Yes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The latch, the time before it, and the grace after it. */
class ReadinessOverTimeTest {

  private static final Yes YES = new Yes("broker 1");
  private static final No NO = new No(List.of("offline 1 (a-0)"));
  private static final CannotTell UNKNOWN = new CannotTell(List.of("no controller answers"));

  private static final CannotTell DOUBT = new CannotTell(List.of("broker 2 is 6.0 s behind"));

  private ReadinessOverTime process =
      ReadinessOverTime.begin(Duration.ofSeconds(10), Duration.ofSeconds(30));

  /** Any moment at all: such a clock may begin near its overflow. */
  private final long begin = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

  private Verdict at(double seconds, Verdict judged) {
    return at(seconds, judged, Grace.FULL);
  }

  private Verdict at(double seconds, Verdict judged, Grace grace) {
    long now = begin + (long) (seconds * 1e9);
    process = process.next(judged, grace, now, now);
    return process.verdict();
  }

  private void latch() {
    at(-20, YES);
    at(-10, YES);
    assertThat(process.latched()).isTrue();
  }

  @Test
  void cannotTellBeforeAnybodyHasBeenAsked() {
    assertThat(process.verdict()).isEqualTo(new CannotTell(List.of("no check has been made yet")));
    assertThat(process.latched()).isFalse();
  }

  @Test
  void isReadyForTheFirstTimeOnlyOnceNothingHasBeenWrongForLongEnough() {
    assertThat(at(0, YES))
        .isEqualTo(
            new No(
                List.of(
                    "nothing is wrong, but so far only for 0.0 s of the 10.0 s that the first ready takes")));
    assertThat(at(9.999, YES)).isInstanceOf(No.class);
    assertThat(process.latched()).isFalse();
    assertThat(at(10, YES)).isEqualTo(YES);
    assertThat(process.latched()).isTrue();
  }

  @Test
  void oneOldLookAtTheClusterIsNotEnoughHoweverOftenItIsJudged() {
    long second = 1_000_000_000L;
    process = process.next(YES, Grace.NONE, begin, begin - second);
    process = process.next(YES, Grace.NONE, begin + 12 * second, begin - second);
    assertThat(process.verdict()).isInstanceOf(No.class);
    process = process.next(YES, Grace.NONE, begin + 13 * second, begin + 10 * second - 1);
    assertThat(process.latched()).isFalse();
    process = process.next(YES, Grace.NONE, begin + 13 * second, begin + 10 * second);
    assertThat(process.latched()).isTrue();
  }

  @Test
  void beginsToWaitAgainAfterANo() {
    at(0, YES);
    assertThat(at(8, NO)).isEqualTo(NO);
    assertThat(at(10, YES)).isInstanceOf(No.class);
    assertThat(at(19.9, YES)).isInstanceOf(No.class);
    assertThat(at(20, YES)).isEqualTo(YES);
  }

  @Test
  void beginsToWaitAgainAfterAnUnknown() {
    at(0, YES);
    assertThat(at(8, UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(at(10, YES)).isInstanceOf(No.class);
    assertThat(at(20, YES)).isEqualTo(YES);
  }

  @Test
  void staysLatchedWhateverComes() {
    latch();
    at(0, NO);
    at(1, UNKNOWN);
    assertThat(process.latched()).isTrue();
    assertThat(at(2, YES)).isEqualTo(YES);
  }

  @Test
  void keepsAYesWhileTheClusterDoesNotTellAndNoLonger() {
    latch();
    assertThat(at(0, UNKNOWN))
        .isEqualTo(YES.noting("the state is unknown for the last 0.0 s: no controller answers"));
    assertThat(at(29.9, UNKNOWN)).isInstanceOf(Yes.class);
    assertThat(at(30, UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(at(31, YES)).isEqualTo(YES);
  }

  @Test
  void keepsANoWhileTheClusterDoesNotTellAndNoLonger() {
    latch();
    at(0, NO);
    assertThat(at(1, UNKNOWN))
        .isEqualTo(
            new No(
                List.of(
                    "offline 1 (a-0)",
                    "the state is unknown for the last 0.0 s: no controller answers")));
    assertThat(at(31, UNKNOWN)).isEqualTo(UNKNOWN);
  }

  @Test
  void aNewUnknownHasANewGrace() {
    latch();
    at(0, UNKNOWN);
    at(29, YES);
    assertThat(at(30, UNKNOWN)).isInstanceOf(Yes.class);
    assertThat(at(59, UNKNOWN)).isInstanceOf(Yes.class);
    assertThat(at(60, UNKNOWN)).isEqualTo(UNKNOWN);
  }

  @Test
  void aKnownNoBreaksTheGrace() {
    latch();
    at(0, UNKNOWN);
    assertThat(at(1, NO)).isEqualTo(NO);
  }

  @Test
  void hasNoGraceBeforeTheLatch() {
    at(0, NO);
    assertThat(at(1, UNKNOWN)).isEqualTo(UNKNOWN);
  }

  @Test
  void keepsNothingWhereSomebodyHasSpoken() {
    latch();
    assertThat(at(0, DOUBT, Grace.NONE)).isEqualTo(DOUBT);
    assertThat(process.latched()).isTrue();
    assertThat(at(1, YES)).isEqualTo(YES);
  }

  @Test
  void whatWasDoubtedDoesNotComeBackWithSilence() {
    latch();
    at(0, UNKNOWN);
    at(1, DOUBT, Grace.NONE);
    assertThat(at(2, UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(at(3, DOUBT, Grace.BRIEF)).isEqualTo(DOUBT);
    assertThat(at(4, YES)).isEqualTo(YES);
    assertThat(at(5, UNKNOWN)).isInstanceOf(Yes.class);
  }

  @Test
  void aNoDoesNotOutliveDoubtEither() {
    latch();
    at(0, NO);
    assertThat(at(1, DOUBT, Grace.NONE)).isEqualTo(DOUBT);
  }

  @Test
  void keepsAYesBrieflyWhereTheLeaderHasOnlyJustBeenElected() {
    latch();
    assertThat(at(0, DOUBT, Grace.BRIEF)).isInstanceOf(Yes.class);
    assertThat(at(4.999, DOUBT, Grace.BRIEF)).isInstanceOf(Yes.class);
    assertThat(at(5, DOUBT, Grace.BRIEF)).isEqualTo(DOUBT);
    assertThat(at(6, UNKNOWN)).as("it was doubted").isEqualTo(UNKNOWN);
  }

  @Test
  void theBriefTimeBeginsAfterTheSilence() {
    latch();
    at(0, UNKNOWN);
    assertThat(at(10, DOUBT, Grace.BRIEF)).isInstanceOf(Yes.class);
    assertThat(at(14.9, DOUBT, Grace.BRIEF)).isInstanceOf(Yes.class);
    assertThat(at(15, DOUBT, Grace.BRIEF)).isEqualTo(DOUBT);
  }

  @Test
  void silenceEndsTheBriefTimeAndAllOfItIsNoLongerThanTheGrace() {
    latch();
    at(0, DOUBT, Grace.BRIEF);
    at(4, UNKNOWN);
    assertThat(at(8, DOUBT, Grace.BRIEF)).isInstanceOf(Yes.class);
    at(12, UNKNOWN);
    assertThat(at(29.9, DOUBT, Grace.BRIEF)).isInstanceOf(Yes.class);
    assertThat(at(30, DOUBT, Grace.BRIEF)).isEqualTo(DOUBT);
  }

  @Test
  void keepsNothingAfterAStandstillButTheLatch() {
    latch();
    process = process.afterStandstill();
    assertThat(process.latched()).isTrue();
    assertThat(at(300, UNKNOWN)).isEqualTo(UNKNOWN);
    assertThat(at(301, YES)).isEqualTo(YES);
  }
}

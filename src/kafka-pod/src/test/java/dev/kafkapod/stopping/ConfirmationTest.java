package dev.kafkapod.stopping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.stopping.Confirmation.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

  private static final Verdict YES = new Verdict.Yes("yes");
  private static final Verdict NO = new Verdict.No(List.of("no"));
  private static final Verdict UNKNOWN = new Verdict.CannotTell(List.of("unknown"));
  private static final Duration QUICK = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AMPLE = Duration.ofMinutes(5);

  @Test
  void asksAgainAfterTheFirstYesFiveSecondsLaterAtTheEarliest() {
    assertThat(Confirmation.begin().next(YES, SOON, QUICK, AMPLE, 0)).isEqualTo(again(5000, true));
    assertThat(Confirmation.begin().next(YES, SOON, QUICK, AMPLE, 0.5))
        .isEqualTo(again(7500, true));
  }

  @Test
  void waitsForAsLongAsTheClusterMayTakeToNoticeADeath() {
    Duration session = Duration.ofSeconds(23);
    assertThat(Confirmation.begin().next(YES, session, QUICK, AMPLE, 0))
        .isEqualTo(again(23_000, true));
    assertThat(Confirmation.begin().next(YES, session, QUICK, AMPLE, 1))
        .isEqualTo(again(28_000, true));
  }

  @Test
  void stopsAfterTheSecondYes() {
    assertThat(new Confirmation(true).next(YES, SOON, QUICK, AMPLE, 0)).isEqualTo(new Step.Stop());
  }

  @Test
  void beginsAnewWhenAnythingButAYesComesInBetween() {
    assertThat(new Confirmation(true).next(NO, SOON, QUICK, AMPLE, 0))
        .isEqualTo(again(2000, false));
    assertThat(new Confirmation(true).next(UNKNOWN, SOON, QUICK, AMPLE, 0.5))
        .isEqualTo(again(3000, false));
  }

  private static Step again(long inMillis, boolean yesBefore) {
    return new Step.AskAgain(Duration.ofMillis(inMillis), new Confirmation(yesBefore));
  }
}

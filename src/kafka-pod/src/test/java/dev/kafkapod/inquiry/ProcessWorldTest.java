package dev.kafkapod.inquiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.report.StopReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What goes wrong while it is asked whether a stop is safe. */
class ProcessWorldTest {

  private static final Duration TIME = Duration.ofSeconds(20);
  private static final String QUESTION = "await-safe-stop";

  private static StopInquiry.Heard heard(Function<Deadline, StopInquiry.Heard> inquiry) {
    return new ProcessWorld(
            QUESTION,
            (deadline, saidBefore) -> inquiry.apply(deadline),
            TIME,
            Optional::empty,
            Optional::empty,
            line -> {})
        .ask(TIME, false)
        .within(TIME)
        .orElseThrow();
  }

  private static Function<Deadline, StopInquiry.Heard> failing(RuntimeException how) {
    return deadline -> {
      throw how;
    };
  }

  @Test
  void anAnswerIsHandedOn() {
    StopInquiry.Heard yes =
        new StopInquiry.Heard(
            StopReport.unknown(QUESTION, new Verdict.CannotTell(List.of("no"))), Optional.empty());

    assertThat(heard(deadline -> yes)).isSameAs(yes);
  }

  @Test
  void whatMayHealIsAnAnswer() {
    Misconfigured wrong = new Misconfigured("there is no file /x");

    StopInquiry.Heard heard = heard(failing(wrong));

    assertThat(heard.wrong()).contains(wrong);
    assertThat(heard.report().line()).isEqualTo("cannot tell: there is no file /x");
  }

  @Test
  void wrongUseEndsTheWaiting() {
    assertThatThrownBy(() -> heard(failing(Misconfigured.wrongUse("there is no broker 9", null))))
        .hasMessage("there is no broker 9");
  }

  @Test
  void aMistakeOfOurOwnIsNoYesAndEndsNothing() {
    StopInquiry.Heard heard = heard(failing(new IllegalStateException("oops")));

    assertThat(heard.wrong()).isEmpty();
    assertThat(heard.report().line())
        .isEqualTo(
            "cannot tell: a mistake of kafka-pod's own (java.lang.IllegalStateException: oops); please report it");
  }

  /** Who waits decides what short memory means, wherever it is short. */
  @Test
  void memoryThatIsShortIsHandedOnToWhoWaits() {
    assertThatThrownBy(
            () ->
                heard(
                    deadline -> {
                      throw new OutOfMemoryError("Java heap space");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void anAnswerThatIsNotThereYetIsNone() {
    SafeStopWait.PendingVerdict asked =
        new ProcessWorld(
                QUESTION,
                (deadline, saidBefore) -> {
                  try {
                    Thread.sleep(TIME.toMillis());
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  throw new IllegalStateException();
                },
                TIME,
                Optional::empty,
                Optional::empty,
                line -> {})
            .ask(TIME, false);

    assertThat(asked.within(Duration.ofMillis(10))).isEmpty();
  }

  /** As one that makes a client, and waits for a name server or a KDC. */
  @Test
  void aQuestionThatHangsIsAnsweredForIt() {
    CountDownLatch never = new CountDownLatch(1);
    SafeStopWait.PendingVerdict asked =
        new ProcessWorld(
                QUESTION,
                (deadline, saidBefore) -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  throw new IllegalStateException();
                },
                Duration.ofMillis(100),
                Optional::empty,
                Optional::empty,
                line -> {})
            .ask(TIME, false);

    assertThat(asked.within(Duration.ofSeconds(3)).orElseThrow().report().line())
        .isEqualTo("cannot tell: no answer within 100ms, and the question hangs; asking once more");
  }
}

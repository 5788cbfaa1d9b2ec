package dev.kafkapod.bounded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class QuestionTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  @AfterEach
  void forget() {
    Thread.setDefaultUncaughtExceptionHandler(null);
  }

  @Test
  void whatGoesWrongAfterwardsChangesNoAnswerAndPrintsNothing() throws Exception {
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    AtomicReference<Thread> asking = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> uncaught.set(problem));

    Question<String> question =
        Question.askThen(
            "somebody",
            () -> {
              asking.set(Thread.currentThread());
              return "yes";
            },
            Optional::empty,
            () -> {
              begun.countDown();
              throw new NoClassDefFoundError("no class to close with");
            });

    assertThat(question.answer(Deadline.in(LONG))).isEqualTo(Answer.known("yes"));
    assertThat(begun.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    asking.get().join(LONG.toMillis());
    assertThat(uncaught.get()).isNull();
  }

  @Test
  void theAnswerDoesNotWaitForWhatIsDoneAfterwards() {
    CountDownLatch end = new CountDownLatch(1);
    try {
      Question<String> question =
          Question.askThen("somebody", () -> "yes", Optional::empty, () -> hold(end));

      assertThat(question.answer(Deadline.in(LONG.dividedBy(2)))).isEqualTo(Answer.known("yes"));
    } finally {
      end.countDown();
    }
  }

  @Test
  void whatIsDoneAfterwardsIsWaitedForOnlyUntilTheDeadline() {
    CountDownLatch end = new CountDownLatch(1);
    try {
      Question<String> question =
          Question.askThen("somebody", () -> "yes", Optional::empty, () -> hold(end));
      long begun = System.nanoTime();

      question.awaitEnd(Deadline.in(Duration.ofMillis(200)));

      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofMillis(190), LONG.dividedBy(2));
    } finally {
      end.countDown();
    }
  }

  private static void hold(CountDownLatch end) {
    try {
      end.await(LONG.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

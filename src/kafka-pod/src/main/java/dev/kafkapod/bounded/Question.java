package dev.kafkapod.bounded;

import dev.kafkapod.common.Answer;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A question that may hang: it is asked on a daemon thread of its own, which is left behind when
 * the answer doesn't come in time. RMI and attaching to a JVM, for example, know no time-outs and
 * can't be interrupted.
 */
public final class Question<T> {

  /** Asks, and may block for as long as it likes. */
  @FunctionalInterface
  public interface Asker<T> {
    /** The answer; throws {@link Unanswered} with the reason where there is none. */
    T ask() throws Unanswered, InterruptedException;
  }

  private final String subject;
  private final FutureTask<T> task;
  private final Thread thread;
  private final Supplier<Optional<String>> silence;

  private Question(
      String subject, FutureTask<T> task, Thread thread, Supplier<Optional<String>> silence) {
    this.subject = subject;
    this.task = task;
    this.thread = thread;
    this.silence = silence;
  }

  /**
   * Begins to ask.
   *
   * @param subject who is asked, for messages and the thread's name
   */
  public static <T> Question<T> ask(String subject, Asker<T> asker) {
    return ask(subject, asker, Optional::empty);
  }

  /**
   * Begins to ask somebody of whom more may be known than that he is silent.
   *
   * @param silence why there is no answer; empty if nobody knows
   */
  public static <T> Question<T> ask(
      String subject, Asker<T> asker, Supplier<Optional<String>> silence) {
    return begin(subject, new FutureTask<>(asker::ask), silence);
  }

  /**
   * Begins to ask, with something to be done once the answer is there or the question has failed:
   * the thread that asks does it, and the answer doesn't wait for it. Nor does anybody hear of what
   * goes wrong there: the answer stands.
   *
   * @param silence why there is no answer; empty if nobody knows
   */
  public static <T> Question<T> askThen(
      String subject, Asker<T> asker, Supplier<Optional<String>> silence, Runnable afterwards) {
    FutureTask<T> task =
        new FutureTask<>(asker::ask) {
          @Override
          protected void done() {
            try {
              afterwards.run();
            } catch (RuntimeException | Error e) {
              // otherwise Java prints its trace among the answers
            }
          }
        };
    return begin(subject, task, silence);
  }

  private static <T> Question<T> begin(
      String subject, FutureTask<T> task, Supplier<Optional<String>> silence) {
    Thread thread = new Thread(task, "kafka-pod: " + subject);
    thread.setDaemon(true);
    thread.start();
    return new Question<>(subject, task, thread, silence);
  }

  /**
   * Waits, until the deadline and no longer, until also what is done afterwards is done: whoever
   * asks again then has the memory of before.
   */
  public void awaitEnd(Deadline deadline) {
    try {
      thread.join(deadline.remainingMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The answer, waited for until the deadline and no longer.
   *
   * @throws Misconfigured if the question itself was wrong
   */
  public Answer<T> answer(Deadline deadline) {
    try {
      return Answer.known(task.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Answer.unknown(silence.get().orElse(subject + " gave no answer in time"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.unknown(subject + " was not waited for: interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Unanswered unanswered) {
        return Answer.unknown(unanswered.getMessage());
      }
      if (e.getCause() instanceof Misconfigured misconfigured) {
        throw misconfigured;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("asking " + subject + " failed", e.getCause());
    }
  }
}

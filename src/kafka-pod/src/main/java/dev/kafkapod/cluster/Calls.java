package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthenticationException;

/** Waits for the Kafka client's answers, and says in people's words what went wrong. */
final class Calls {

  /**
   * What Kafka's admin client says of calls that its thread left behind. Only an Error ends that
   * thread, and what it was is kept in its log, which nobody sees here: a lack of memory.
   */
  private static final String CLIENT_ENDED = "AdminClient thread has exited";

  private Calls() {}

  /**
   * The answer to a call.
   *
   * @param call what was asked, and of whom, for messages
   * @throws KafkaException what the cluster answered instead
   * @throws Unanswered if there was no answer in time, or the client was not let in
   */
  static <T> T await(KafkaFuture<T> future, String call, Deadline deadline) throws Unanswered {
    try {
      return future.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Unanswered(call + " got no answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unanswered(call + " was interrupted", e);
    } catch (ExecutionException e) {
      throw refusal(e.getCause(), call);
    }
  }

  /**
   * What the client threw, as an {@link Unanswered} where it says nothing more than that nobody
   * answered.
   */
  static KafkaException refusal(Throwable cause, String call) throws Unanswered {
    if (cause instanceof OutOfMemoryError shortage) {
      throw shortage;
    }
    if (oneLine(cause).contains(CLIENT_ENDED)) {
      throw new OutOfMemoryError("Kafka's client ended meanwhile");
    }
    if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
      throw new Unanswered(call + " got no answer in time", cause);
    }
    if (cause instanceof AuthenticationException refusal) {
      throw refused(refusal, call);
    }
    if (cause instanceof KafkaException refusal) {
      return refusal;
    }
    throw new Unanswered(call + " failed: " + cause, cause);
  }

  /** Both sides didn't come together; what to look at, {@link Refusals} says. */
  static Unanswered refused(AuthenticationException refusal, String call) {
    return new Unanswered(call + " failed: " + Refusals.seen(refusal), refusal);
  }

  /** Whether it says nothing more than that nobody has answered. */
  static boolean isSilence(Unanswered problem) {
    return problem.getCause() instanceof TimeoutException
        || problem.getCause() instanceof org.apache.kafka.common.errors.TimeoutException;
  }

  /** A throwable's message in one line, or its kind where it has none. */
  static String oneLine(Throwable thrown) {
    String message = thrown.getMessage() == null ? "" : thrown.getMessage().strip();
    return message.isEmpty() ? thrown.getClass().getSimpleName() : message.replaceAll("\\s+", " ");
  }
}

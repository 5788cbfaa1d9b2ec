package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.report.StopReport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What becomes of a waiting's requests at its end. Kubernetes stops the node however it ends, and
 * so the log is told that it goes; somebody who interrupts the waiting wants it to go on.
 *
 * @param taking the waiting
 */
public record TurnWait(TurnTaking taking) {

  /** Nobody waits for longer until the log has been told; what isn't told ends by itself. */
  public static final Duration TO_TELL = Duration.ofMillis(1500);

  /** Somebody who interrupts it waits for this, because the next one would wait for longer. */
  private static final Duration TO_RELEASE = Duration.ofSeconds(4);

  /** Waits, and tells the log how that ended: also if it ended with an error. */
  public StopReport ended(Supplier<StopReport> waiting) {
    AtomicBoolean over = new AtomicBoolean();
    Thread interrupted = new Thread(() -> release(over), "kafka-pod: interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    try {
      StopReport report = waiting.get();
      announce(over);
      return report;
    } catch (Misconfigured e) {
      announce(over); // Kubernetes stops the node all the same
      throw e;
    } finally {
      over.set(true);
    }
  }

  private void announce(AtomicBoolean over) {
    if (!over.getAndSet(true) && !taking.isLetGo()) {
      Deadline deadline = Deadline.in(TO_TELL);
      tell(deadline, () -> taking.announce(deadline));
    }
  }

  private void release(AtomicBoolean over) {
    if (!over.getAndSet(true)) {
      Deadline deadline = Deadline.in(TO_RELEASE);
      tell(deadline, () -> taking.release("the waiting was interrupted", deadline));
    }
  }

  private static void tell(Deadline deadline, Runnable telling) {
    Question.ask(
            "the topic of turns",
            () -> {
              telling.run();
              return true;
            })
        .answer(deadline);
  }
}

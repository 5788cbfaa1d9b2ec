package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.report.StopReport;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What becomes of a waiting's requests at its end. A node that goes on gives its place back. Of one
 * that is stopped all the same, the log is told that it goes.
 *
 * @param taking the waiting
 * @param stopsAnyway whether the node is stopped at the end without a yes, too, as Kubernetes does
 */
public record TurnWait(TurnTaking taking, boolean stopsAnyway) {

  /** Nobody waits for longer until the log has been told; what isn't told ends by itself. */
  public static final Duration TO_TELL = Duration.ofMillis(1500);

  /** Somebody who interrupts it waits for this, because the next one would wait for longer. */
  private static final Duration TO_RELEASE = Duration.ofSeconds(4);

  /** Waits, and tells the log how that ended: also if it ended with an error. */
  public StopReport ended(Supplier<StopReport> waiting) {
    AtomicBoolean over = new AtomicBoolean();
    Thread interrupted =
        new Thread(
            () -> release(over, TO_RELEASE, "the waiting was interrupted"),
            "kafka-pod: interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    boolean goes = stopsAnyway;
    try {
      StopReport report = waiting.get();
      goes |= report.verdict().isYes();
      return report;
    } finally {
      if (!goes) {
        release(over, TO_TELL, "the waiting ended without a yes");
      } else if (!over.getAndSet(true) && !taking.isLetGo()) {
        Deadline deadline = Deadline.in(TO_TELL);
        tell(deadline, () -> taking.announce(deadline));
      }
    }
  }

  private void release(AtomicBoolean over, Duration time, String reason) {
    if (!over.getAndSet(true)) {
      Deadline deadline = Deadline.in(time);
      tell(deadline, () -> taking.release(reason, deadline));
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

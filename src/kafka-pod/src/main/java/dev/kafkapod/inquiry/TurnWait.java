package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.report.StopReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What becomes of a waiting's requests at its end. A node that goes on gives its place back. Of one
 * that is stopped all the same, the log is told that it goes.
 *
 * @param taking the waiting
 * @param stopsAnyway whether the node is stopped at the end without a yes, too, as Kubernetes does
 * @param end when the waiting is over at the latest, with {@link #TO_TELL}
 */
public record TurnWait(TurnTaking taking, boolean stopsAnyway, Deadline end) {

  /** So much of the time is kept for telling the log; what isn't told ends by itself. */
  public static final Duration TO_TELL = Duration.ofMillis(1500);

  /** Nobody waits for longer until the log has been told, be it for the first connection to it. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** Waits, and tells the log how that ended: also if it ended with an error. */
  public StopReport ended(Supplier<StopReport> waiting) {
    AtomicBoolean over = new AtomicBoolean();
    Thread interrupted =
        new Thread(
            () -> release(over, Deadline.in(LONGEST), "the waiting was interrupted"),
            "kafka-pod: interrupted");
    Runtime.getRuntime().addShutdownHook(interrupted);
    StopReport report;
    try {
      report = waiting.get();
    } catch (RuntimeException | Error e) {
      close(over, stopsAnyway);
      throw e;
    }
    return close(over, stopsAnyway || report.verdict().isYes())
        .map(
            why ->
                report.noting(
                    "turns: whether others know that this node stops isn't known: " + why))
        .orElse(report);
  }

  /** Returns why the log wasn't told that the node goes; empty if it was, or needn't be. */
  private Optional<String> close(AtomicBoolean over, boolean goes) {
    Deadline deadline = end.orIn(LONGEST);
    if (!goes) {
      release(over, deadline, "the waiting ended without a yes");
      return Optional.empty();
    }
    return over.getAndSet(true) || taking.isLetGo()
        ? Optional.empty()
        : tell(deadline, () -> taking.announce(deadline));
  }

  private void release(AtomicBoolean over, Deadline deadline, String reason) {
    if (!over.getAndSet(true)) {
      tell(deadline, () -> taking.release(reason, deadline));
    }
  }

  private interface Telling {
    void run() throws Unanswered;
  }

  private static Optional<String> tell(Deadline deadline, Telling telling) {
    return Question.ask(
            "the topic of turns",
            () -> {
              telling.run();
              return true;
            })
        .answer(deadline)
        .cause();
  }
}

package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Pause;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.report.StopReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What waits for a safe stop in this process: by its clock, with its override files. */
public final class ProcessWorld implements SafeStopWait.World {

  private final String question;
  private final Asking inquiry;
  private final Duration timeout;
  private final Supplier<Optional<InForce>> inForce;
  private final Supplier<Optional<String>> tearDown;
  private final Consumer<String> tell;

  /** Asks whether the stop is safe; may block until the deadline. */
  @FunctionalInterface
  public interface Asking {
    /**
     * The answer.
     *
     * @param saidBefore whether the last answer was a yes, long enough ago
     */
    StopInquiry.Heard ask(Deadline deadline, boolean saidBefore);
  }

  /**
   * The world of a command.
   *
   * @param question the command, for the report
   * @param inquiry asks whether the stop is safe; may block until the deadline
   * @param timeout how long an answer may take
   * @param inForce the override in force now
   * @param tearDown why nobody has to wait: the cluster is being torn down
   * @param tell takes a line for people
   */
  public ProcessWorld(
      String question,
      Asking inquiry,
      Duration timeout,
      Supplier<Optional<InForce>> inForce,
      Supplier<Optional<String>> tearDown,
      Consumer<String> tell) {
    this.question = question;
    this.inquiry = inquiry;
    this.timeout = timeout;
    this.inForce = inForce;
    this.tearDown = tearDown;
    this.tell = tell;
  }

  @Override
  public SafeStopWait.PendingVerdict ask(Duration atMost, boolean saidBefore) {
    Deadline deadline = Deadline.in(timeout).orIn(atMost);
    Question<StopInquiry.Heard> asked =
        Question.ask("the cluster", () -> hear(deadline, saidBefore));
    Deadline hangs = Deadline.in(timeout.plus(SafeStopWait.LATE)).orIn(atMost);
    return wait ->
        asked
            .answer(Deadline.in(wait))
            .value()
            .or(() -> hangs.hasPassed() ? Optional.of(hanging()) : Optional.empty());
  }

  /** What knows no time-out, as making a client, must not use up the whole waiting. */
  private StopInquiry.Heard hanging() {
    return new StopInquiry.Heard(
        StopReport.unknown(
            question,
            new Verdict.CannotTell(
                List.of(
                    "no answer within %s, and the question hangs; asking once more"
                        .formatted(Wording.setting(timeout))))),
        Optional.empty());
  }

  /** Nothing but wrong use ends the waiting: what else goes wrong may be over the next time. */
  private StopInquiry.Heard hear(Deadline deadline, boolean saidBefore) {
    try {
      return inquiry.ask(deadline, saidBefore);
    } catch (Misconfigured e) {
      if (!e.mayHeal()) {
        throw e;
      }
      return StopInquiry.Heard.wrong(question, e);
    } catch (RuntimeException | LinkageError e) {
      String cause = "a mistake of kafka-pod's own (%s); please report it".formatted(e);
      return new StopInquiry.Heard(
          StopReport.unknown(question, new Verdict.CannotTell(List.of(cause))), Optional.empty());
    }
  }

  @Override
  public Optional<String> letGo() {
    return inForce
        .get()
        .filter(it -> it.override().readiness() == Readiness.READY)
        .map(InForce::wording)
        .or(tearDown);
  }

  @Override
  public void sleep(Duration length) {
    Pause.of(length.plusMillis(1));
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public double chance() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public void tell(String line) {
    tell.accept(line);
  }
}

package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.stopping.Confirmation;
import dev.kafkapod.stopping.Consequences;
import dev.kafkapod.stopping.StopAssessment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Waits until a stop is safe, somebody lets it go, or the time is over; and says what it waits for
 * whenever that changes; where only its words change, now and then.
 */
public final class SafeStopWait {

  /** How soon somebody who lets the stop go is heard. */
  private static final Duration TICK = Duration.ofMillis(500);

  /** With less time than this nobody is asked any more. */
  static final Duration SHORTEST_QUESTION = Duration.ofMillis(500);

  /** An inquiry that has less time than this left doesn't try again, but says what it has. */
  private static final Duration ONE_MORE_TRY = Duration.ofSeconds(2);

  /**
   * How much later than its time-out an answer may be looked at. A process that stood still
   * meanwhile has an answer of before.
   */
  static final Duration LATE = Duration.ofSeconds(2);

  /**
   * How soon people hear that only the words have changed: times and numbers go on counting, and
   * nobody wants a line for each.
   */
  private static final Duration REPEAT = Duration.ofSeconds(10);

  /** The longest pause after memory was short. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** What the waiting needs of the world around it. */
  public interface World {

    /**
     * Begins to ask whether the stop is safe.
     *
     * @param atMost how long the answer may take
     * @param saidBefore whether the last answer was a yes, long enough ago: another one lets go
     */
    PendingVerdict ask(Duration atMost, boolean saidBefore);

    /** Why the stop isn't to be held up any longer. */
    Optional<String> letGo();

    /** Waits. */
    void sleep(Duration time);

    /** A clock that never jumps, in nanoseconds. */
    long nanoTime();

    /** A number between 0 and 1, by chance. */
    double chance();

    /** Tells people. */
    void tell(String line);
  }

  /** A question that has been put. */
  @FunctionalInterface
  public interface PendingVerdict {
    /** The answer, waited for no longer than that; empty if there is none yet. */
    Optional<StopInquiry.Heard> within(Duration time);
  }

  /**
   * What is waited for, apart from its words.
   *
   * @param reasons how many there are
   * @param stops what would become of whom, where that is known
   * @param wrong what is configured wrong, if that is why nobody can tell
   */
  private record WaitReason(
      Verdict.Kind kind, int reasons, List<Optional<Consequences>> stops, Optional<String> wrong) {

    static WaitReason of(StopInquiry.Heard answer) {
      return new WaitReason(
          answer.report().verdict().kind(),
          answer.report().verdict().reasons().size(),
          answer.report().stops().stream().map(StopAssessment::consequences).toList(),
          answer.wrong().map(Misconfigured::getMessage));
    }
  }

  /** What people have been told last. */
  private record LastLine(WaitReason reason, String line, long nanoTime) {}

  private final World world;
  private final String question;
  private final Duration maxWait;
  private final Duration timeout;
  private final long begun;
  private Optional<LastLine> told = Optional.empty();
  private Optional<StopInquiry.Heard> last = Optional.empty();
  private Duration pause = TICK;

  /**
   * A waiting that begins now.
   *
   * @param question the command, for the report
   * @param timeout how long an answer may take; one that had less time can't tell for that reason
   */
  public SafeStopWait(World world, String question, Duration maxWait, Duration timeout) {
    this.world = world;
    this.question = question;
    this.maxWait = maxWait;
    this.timeout = timeout;
    this.begun = world.nanoTime();
  }

  /**
   * The end of the waiting: two yes, or the last answer when the time is over.
   *
   * <p>Memory that is short doesn't end it: whoever is asked takes it, and gives it back. It may be
   * short in this thread and in the one that asks, which hands its errors on; here they all arrive.
   *
   * @throws Misconfigured if that can't tell because something is configured wrong
   */
  public StopReport end() {
    OutOfMemoryError shortage = null;
    while (true) {
      try {
        if (shortage != null) {
          hear(StopInquiry.Heard.wrong(question, OutOfMemory.named(shortage)));
          shortage = null;
        }
        return confirmed();
      } catch (OutOfMemoryError e) {
        if (world.nanoTime() - begun >= maxWait.toNanos()) {
          throw e;
        }
        shortage = e;
        world.sleep(shorter(pause, left()));
        pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }

  private StopReport confirmed() {
    Confirmation state = Confirmation.begin();
    Optional<String> why = Optional.empty();
    while (left().compareTo(SHORTEST_QUESTION) >= 0) {
      long asked = world.nanoTime();
      boolean inHaste = left().compareTo(timeout) < 0;
      PendingVerdict inquiry = world.ask(left(), state.yesBefore());
      Optional<StopInquiry.Heard> answer = inquiry.within(Duration.ZERO);
      while (answer.isEmpty()) {
        why = world.letGo();
        if (why.isPresent()) {
          return letGo(why.get());
        }
        if (left().isZero()) {
          return lastWord();
        }
        answer = inquiry.within(shorter(TICK, left()));
      }
      pause = TICK;
      Duration took = Duration.ofNanos(world.nanoTime() - asked);
      answer = answer.map(it -> took.compareTo(timeout.plus(LATE)) > 0 ? tooOld(it, took) : it);
      Confirmation.Step step =
          state.next(
              answer.get().report().verdict(),
              answer.get().report().toNotice(),
              took,
              left(),
              world.chance());
      if (!(step instanceof Confirmation.Step.AskAgain again)) {
        return answer.get().report();
      }
      state = again.state();
      if (!inHaste || !isCutShort(answer.get().report()) || last.isEmpty()) {
        hear(answer.get());
      }
      why = sleep(shorter(again.in(), left()));
      if (why.isPresent()) {
        return letGo(why.get());
      }
    }
    why = sleep(left());
    return why.isPresent() ? letGo(why.get()) : lastWord();
  }

  private void hear(StopInquiry.Heard answer) {
    last = Optional.of(answer);
    tell(answer);
  }

  /** Whether somebody can't tell, and there was no time left to try once more. */
  private boolean isCutShort(StopReport answer) {
    return answer.verdict().isUnknown() && left().compareTo(ONE_MORE_TRY) < 0;
  }

  private StopInquiry.Heard nobody() {
    return new StopInquiry.Heard(
        StopReport.unknown(
            question, new Verdict.CannotTell(List.of("no answer within --max-wait"))),
        Optional.empty());
  }

  /** A yes must have been said twice. */
  private StopReport lastWord() {
    StopInquiry.Heard answer = last.orElseGet(this::nobody);
    if (answer.wrong().isPresent()) {
      throw answer.wrong().get();
    }
    return answer.report().verdict().isYes() ? saidOnce(answer.report()) : answer.report();
  }

  private Optional<String> sleep(Duration time) {
    long until = world.nanoTime() + time.toNanos();
    while (true) {
      Optional<String> why = world.letGo();
      Duration rest = Duration.ofNanos(Math.max(0, until - world.nanoTime()));
      if (why.isPresent() || rest.isZero()) {
        return why;
      }
      world.sleep(shorter(TICK, rest));
    }
  }

  private void tell(StopInquiry.Heard answer) {
    StopReport report = answer.report();
    String line =
        report.verdict().isYes()
            ? report.line() + "; asking once more, because another broker may have asked just now"
            : "waiting: " + report.line();
    WaitReason reason = WaitReason.of(answer);
    long now = world.nanoTime();
    boolean known =
        told.filter(
                it ->
                    it.line().equals(line)
                        || (it.reason().equals(reason) && now - it.nanoTime() < REPEAT.toNanos()))
            .isPresent();
    if (!known) {
      told = Optional.of(new LastLine(reason, line, now));
      world.tell(line);
    }
  }

  /** What was right when it was said needn't be so now. */
  private static StopInquiry.Heard tooOld(StopInquiry.Heard answer, Duration took) {
    return answer.report().verdict().isYes()
        ? new StopInquiry.Heard(
            answer
                .report()
                .with(
                    new Verdict.CannotTell(
                        List.of(
                            "this process stood still, and only %s after its question has it looked at the answer, which may be old"
                                .formatted(Wording.seconds(took))))),
            answer.wrong())
        : answer;
  }

  private static StopReport saidOnce(StopReport yes) {
    return yes.with(
        new Verdict.CannotTell(
            List.of("it was safe once, and --max-wait left no time to ask again: " + yes.line())));
  }

  private StopReport letGo(String why) {
    return last.orElseGet(this::nobody).report().with(new Verdict.Yes("not waited for: " + why));
  }

  private Duration left() {
    return Duration.ofNanos(Math.max(0, begun + maxWait.toNanos() - world.nanoTime()));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

package dev.kafkapod.readiness;

import dev.kafkapod.common.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one broker process says of its readiness as time goes by, judgement after judgement.
 *
 * <p>Before the process has been ready once, nothing may be wrong for some time before it is. That
 * is the latch: from then on its startup gates no longer count, and an unknown cluster is waited
 * out for a while.
 */
public final class ReadinessOverTime {

  private final Duration stableFor;
  private final Duration unknownGrace;
  private final boolean latched;
  private final Verdict verdict;
  private final Optional<Verdict> lastKnown;
  private final Optional<Long> yesSince;
  private final Optional<Long> unknownSince;
  private final Optional<Long> briefSince;

  private ReadinessOverTime(
      Duration stableFor,
      Duration unknownGrace,
      boolean latched,
      Verdict verdict,
      Optional<Verdict> lastKnown,
      Optional<Long> yesSince,
      Optional<Long> unknownSince,
      Optional<Long> briefSince) {
    this.stableFor = Objects.requireNonNull(stableFor);
    this.unknownGrace = Objects.requireNonNull(unknownGrace);
    this.latched = latched;
    this.verdict = verdict;
    this.lastKnown = lastKnown;
    this.yesSince = yesSince;
    this.unknownSince = unknownSince;
    this.briefSince = briefSince;
  }

  /**
   * A process that has only just started.
   *
   * @param stableFor how long nothing may be wrong before the process is ready for the first time
   * @param unknownGrace how long the last verdict is kept, once there has been a ready one, while
   *     nobody answers for the cluster
   */
  public static ReadinessOverTime begin(Duration stableFor, Duration unknownGrace) {
    return new ReadinessOverTime(
        stableFor,
        unknownGrace,
        false,
        new Verdict.CannotTell(List.of("no check has been made yet")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether the process has been ready before. */
  public boolean latched() {
    return latched;
  }

  /** What the process says now. */
  public Verdict verdict() {
    return verdict;
  }

  /**
   * Goes on after a time in which nobody judged: what was known before says nothing of now. The
   * latch stays.
   */
  public ReadinessOverTime afterStandstill() {
    return with(latched, verdict, Optional.empty(), Optional.empty());
  }

  /**
   * A second line of judgements beside this one, for when some conditions don't count for a while.
   * It knows no former verdict, and its latch isn't this one's.
   *
   * @param clearSinceNanos since when nothing has been wrong that counts there
   */
  public ReadinessOverTime aside(long clearSinceNanos) {
    return with(latched, verdict, Optional.empty(), Optional.of(clearSinceNanos));
  }

  /**
   * Goes on with a new judgement.
   *
   * @param judged what was judged, with startup gates in force unless {@link #latched()}
   * @param grace for how long the last verdict may be kept, if this one is "cannot tell"
   * @param nowNanos the time of the judgement on a clock that never jumps, in nanoseconds
   * @param seenNanos the time of the oldest thing that was judged: one old look at the cluster,
   *     judged again and again, doesn't show that nothing was wrong in between
   */
  public ReadinessOverTime next(Verdict judged, Grace grace, long nowNanos, long seenNanos) {
    if (judged instanceof Verdict.Yes yes) {
      return afterYes(yes, nowNanos, seenNanos);
    }
    if (judged.isNo()) {
      return with(latched, judged, Optional.of(judged), Optional.empty());
    }
    return afterUnknown((Verdict.CannotTell) judged, grace, nowNanos);
  }

  private ReadinessOverTime afterYes(Verdict.Yes yes, long now, long seen) {
    long since = yesSince.orElse(now);
    Duration held = Duration.ofNanos(Math.max(0, seen - since));
    boolean ready = latched || held.compareTo(stableFor) >= 0;
    Verdict said =
        ready
            ? yes
            : new Verdict.No(
                List.of(
                    "nothing is wrong, but so far only for %s of the %s that the first ready takes"
                        .formatted(Wording.seconds(held), Wording.seconds(stableFor))));
    return with(ready, said, Optional.of(said), Optional.of(since));
  }

  private ReadinessOverTime afterUnknown(Verdict.CannotTell unknown, Grace grace, long now) {
    long since = unknownSince.orElse(now);
    Duration lasting = Duration.ofNanos(now - since);
    Optional<Long> brief =
        grace == Grace.BRIEF ? briefSince.or(() -> Optional.of(now)) : Optional.empty();
    boolean isDoubt =
        grace == Grace.NONE
            || brief.filter(it -> now - it >= Freshness.BROKER_LAG.toNanos()).isPresent();
    // what is doubted doesn't come back because everybody falls silent
    Optional<Verdict> known = isDoubt ? Optional.empty() : lastKnown;
    boolean keep = latched && known.isPresent() && lasting.compareTo(unknownGrace) < 0;
    Verdict said = keep ? kept(known.get(), unknown, lasting) : unknown;
    return new ReadinessOverTime(
        stableFor, unknownGrace, latched, said, known, Optional.empty(), Optional.of(since), brief);
  }

  private static Verdict kept(Verdict last, Verdict.CannotTell unknown, Duration lasting) {
    String note =
        "the state is unknown for the last %s: %s"
            .formatted(Wording.seconds(lasting), unknown.summary());
    return last.noting(note);
  }

  /** Where somebody can tell, or has not been asked. */
  private ReadinessOverTime with(
      boolean nowLatched, Verdict said, Optional<Verdict> known, Optional<Long> yes) {
    return new ReadinessOverTime(
        stableFor, unknownGrace, nowLatched, said, known, yes, Optional.empty(), Optional.empty());
  }
}

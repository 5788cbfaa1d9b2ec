package dev.kafkapod.agent;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.Observation;
import dev.kafkapod.report.EvaluationStats;
import dev.kafkapod.report.Reply;
import dev.kafkapod.report.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the agent knows at one moment.
 *
 * @param nanos when the broker itself was last looked at, on the monotonic clock
 * @param observation what was seen
 * @param assessment what it means, taken by itself
 * @param effective the verdict, with what was said before taken into account, and overrides
 * @param live whether the process lives
 * @param started whether the broker is past its start
 * @param latched whether the process has been ready before
 * @param cluster when and how the cluster was last asked
 * @param overrides when the override files were last read, and what they came to
 * @param turns what the topic of turns came to, which no verdict rests on
 * @param sinceNanos since when the answer to "ready" has been of this kind: yes, no or unknown
 * @param blockedSinceNanos since when the answer has not been yes; empty while it is
 */
record AgentState(
    long nanos,
    Observation observation,
    Assessment assessment,
    EffectiveVerdict effective,
    Verdict live,
    Verdict started,
    boolean latched,
    ClusterEvaluation cluster,
    OverrideReading overrides,
    TurnsReading turns,
    long sinceNanos,
    Optional<Long> blockedSinceNanos) {

  /** As long as the verdict file holds. */
  private static final Duration LONGEST = Duration.ofSeconds(Publisher.HOLDS);

  /** What is in force, if only until the next heartbeat, has time left. */
  private static final Duration MOMENT = Duration.ofNanos(1);

  /** The verdict. */
  Verdict ready() {
    return effective.verdict();
  }

  Reply readyReply() {
    return new Reply("ready", ready());
  }

  Reply liveReply() {
    return new Reply("live", live);
  }

  Reply startedReply() {
    return new Reply("started", started);
  }

  /** How long ago the broker was last looked at. */
  Duration age(long nowNanos) {
    return Duration.ofNanos(Math.max(0, nowNanos - nanos));
  }

  /** Whether the agent has stopped looking, so that nothing in here may be passed on. */
  boolean isStale(long nowNanos) {
    return age(nowNanos).compareTo(LONGEST) > 0;
  }

  /**
   * The same for as long as it may be passed on; from then on nobody can tell, but an operator who
   * has said it.
   */
  AgentState at(long nowNanos) {
    if (!isStale(nowNanos)) {
      return this;
    }
    Verdict unknown =
        new Verdict.CannotTell(
            List.of(
                "the agent last looked at the broker %d s ago"
                    .formatted(age(nowNanos).toSeconds())));
    Overrides said = overrides.at(nowNanos).overrides();
    return new AgentState(
        nanos,
        observation,
        assessment,
        EffectiveVerdict.of(said, unknown, unknown, assessment),
        unknown,
        unknown,
        latched,
        cluster,
        overrides,
        turns,
        sinceNanos,
        blockedSinceNanos.or(() -> Optional.of(nanos + LONGEST.toNanos())));
  }

  /** How long the answer has not been yes; zero while it is. */
  Duration blocked(long nowNanos) {
    return blockedSinceNanos
        .map(since -> Duration.ofNanos(Math.max(0, nowNanos - since)))
        .orElse(Duration.ZERO);
  }

  /** The same with another look at the cluster, which changes no verdict. */
  AgentState with(ClusterEvaluation other) {
    return new AgentState(
        nanos,
        observation,
        assessment,
        effective,
        live,
        started,
        latched,
        other,
        overrides,
        turns,
        sinceNanos,
        blockedSinceNanos);
  }

  /** The same with another look at the turns, which changes no verdict. */
  AgentState with(TurnsReading other) {
    return new AgentState(
        nanos,
        observation,
        assessment,
        effective,
        live,
        started,
        latched,
        cluster,
        overrides,
        other,
        sinceNanos,
        blockedSinceNanos);
  }

  /** What {@code status} shows. */
  Status status(long nowNanos) {
    return new Status(
        observation,
        assessment,
        effectiveWithTimeLeft(nowNanos),
        latched,
        Math.max(age(nowNanos).toNanos(), cluster.age(nowNanos).toNanos()),
        Optional.of(
            new EvaluationStats(
                Figure.LIVE.value(this, nowNanos) == 1,
                Figure.STARTED.value(this, nowNanos) == 1,
                Figure.HEARTBEAT_AGE.time(this, nowNanos),
                Figure.CLUSTER_AGE.time(this, nowNanos),
                Figure.EVALUATION.time(this, nowNanos),
                Figure.EVALUATION_CPU.time(this, nowNanos),
                Figure.EVALUATION_INTERVAL.time(this, nowNanos),
                cluster.spacedOut(),
                Figure.BLOCKED.time(this, nowNanos))),
        turns.at(nowNanos).report());
  }

  /** A verdict is as old as the last heartbeat, and how long its override goes on isn't. */
  private EffectiveVerdict effectiveWithTimeLeft(long nowNanos) {
    if (effective.overrides().inForce().isEmpty()) {
      return effective;
    }
    Duration left = Figure.OVERRIDE_REMAINING.time(this, nowNanos);
    return new EffectiveVerdict(
        effective.overrides().withLeft(left.compareTo(MOMENT) > 0 ? left : MOMENT),
        effective.without(),
        effective.verdict(),
        effective.hides());
  }
}

package dev.kafkapod.agent;

import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.Observation;
import dev.kafkapod.readiness.Verdict;
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
    long sinceNanos,
    Optional<Long> blockedSinceNanos) {

  /** As long as the verdict file holds. */
  private static final Duration LONGEST = Duration.ofSeconds(Publisher.HOLDS);

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
        sinceNanos,
        blockedSinceNanos.or(() -> Optional.of(nanos + LONGEST.toNanos())));
  }

  /** How long the answer has not been yes; zero while it is. */
  Duration blocked(long nowNanos) {
    return blockedSinceNanos
        .map(since -> Duration.ofNanos(Math.max(0, nowNanos - since)))
        .orElse(Duration.ZERO);
  }

  /** What {@code status} shows. */
  Status status(long nowNanos) {
    return new Status(
        observation,
        assessment,
        effective,
        latched,
        Math.max(age(nowNanos).toNanos(), cluster.age(nowNanos).toNanos()),
        Optional.of(
            new EvaluationStats(
                cluster.age(nowNanos),
                cluster.took(),
                cluster.cpu(),
                cluster.next(),
                cluster.spacedOut(),
                blocked(nowNanos))));
  }
}

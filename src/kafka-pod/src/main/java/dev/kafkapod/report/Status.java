package dev.kafkapod.report;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.Observation;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that {@code status} shows.
 *
 * @param observation what was seen
 * @param assessment what it means, taken by itself
 * @param effective the verdict, which may rest on what was seen before, too, and on an override
 * @param latched whether startup gates were taken as no longer in force
 * @param ageNanos how old the oldest part of the observation can be, in nanoseconds
 * @param watch how the agent watches the cluster; empty where nobody watches and the observation
 *     was made for this status, with every topic's min.insync.replicas
 * @param turns who waits for a turn to stop, and who goes; empty where stops take no turns, or
 *     nobody has looked
 */
public record Status(
    Observation observation,
    Assessment assessment,
    EffectiveVerdict effective,
    boolean latched,
    long ageNanos,
    Optional<EvaluationStats> watch,
    Optional<TurnsReport> turns) {

  public Status {
    Objects.requireNonNull(observation);
    Objects.requireNonNull(assessment);
    Objects.requireNonNull(effective);
    Objects.requireNonNull(watch);
    Objects.requireNonNull(turns);
  }

  /** A status of what was observed only now. */
  public static Status now(
      Observation observation,
      Assessment assessment,
      EffectiveVerdict effective,
      boolean latched,
      long ageNanos) {
    return new Status(
        observation, assessment, effective, latched, ageNanos, Optional.empty(), Optional.empty());
  }

  /** The verdict. */
  public Verdict ready() {
    return effective.verdict();
  }

  long ageMillis() {
    return ageNanos / 1_000_000;
  }

  /** The verdict as the command {@code ready} puts it. */
  public Reply reply() {
    return new Reply("ready", ready());
  }
}

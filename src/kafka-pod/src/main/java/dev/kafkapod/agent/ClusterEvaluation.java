package dev.kafkapod.agent;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.ClusterSnapshot;
import java.time.Duration;
import java.util.Objects;

/**
 * What came of asking the cluster once.
 *
 * @param answer what it said
 * @param askedNanos when the asking began, on the monotonic clock: nothing in the answer is older
 * @param took how long the asking took
 * @param cpu the CPU time that it cost this process
 * @param next how long after {@code askedNanos} the cluster is asked again
 * @param spacedOut whether that is longer than it should be, to spare the broker's CPU
 */
record ClusterEvaluation(
    Answer<ClusterSnapshot> answer,
    long askedNanos,
    Duration took,
    Duration cpu,
    Duration next,
    boolean spacedOut) {

  /** How late the next sighting may be before this one is no longer believed. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  ClusterEvaluation {
    Objects.requireNonNull(answer);
  }

  /** Nobody has asked yet. */
  static ClusterEvaluation none(String why, long nowNanos) {
    return new ClusterEvaluation(
        Answer.unknown(why), nowNanos, Duration.ZERO, Duration.ZERO, Duration.ZERO, false);
  }

  /** The same, now that it is known when the cluster is asked again. */
  ClusterEvaluation withNext(EvaluationBudget.Next budget) {
    return new ClusterEvaluation(
        answer, askedNanos, took, cpu, budget.interval(), budget.spacedOut());
  }

  /** How old the answer can be. */
  Duration age(long nowNanos) {
    return Duration.ofNanos(Math.max(0, nowNanos - askedNanos));
  }

  /** The answer, or unknown where a newer one should have come long ago. */
  Answer<ClusterSnapshot> at(long nowNanos) {
    Duration age = age(nowNanos);
    return age.compareTo(took.plus(next).plus(PATIENCE)) <= 0 || answer.value().isEmpty()
        ? answer
        : Answer.unknown("the cluster was last heard %d s ago".formatted(age.toSeconds()));
  }
}

package dev.kafkapod.report;

import java.time.Duration;
import java.util.Objects;

/**
 * How the agent, which is where a status came from, watches the cluster.
 *
 * @param live whether the broker's process lives
 * @param started whether the broker is past its start
 * @param heartbeatAge how long ago it last looked at the broker
 * @param clusterAge how old what it knows of the cluster can be
 * @param evaluation how long its last look at the cluster took
 * @param evaluationCpu the CPU time that this cost the broker's process
 * @param interval from one look to the next
 * @param spacedOut whether the interval is longer than it should be, to spare the broker's CPU
 * @param blocked how long the broker has not been ready; zero while it is
 */
public record EvaluationStats(
    boolean live,
    boolean started,
    Duration heartbeatAge,
    Duration clusterAge,
    Duration evaluation,
    Duration evaluationCpu,
    Duration interval,
    boolean spacedOut,
    Duration blocked) {
  public EvaluationStats {
    Objects.requireNonNull(heartbeatAge);
    Objects.requireNonNull(clusterAge);
    Objects.requireNonNull(evaluation);
    Objects.requireNonNull(evaluationCpu);
    Objects.requireNonNull(interval);
    Objects.requireNonNull(blocked);
  }
}

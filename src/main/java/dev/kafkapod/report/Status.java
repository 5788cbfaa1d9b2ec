package dev.kafkapod.report;

import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.Observation;

/**
 * Everything that {@code status} shows.
 *
 * @param latched whether startup gates were taken as no longer in force
 * @param ageNanos how old the oldest part of the observation can be, in nanoseconds
 */
public record Status(
    Observation observation, Assessment assessment, boolean latched, long ageNanos) {

  long ageMillis() {
    return ageNanos / 1_000_000;
  }

  public Reply reply() {
    return new Reply("ready", assessment.verdict());
  }
}

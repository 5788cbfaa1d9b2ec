package dev.kafkapod.agent;

import dev.kafkapod.report.TurnsReport;
import dev.kafkapod.turns.StandingTurns;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What the topic of turns came to when it was last read. Nothing in it makes a broker ready or not.
 *
 * @param report what it came to; empty with turns off
 * @param nanos when, on the monotonic clock
 */
record TurnsReading(Optional<TurnsReport> report, long nanos) {

  /** Stops take no turns. */
  static final TurnsReading OFF = new TurnsReading(Optional.empty(), 0);

  /** Who hasn't read for so long hangs. */
  private static final Duration LONGEST = TurnsWatch.LONGEST_REST.plusMinutes(1);

  TurnsReading {
    Objects.requireNonNull(report);
  }

  /** The same now: what has ended meanwhile isn't in it, nor is what was read long ago. */
  TurnsReading at(long nowNanos) {
    if (report.isEmpty() || report.get().turns().value().isEmpty()) {
      return this;
    }
    Duration age = Duration.ofNanos(Math.max(0, nowNanos - nanos));
    if (age.compareTo(LONGEST) > 0) {
      return new TurnsReading(
          Optional.of(
              TurnsReport.unknown("the turns were last read %d s ago".formatted(age.toSeconds()))),
          nanos);
    }
    return new TurnsReading(report.map(it -> it.after(age)), nanos);
  }

  /** What stands; empty with turns off, and where nobody can tell. */
  Optional<StandingTurns> standing() {
    return report.flatMap(it -> it.turns().value());
  }

  /** Whether the cluster is being torn down. */
  boolean tearsDown() {
    return report.filter(TurnsReport::tearsDown).isPresent();
  }
}

package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What evaluations of one cluster cost an agent's broker, and whether that is little enough.
 *
 * @param partitions of the cluster
 * @param median of an evaluation
 * @param transientHeap the most that is live in an evaluation beyond what was live before, in bytes
 */
record AgentFigures(int partitions, Evaluation median, long transientHeap) {

  /** Where the aims apply: more is rare in a single cluster. */
  static final int PARTITIONS_OF_AIMS = 100_000;

  /** How often an agent evaluates unless told otherwise. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final int PERCENT_OF_A_CORE = 1;
  private static final int HEAP_MB = 64;

  /** The shortest interval at which evaluations take no more than 1 % of one core. */
  Duration shortestInterval() {
    return median.cpu().multipliedBy(100 / PERCENT_OF_A_CORE);
  }

  long bytesAPartition() {
    return median.allocated() / partitions;
  }

  /** Empty where the cluster isn't of the size that the aims are for. */
  List<Aim> aims() {
    if (partitions != PARTITIONS_OF_AIMS) {
      return List.of();
    }
    Duration most = INTERVAL.multipliedBy(PERCENT_OF_A_CORE).dividedBy(100);
    return List.of(
        new Aim(
            "CPU of an evaluation",
            String.format(Locale.ROOT, "%.1f ms", median.cpu().toNanos() / 1e6),
            "at most %d ms".formatted(most.toMillis()),
            median.cpu().compareTo(most) <= 0),
        new Aim(
            "transient heap",
            String.format(Locale.ROOT, "%.1f MB", transientHeap / Comparison.MB),
            "at most %d MB".formatted(HEAP_MB),
            transientHeap <= HEAP_MB * Comparison.MB));
  }
}

package dev.kafkapod.rollout;

import dev.kafkapod.tryout.Acknowledgements;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long messages waited for their acknowledgement.
 *
 * @param p99Millis 99 % of the acknowledged sends were acknowledged within this; empty if none was
 * @param slowestMillis the slowest of them
 * @param longestGapMillis the longest time in which no send was acknowledged
 * @param gaps all of them that are long, the oldest first
 */
record Waits(
    OptionalLong p99Millis, OptionalLong slowestMillis, long longestGapMillis, List<Gap> gaps) {

  /**
   * A time without an acknowledged send.
   *
   * @param fromMillis since the watch began
   */
  record Gap(long fromMillis, long untilMillis) {}

  Waits {
    gaps = List.copyOf(gaps);
  }

  /**
   * Of a producer that is closed.
   *
   * @param begunNanos when the watch began
   */
  static Waits of(Acknowledgements all, long begunNanos) {
    return new Waits(
        all.withinMillis(99),
        all.withinMillis(100),
        all.longestGapMillis(),
        all.gaps().stream()
            .map(
                gap ->
                    new Gap(
                        millis(gap.fromNanos() - begunNanos),
                        millis(gap.untilNanos() - begunNanos)))
            .toList());
  }

  private static long millis(long nanos) {
    return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  /** For people. */
  String describe() {
    String gap = "the longest gap without an acknowledged send was " + time(longestGapMillis) + ".";
    return p99Millis.isEmpty()
        ? "No send was acknowledged; " + gap
        : "99 %% of sends were acknowledged within %s, the slowest after %s; %s"
            .formatted(time(p99Millis.getAsLong()), time(slowestMillis.orElse(0)), gap);
  }

  /** Milliseconds, and from 10 s on tenths of seconds. */
  static String time(long millis) {
    return millis < 10_000 ? millis + " ms" : Report.seconds(millis);
  }
}

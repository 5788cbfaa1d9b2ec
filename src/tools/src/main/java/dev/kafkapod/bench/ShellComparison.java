package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Judges what {@code kafka-pod-probe ready} costs with a verdict at hand; medians, all of them.
 *
 * @param empty of a shell that does nothing, started in the same way
 * @param fast of kafka-pod-probe
 * @param curl of a health check of bash, grep and curl
 * @param ready of kafka-pod ready --direct
 * @param allFour of four calls of kafka-topics.sh
 */
record ShellComparison(Cost empty, Cost fast, Cost curl, Cost ready, Cost allFour) {

  /** Of a shell that does nothing: the probe is a shell script, so it can't be below 1. */
  private static final double OF_EMPTY = 3;

  private static final double CPU_OF_CURL = 0.10;

  List<Aim> aims() {
    return List.of(
        atMost("wall, probe / sh -c :", fast.wall(), empty.wall(), OF_EMPTY),
        atMost("CPU, probe / sh -c :", fast.cpu(), empty.cpu(), OF_EMPTY),
        atMost("CPU, probe / bash + curl", fast.cpu(), curl.cpu(), CPU_OF_CURL));
  }

  /** How many times what the probe costs something else does: for people. */
  List<String> ratios() {
    return List.of(
        ratio("bash + grep + curl", curl),
        ratio("kafka-pod ready --direct", ready),
        ratio("four kafka-topics.sh calls", allFour));
  }

  private String ratio(String name, Cost other) {
    return String.format(
        Locale.ROOT,
        "%s: %.1f times the probe's wall time, %.1f times its CPU",
        name,
        (double) other.wall().toNanos() / fast.wall().toNanos(),
        (double) other.cpu().toNanos() / fast.cpu().toNanos());
  }

  private static Aim atMost(String figure, Duration part, Duration whole, double bound) {
    double ratio = (double) part.toNanos() / whole.toNanos();
    return new Aim(
        figure,
        String.format(Locale.ROOT, "%.3f", ratio),
        String.format(Locale.ROOT, "at most %.3f", bound),
        ratio <= bound);
  }
}

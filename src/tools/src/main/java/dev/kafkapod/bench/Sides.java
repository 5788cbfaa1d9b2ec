package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One figure, measured again and again on two sides that take turns, such as brokers with the agent
 * and without.
 *
 * @param with of the rounds of the side that is judged
 * @param without of the rounds of what it is judged by; whatever differs among them is noise
 */
record Sides(List<Double> with, List<Double> without) {

  Sides {
    with = List.copyOf(with);
    without = List.copyOf(without);
    if (with.isEmpty() || without.isEmpty()) {
      throw new IllegalArgumentException("sides: each needs a measurement");
    }
  }

  double ratio() {
    return median(with) / median(without);
  }

  /** Whether the ratio of medians is no higher; with the lowest and the highest of the turns. */
  Aim atMost(String figure, double bound) {
    return new Aim(
        figure,
        ratioText(),
        String.format(Locale.ROOT, "at most %.2f", bound),
        ratio() <= bound); // never for NaN
  }

  /** Whether it is no lower than what noise explains; one turn of each side explains nothing. */
  Aim notBelowNoise(String figure) {
    return new Aim(
        figure, ratioText(), "not below noise", without.size() > 1 && median(with) >= min(without));
  }

  /** Whether it is no higher than what noise explains; one turn of each side explains nothing. */
  Aim notAboveNoise(String figure) {
    return new Aim(
        figure, ratioText(), "not above noise", without.size() > 1 && median(with) <= max(without));
  }

  /** The ratio of medians, and of the turns, which belong together, the lowest and the highest. */
  String ratioText() {
    List<Double> turns =
        IntStream.range(0, Math.min(with.size(), without.size()))
            .mapToObj(turn -> with.get(turn) / without.get(turn))
            .toList();
    return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", ratio(), min(turns), max(turns));
  }

  /** From the lowest to the highest without the agent, as a part of the median. */
  double noise() {
    return (max(without) - min(without)) / median(without);
  }

  /** Whether the median with the agent lies among what was measured without. */
  boolean isWithinNoise() {
    return median(with) >= min(without) && median(with) <= max(without);
  }

  /** Both medians, with the lowest and the highest of each. */
  String text(String format) {
    return "with %s, without %s".formatted(text(with, format), text(without, format));
  }

  /** What to make of a figure that should be the same on both sides. */
  String judgement() {
    if (without.size() == 1) {
      return String.format(
          Locale.ROOT, "ratio %.3f; one turn of each shows nothing of the noise", ratio());
    }
    return String.format(
        Locale.ROOT,
        "ratio of medians %.3f; without against itself: lowest to highest %.1f %% of the median, so %s",
        ratio(),
        100 * noise(),
        isWithinNoise() ? "no difference beyond noise" : "OUTSIDE the noise");
  }

  private static String text(List<Double> figures, String format) {
    return String.format(
        Locale.ROOT,
        "%1$s (%2$s to %3$s)".replaceAll("%(\\d)\\$s", "%$1\\$" + format),
        median(figures),
        min(figures),
        max(figures));
  }

  static double median(List<Double> figures) {
    List<Double> sorted = figures.stream().sorted().toList();
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  private static double min(List<Double> figures) {
    return figures.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  private static double max(List<Double> figures) {
    return figures.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}

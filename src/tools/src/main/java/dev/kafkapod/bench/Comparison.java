package dev.kafkapod.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges what {@code kafka-pod ready} costs by what people do today: four calls of {@code
 * kafka-topics.sh}, one for each condition.
 *
 * @param oneCall median of all calls of kafka-topics.sh
 * @param allFour median of the rounds' four calls together
 * @param ready median of all calls of kafka-pod ready
 */
record Comparison(Cost oneCall, Cost allFour, Cost ready) {

  /** 1 MB is a million bytes, here and in the report. */
  static final double MB = 1e6;

  private static final double CPU_OF_ALL_FOUR = 0.10;
  private static final double WALL_OF_ALL_FOUR = 0.20;

  /**
   * One aim and what came of it.
   *
   * @param figure what is measured
   * @param measured its value, for people
   * @param bound what it should be, for people
   */
  record Aim(String figure, String measured, String bound, boolean met) {}

  /**
   * The medians of what was measured.
   *
   * @param rounds for each round the costs of the four calls
   * @param ready the costs of all calls of kafka-pod ready
   */
  static Comparison of(List<List<Cost>> rounds, List<Cost> ready) {
    return new Comparison(
        Cost.median(rounds.stream().flatMap(List::stream).toList()),
        Cost.median(rounds.stream().map(Cost::together).toList()),
        Cost.median(ready));
  }

  List<Aim> aims() {
    List<Aim> aims = new ArrayList<>();
    aims.add(atMost("CPU, ready / all four", ready.cpu(), allFour.cpu(), CPU_OF_ALL_FOUR));
    aims.add(atMost("wall, ready / all four", ready.wall(), allFour.wall(), WALL_OF_ALL_FOUR));
    aims.add(lessThanOne("CPU, ready / one call", ready.cpu(), oneCall.cpu()));
    aims.add(lessThanOne("wall, ready / one call", ready.wall(), oneCall.wall()));
    double memory = (double) ready.memory() / oneCall.memory();
    aims.add(new Aim("memory, ready / one call", text(memory), "less than 1", memory < 1));
    return aims;
  }

  private static Aim atMost(String figure, Duration part, Duration whole, double bound) {
    double ratio = ratio(part, whole);
    return new Aim(figure, text(ratio), "at most " + text(bound), ratio <= bound);
  }

  private static Aim lessThanOne(String figure, Duration part, Duration whole) {
    double ratio = ratio(part, whole);
    return new Aim(figure, text(ratio), "less than 1", ratio < 1);
  }

  private static double ratio(Duration part, Duration whole) {
    return (double) part.toNanos() / whole.toNanos();
  }

  private static String text(double ratio) {
    return String.format(Locale.ROOT, "%.3f", ratio);
  }
}

package dev.kafkapod.rollout;

import dev.kafkapod.tryout.IsrWatch.Look;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * The picture of a rollout: what operators know from their dashboards, over the brokers' phases.
 */
final class Chart {

  private static final int WIDTH = 1130;
  private static final int LEFT = 178;
  private static final int RIGHT = 22;
  private static final int TOP = 18;
  private static final int PANEL = 58;
  private static final int GAP = 20;
  private static final int BAR = 18;
  private static final int ROW = 25;
  private static final int AXIS = 30;
  static final String GAP_COLOUR = "#e58fb6";
  private static final int PANELS = 5;
  private static final int[] STEPS = {1, 2, 5, 10, 15, 30, 60, 120, 300};

  /** So many lines of the grid are enough. */
  private static final int LINES = 12;

  private final Course course;
  private final StringBuilder svg = new StringBuilder();
  private int y = TOP;

  Chart(Course course) {
    this.course = course;
  }

  static String colour(BrokerPod.Phase phase) {
    return switch (phase) {
      case WAITING -> "#b7a3d9";
      case STOPPED -> "#3a4255";
      case RECOVERING -> "#7d8ce0";
      case NOT_READY -> "#f2b84b";
      case READY -> "#8ccfa8";
    };
  }

  String svg() {
    int height =
        TOP + PANELS * (PANEL + GAP) + course.pods().size() * ROW + AXIS + (setGaps() * GAP);
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Partitions, sends and brokers over time\">%n"
            .formatted(WIDTH, height));
    grid(height);
    harm(height);
    panel("under-replicated", "#c9a227", Look::underReplicated);
    panel("at min ISR", "#e07b1a", Look::atMinIsr);
    panel("under min ISR", "#b3261e", Look::underMinIsr);
    panel("offline", "#6a1b9a", Look::offline);
    sends();
    brokers();
    return svg.append("</svg>\n").toString();
  }

  private int setGaps() {
    return (int)
        course.pods().stream()
            .map(pod -> course.setting().setOf(pod.broker()))
            .distinct()
            .skip(1)
            .count();
  }

  private double x(long millis) {
    return LEFT + (double) (WIDTH - LEFT - RIGHT) * millis / Math.max(1, course.endMillis());
  }

  private void grid(int height) {
    long seconds = course.endMillis() / 1000;
    int step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0; i--) {
      if (seconds / STEPS[i] <= LINES) {
        step = STEPS[i];
      }
    }
    for (long second = 0; second <= seconds; second += step) {
      add(
          "<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#eceff4\"/>",
          x(second * 1000), TOP, height - AXIS + 6);
      add(
          "<text class=\"soft\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d s</text>",
          x(second * 1000), height - 9, second);
    }
  }

  /** Shades the time in which a partition was under its min ISR or had no leader. */
  private void harm(int height) {
    long before = 0;
    for (Look look : course.looks()) {
      if (look.underMinIsr() > 0 || look.offline() > 0) {
        add(
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#f6dcda\" shape-rendering=\"crispEdges\"/>",
            x(before), TOP, x(look.atMillis()) - x(before) + 0.5, height - AXIS - TOP + 6);
      }
      before = look.atMillis();
    }
  }

  private void panel(String label, String colour, ToIntFunction<Look> count) {
    int most = course.looks().stream().mapToInt(count).max().orElse(0);
    label(label, most == 0 ? "never" : "partitions, up to " + most);
    baseline();
    if (most > 0) {
      StringBuilder path = new StringBuilder();
      path.append(format("M%.1f %d", x(0), y + PANEL));
      for (Look look : course.looks()) {
        double level = y + PANEL - (double) PANEL * count.applyAsInt(look) / most;
        path.append(format("H%.1fV%.1f", x(look.atMillis()), level));
      }
      path.append(format("V%dZ", y + PANEL));
      add(
          "<path d=\"%s\" fill=\"%s\" fill-opacity=\"0.35\" stroke=\"%s\" stroke-width=\"1.2\"/>",
          path, colour, colour);
    }
    y += PANEL + GAP;
  }

  /** Acknowledged and failed messages between two samples, each a bar. */
  private void sends() {
    List<Course.Sends> all = course.sends();
    double most = 1;
    for (int i = 1; i < all.size(); i++) {
      most = Math.max(most, rate(all, i, sent(all.get(i)) - sent(all.get(i - 1))));
    }
    label("sends", format("up to %.0f a second", most));
    baseline();
    for (int i = 1; i < all.size(); i++) {
      long acknowledged = all.get(i).acknowledged() - all.get(i - 1).acknowledged();
      long failed = all.get(i).failed() - all.get(i - 1).failed();
      double good = PANEL * rate(all, i, acknowledged) / most;
      double bad = failed == 0 ? 0 : Math.max(4, PANEL * rate(all, i, failed) / most);
      bar(all, i, y + PANEL - good, good, "#9fb3c8");
      bar(all, i, y + PANEL - good - bad, bad, "#b3261e");
    }
    for (Waits.Gap gap : course.waits().gaps()) {
      add(
          "<rect class=\"gap\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>no send acknowledged for %s</title></rect>",
          x(Math.min(gap.fromMillis(), course.endMillis())),
          y - 6,
          Math.max(
              2,
              x(Math.min(gap.untilMillis(), course.endMillis()))
                  - x(Math.min(gap.fromMillis(), course.endMillis()))),
          PANEL + 6,
          GAP_COLOUR,
          Waits.time(gap.untilMillis() - gap.fromMillis()));
    }
    if (course.failed() > 0) {
      add(
          "<text x=\"%d\" y=\"%d\" style=\"fill:#b3261e\">failed: %d</text>",
          12, y + 50, course.failed());
    }
    y += PANEL + GAP;
  }

  private static long sent(Course.Sends sends) {
    return sends.acknowledged() + sends.failed();
  }

  private static double rate(List<Course.Sends> all, int i, long count) {
    return 1000.0 * count / Math.max(1, all.get(i).atMillis() - all.get(i - 1).atMillis());
  }

  private void bar(List<Course.Sends> all, int i, double top, double height, String colour) {
    if (height > 0) {
      double from = x(all.get(i - 1).atMillis());
      add(
          "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" shape-rendering=\"crispEdges\"/>",
          from, top, x(all.get(i).atMillis()) - from + 0.5, height, colour);
    }
  }

  private void brokers() {
    for (int i = 0; i < course.pods().size(); i++) {
      Course.Pod pod = course.pods().get(i);
      int set = course.setting().setOf(pod.broker());
      if (i > 0 && set != course.setting().setOf(course.pods().get(i - 1).broker())) {
        y += GAP;
      }
      add("<text x=\"12\" y=\"%d\">%s</text>", y + 13, course.setting().nameOf(pod.broker()));
      for (int j = 0; j < pod.changes().size(); j++) {
        BrokerPod.Change change = pod.changes().get(j);
        long end =
            j + 1 < pod.changes().size() ? pod.changes().get(j + 1).atMillis() : course.endMillis();
        phase(change, Math.min(end, course.endMillis()));
      }
      y += ROW;
    }
  }

  private void phase(BrokerPod.Change change, long end) {
    if (end > change.atMillis()) {
      add(
          "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" fill=\"%s\"><title>%s for %s: %s</title></rect>",
          x(change.atMillis()),
          y,
          Math.max(1, x(end) - x(change.atMillis())),
          BAR,
          colour(change.phase()),
          change.phase().label(),
          Report.seconds(end - change.atMillis()),
          Report.escape(change.why()));
    }
  }

  private void label(String name, String detail) {
    add("<text x=\"12\" y=\"%d\" style=\"font-weight:600\">%s</text>", y + 18, name);
    add("<text class=\"soft\" x=\"12\" y=\"%d\">%s</text>", y + 35, detail);
  }

  private void baseline() {
    add(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%3$d\" y2=\"%3$d\" stroke=\"#b8c0cd\"/>",
        LEFT, WIDTH - RIGHT, y + PANEL);
  }

  private void add(String format, Object... values) {
    svg.append(format(format, values)).append('\n');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

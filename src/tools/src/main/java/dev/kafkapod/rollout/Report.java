package dev.kafkapod.rollout;

import dev.kafkapod.tryout.Acknowledgements;
import dev.kafkapod.tryout.IsrWatch.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** A rollout as one HTML page that needs nothing from anywhere else. */
final class Report {

  private static final String STYLE =
      """
      :root { color-scheme: light; --ink: #1d2433; --soft: #5b6577; --line: #d9dee7; --card: #f6f8fb; }
      * { box-sizing: border-box; }
      body { margin: 0; background: #fff; color: var(--ink); font: 15px/1.5 system-ui, "DejaVu Sans", sans-serif; }
      main { max-width: 1180px; margin: 0 auto; padding: 28px 24px 40px; }
      h1 { font-size: 24px; line-height: 1.3; margin: 0 0 4px; }
      p { margin: 0 0 18px; color: var(--soft); }
      .verdict { display: inline-block; font-size: 13px; font-weight: 600; border-radius: 999px; padding: 2px 12px; margin-bottom: 10px; color: #fff; }
      .good { background: #1b7f4b; } .bad { background: #b3261e; }
      .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 0 0 22px; }
      .figure { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
      .figure b { display: block; font-size: 20px; font-variant-numeric: tabular-nums; }
      .figure span { color: var(--soft); font-size: 13px; }
      .figure.harm b { color: #b3261e; }
      h1, p, code, caption, .figure b, .figure span, .legend span, td:last-child { overflow-wrap: anywhere; }
      .chart { overflow-x: auto; }
      svg { display: block; width: 100%; min-width: 760px; height: auto; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
      svg text { font: 12px system-ui, "DejaVu Sans", sans-serif; fill: #1d2433; }
      svg .soft { fill: #5b6577; font-size: 11px; }
      .legend { display: flex; flex-wrap: wrap; gap: 6px 20px; margin: 12px 2px 0; font-size: 13px; color: var(--soft); }
      .legend i { display: inline-block; width: 22px; height: 11px; border-radius: 3px; margin-right: 7px; }
      table { border-collapse: collapse; margin-top: 26px; font-size: 13px; width: 100%; }
      caption { text-align: left; font-weight: 600; padding-bottom: 6px; font-size: 15px; }
      th, td { text-align: left; padding: 4px 14px 4px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
      @media (max-width: 600px) { main { padding: 16px 12px 28px; } h1 { font-size: 19px; } th, td { padding-right: 8px; } }
      td:first-child, td:nth-child(2) { white-space: nowrap; font-variant-numeric: tabular-nums; }
      """;

  private final Course course;

  Report(Course course) {
    this.course = course;
  }

  String html() {
    boolean good = course.complete() && !course.didHarm() && course.exceededLimits().isEmpty();
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n")
        .append("<title>Rollout, gate ")
        .append(course.setting().gate().optionName())
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n")
        .append("<span class=\"verdict %s\">".formatted(good ? "good" : "bad"))
        .append(verdict())
        .append("</span>\n<h1>")
        .append(escape(course.summary()))
        .append("</h1>\n<p>")
        .append(escape(course.setting().describe()))
        .append("<br/>")
        .append(escape(course.conditions().describe()))
        .append("<br/><code>")
        .append(escape(course.setting().command()))
        .append("</code></p>\n");
    figures(page);
    page.append("<div class=\"chart\">\n").append(new Chart(course).svg()).append("</div>\n");
    legend(page);
    changes(page);
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private String verdict() {
    if (!course.complete()) {
      return "not complete";
    }
    if (course.didHarm()) {
      return "harm";
    }
    return course.exceededLimits().isEmpty() ? noHarm() : noHarm() + ", over the limit";
  }

  private String noHarm() {
    int stalls = course.waits().gaps().size();
    return switch (stalls) {
      case 0 -> "no harm";
      case 1 -> "no harm, 1 stall";
      default -> "no harm, " + stalls + " stalls";
    };
  }

  private void figures(StringBuilder page) {
    page.append("<div class=\"figures\">\n");
    figure(page, seconds(course.endMillis()), "from beginning to end", false);
    figure(
        page,
        String.format(Locale.ROOT, "%,d", course.acknowledged()),
        "messages acknowledged",
        false);
    figure(page, String.valueOf(course.failed()), "sends failed", course.failed() > 0);
    figure(
        page,
        String.format(Locale.ROOT, "%.1f", course.partitionSeconds()),
        "partition-seconds under min ISR",
        course.partitionSeconds() > 0);
    course
        .quorum()
        .ifPresent(
            it -> {
              figure(
                  page,
                  seconds(it.withoutMajorityMillis()),
                  "quorum without a majority",
                  it.withoutMajorityMillis() > 0);
              figure(page, seconds(it.withoutLeaderMillis()), "quorum without a leader", false);
            });
    Waits waits = course.waits();
    String p99 = waits.p99Millis().isEmpty() ? "none" : Waits.time(waits.p99Millis().getAsLong());
    figure(
        page,
        p99,
        "99th percentile of acknowledgement latency",
        course.setting().limits().isP99ExceededBy(waits));
    figure(
        page,
        Waits.time(waits.longestGapMillis()),
        "longest gap without an acknowledged send",
        !waits.gaps().isEmpty());
    figure(page, most(Look::underReplicated), "partitions under-replicated at most", false);
    figure(
        page,
        most(Look::offline),
        "partitions offline at most",
        course.looks().stream().anyMatch(it -> it.offline() > 0));
    page.append("</div>\n");
  }

  private String most(ToIntFunction<Look> count) {
    return String.valueOf(course.looks().stream().mapToInt(count).max().orElse(0));
  }

  private static void figure(StringBuilder page, String value, String what, boolean harm) {
    page.append(
        "<div class=\"figure%s\"><b>%s</b><span>%s</span></div>%n"
            .formatted(harm ? " harm" : "", escape(value), escape(what)));
  }

  private void legend(StringBuilder page) {
    page.append("<div class=\"legend\">\n");
    for (BrokerPod.Phase phase : BrokerPod.Phase.values()) {
      if (phase == BrokerPod.Phase.WAITING && !course.setting().stops().hook()) {
        continue;
      }
      page.append(
          "<span><i style=\"background:%s\"></i>%s</span>%n"
              .formatted(Chart.colour(phase), phase.label()));
    }
    if (course.didHarm()) {
      page.append("<span><i style=\"background:#f6dcda\"></i>under min ISR or offline</span>\n");
    }
    if (!course.waits().gaps().isEmpty()) {
      page.append(
          "<span><i style=\"background:%s\"></i>no send acknowledged for %d ms or longer</span>%n"
              .formatted(Chart.GAP_COLOUR, Acknowledgements.GAP_MILLIS));
    }
    page.append("</div>\n");
  }

  /** What the readiness probes said, for those who want to know why the rollout waited. */
  private void changes(StringBuilder page) {
    record Row(int broker, BrokerPod.Change change) {}
    List<Row> rows = new ArrayList<>();
    for (Course.Pod pod : course.pods()) {
      pod.changes().forEach(change -> rows.add(new Row(pod.broker(), change)));
    }
    rows.sort((a, b) -> Long.compare(a.change().atMillis(), b.change().atMillis()));
    page.append("<table>\n<caption>What happened</caption>\n")
        .append("<tr><th>after</th><th>node</th><th>is</th><th>because</th></tr>\n");
    for (Row row : rows) {
      page.append(
          "<tr><td>%s</td><td>%d</td><td>%s</td><td>%s</td></tr>%n"
              .formatted(
                  seconds(row.change().atMillis()),
                  row.broker(),
                  row.change().phase().label(),
                  escape(row.change().why())));
    }
    page.append("</table>\n");
    if (course.failed() > 0) {
      page.append("<p>Failed sends: ").append(escape(course.failures())).append("</p>\n");
    }
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

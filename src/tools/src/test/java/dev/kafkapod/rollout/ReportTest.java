package dev.kafkapod.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.rollout.BrokerPod.Change;
import dev.kafkapod.rollout.BrokerPod.Phase;
import dev.kafkapod.tryout.IsrWatch.Look;
import dev.kafkapod.tryout.QuorumWatch.Losses;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Look FINE = new Look(5000, 3, 0, 0, 0);
  private static final String CALM =
      "99 % of sends were acknowledged within 120 ms, the slowest after 400 ms; the longest gap without an acknowledged send was 20 ms.";
  private static final Waits NO_GAPS =
      new Waits(OptionalLong.of(120), OptionalLong.of(400), 20, List.of());
  private static final Waits STALLED =
      new Waits(
          OptionalLong.of(2900),
          OptionalLong.of(3100),
          3000,
          List.of(new Waits.Gap(1000, 1600), new Waits.Gap(2000, 5000)));
  private static final Look BAD = new Look(7000, 9, 0, 4, 1);

  @Test
  void saysThatNothingHappened() {
    Course course = course(true, 0, FINE);

    assertThat(course.didHarm()).isFalse();
    assertThat(new Report(course).html())
        .contains(
            "<span class=\"verdict good\">no harm</span>",
            "<h1>The rollout did no harm: no partition fell under its min ISR, and no send failed. "
                + CALM
                + "</h1>",
            "2 StatefulSets that roll at the same time")
        .doesNotContain("Failed sends:");
  }

  @Test
  void saysWhatHasHappened() {
    Course course = course(true, 7, FINE, BAD);

    assertThat(new Report(course).html())
        .contains(
            "<span class=\"verdict bad\">harm</span>",
            "<h1>The rollout did harm: 8.5 partition-seconds under min ISR, 7 failed sends. "
                + CALM
                + "</h1>",
            "<b>7</b><span>sends failed</span>",
            "Failed sends: 7 (first: &lt;too few&gt;)");
  }

  @Test
  void harmIsAlsoWhatNoSendHasFailedFor() {
    assertThat(course(true, 0, FINE, BAD).didHarm()).isTrue();
    assertThat(course(true, 0, new Look(1, 1, 0, 0, 1)).didHarm()).isTrue();
    assertThat(course(true, 1, FINE).didHarm()).isTrue();
  }

  @Test
  void doesNotHideThatSendsStalled() {
    Course course = course(STALLED, true, 0, FINE);

    assertThat(course.didHarm()).isFalse();
    assertThat(course.summary())
        .endsWith(
            "99 % of sends were acknowledged within 2900 ms, the slowest after 3100 ms; the longest gap without an acknowledged send was 3000 ms.");
    assertThat(new Report(course).html())
        .contains(
            "no harm, 2 stalls</span>",
            "<b>2900 ms</b><span>99th percentile of acknowledgement latency</span>",
            "<div class=\"figure harm\"><b>3000 ms</b><span>longest gap without an acknowledged send</span>",
            "<title>no send acknowledged for 600 ms</title>",
            "<title>no send acknowledged for 3000 ms</title>",
            "no send acknowledged for 500 ms or longer</span>");
    assertThat(new Report(course(true, 0, FINE)).html())
        .doesNotContain("no send acknowledged", "stall");
  }

  @Test
  void saysUnderWhatItRan() {
    assertThat(new Report(course(true, 0, FINE)).html())
        .contains(
            "Kafka 4.3.1, kafka-pod 1.2 &lt;b&gt;, Java 17.0.15, 2 cores; 2026-11-28T07:00:00Z",
            "<code>scripts/rollout --brokers 6 --sets 2 --load 100 --gate balanced</code>");
  }

  @Test
  void fitsAPhone() {
    assertThat(new Report(course(true, 0, FINE)).html())
        .contains(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>",
            ".chart { overflow-x: auto; }",
            "<div class=\"chart\">\n<svg ");
  }

  @Test
  void isNoWiderThanAPhoneButForTheChartWhichScrollsByItself() {
    String html = new Report(course(true, 7, FINE, BAD)).html();
    String style = html.substring(html.indexOf("<style>"), html.indexOf("</style>"));

    assertThat(style.lines().filter(rule -> rule.matches(".*\\bmin-width:.*")))
        .singleElement()
        .asString()
        .startsWith("svg ");
    assertThat(style.lines().filter(rule -> rule.matches(".*[{ ]width: *\\d+px.*")))
        .allMatch(rule -> rule.startsWith(".legend i"));
    // what holds a broker's reason, a command or a path breaks anywhere; only times and node ids
    // never do
    assertThat(style)
        .containsPattern("(?m)^h1, p, code, .*td:last-child \\{ overflow-wrap: anywhere; }")
        .doesNotContain("white-space: pre");
    assertThat(style.lines().filter(rule -> rule.contains("nowrap")))
        .singleElement()
        .asString()
        .startsWith("td:first-child, td:nth-child(2) {");
  }

  @Test
  void failsOnlyByALimitThatIsExceeded() {
    assertThat(course(STALLED, true, 0, FINE).exitCode()).isZero();
    assertThat(course(limits(3000, 2900), STALLED, true, 0, FINE).exitCode()).isZero();
    assertThat(course(limits(2999, 9000), STALLED, true, 0, FINE).exitCode()).isEqualTo(1);
    assertThat(course(limits(9000, 2899), STALLED, true, 0, FINE).exitCode()).isEqualTo(1);
    assertThat(course(limits(9000, 9000), STALLED, true, 1, FINE).exitCode()).isEqualTo(1);
    assertThat(course(limits(9000, 9000), STALLED, false, 0, FINE).exitCode()).isEqualTo(1);
  }

  @Test
  void saysWhichLimitIsExceeded() {
    Course course = course(limits(2000, 2000), STALLED, true, 0, FINE);

    assertThat(course.summary())
        .endsWith(
            "Too long: the longest gap without an acknowledged send was 3000 ms, and --max-gap allows 2000 ms;"
                + " the 99th percentile of acknowledgement latency was 2900 ms, and --max-p99 allows 2000 ms.");
    assertThat(new Report(course).html())
        .contains(
            "<span class=\"verdict bad\">no harm, 2 stalls, over the limit</span>",
            "<div class=\"figure harm\"><b>2900 ms</b><span>99th percentile");
  }

  @Test
  void unknownLatencyIsOverEachLimit() {
    Waits none = new Waits(OptionalLong.empty(), OptionalLong.empty(), 100, List.of());

    assertThat(limits(5000, 5000).exceededBy(none))
        .containsExactly(
            "the 99th percentile of acknowledgement latency was unknown, because no send was acknowledged, and --max-p99 allows 5000 ms");
    assertThat(Limits.NONE.exceededBy(none)).isEmpty();
  }

  private static Setting setting(List<String> args, Limits limits) {
    Setting parsed = Setting.parse(args, Path.of(""));
    return new Setting(
        parsed.brokers(),
        parsed.sets(),
        parsed.replicas(),
        parsed.load(),
        parsed.gate(),
        parsed.stops(),
        limits,
        parsed.runs(),
        parsed.output());
  }

  private static Limits limits(long gapMillis, long p99Millis) {
    return new Limits(
        Optional.of(Duration.ofMillis(gapMillis)), Optional.of(Duration.ofMillis(p99Millis)));
  }

  @Test
  void isHarmIfNothingWasAcknowledged() {
    Course nothing =
        new Course(
            setting(List.of("--load=100"), Limits.NONE),
            true,
            List.of(FINE),
            List.of(),
            List.of(new Course.Sends(5000, 0, 0)),
            0,
            "0",
            Optional.empty(),
            Conditions.now("4.3.1"),
            new Waits(OptionalLong.empty(), OptionalLong.empty(), 5000, List.of()));

    assertThat(nothing.didHarm()).isTrue();
    assertThat(nothing.summary())
        .endsWith(
            "No send was acknowledged; the longest gap without an acknowledged send was 5000 ms.");
  }

  @Test
  void followsTheReasonAndNotItsNumbers() {
    Change before = new Change(0, Phase.NOT_READY, "not ready: at-min-ISR 12 (orders-0, a-1 (x))");

    assertThat(new Change(1, Phase.NOT_READY, "not ready: at-min-ISR 3 (a-1)").isNewsAfter(before))
        .isFalse();
    assertThat(
            new Change(1, Phase.NOT_READY, "not ready: under-min-ISR 3 (a-1)").isNewsAfter(before))
        .isTrue();
    assertThat(new Change(1, Phase.READY, before.why()).isNewsAfter(before)).isTrue();
    assertThat(
            new Change(1, Phase.READY, "ready: broker 0, 3 brokers, 2 topics")
                .isNewsAfter(new Change(0, Phase.READY, "ready: broker 0, 1 broker, 1 topic")))
        .isFalse();
  }

  @Test
  void endsWithTheCommandThatDoesItAgain() {
    assertThat(course(true, 0, FINE).lastLine())
        .startsWith("The rollout did no harm: ")
        .endsWith(" This was scripts/rollout --brokers 6 --sets 2 --load 100 --gate balanced.");
  }

  @Test
  void saysWhatTheQuorumHasLostAndThatALostMajorityIsHarm() {
    Course calm = course(quorum(new Losses(1200, 0)), true, 0, FINE);
    Course lost = course(quorum(new Losses(4000, 2500)), true, 0, FINE);

    assertThat(calm.didHarm()).isFalse();
    assertThat(calm.summary())
        .startsWith(
            "The rollout did no harm: no partition fell under its min ISR, and no send failed."
                + " Meanwhile the quorum was without a majority for 0.0 s, and without a leader for 1.2 s. ");
    assertThat(lost.didHarm()).isTrue();
    assertThat(lost.exitCode()).isEqualTo(1);
    assertThat(new Report(lost).html())
        .contains(
            "<div class=\"figure harm\"><b>2.5 s</b><span>quorum without a majority</span>",
            "<div class=\"figure\"><b>4.0 s</b><span>quorum without a leader</span>");
  }

  @Test
  void saysOfSeveralRunsALineEachAndWhatTheyComeTo() {
    Course fine = course(true, 0, FINE);
    Course bad = course(quorum(new Losses(100, 0)), true, 7, FINE, BAD);

    assertThat(fine.line(1))
        .isEqualTo("run 1: no harm, 5.0 s, 0.0 partition-seconds under min ISR, 0 failed sends");
    assertThat(bad.line(2))
        .isEqualTo(
            "run 2: harm, 7.0 s, 8.5 partition-seconds under min ISR, 7 failed sends,"
                + " the quorum was without a majority for 0.0 s, and without a leader for 0.1 s");
    assertThat(new Runs(List.of(fine, bad)).summary())
        .isEqualTo(
            "2 runs, 1 did harm, 0 not complete. Time: min 5.0 s, median 6.0 s, max 7.0 s."
                + " Partition-seconds under min ISR: 0.0, 8.5. Failed sends: 7."
                + " This was scripts/rollout --brokers 6 --sets 2 --load 100 --gate balanced --runs 2.");
    assertThat(new Runs(List.of(fine, bad)).exitCode()).isEqualTo(1);
    assertThat(new Runs(List.of(fine, fine)).exitCode()).isZero();
  }

  @Test
  void saysThatTheRolloutIsStuck() {
    assertThat(new Report(course(false, 0, FINE)).html())
        .contains(
            "not complete</span>", "<h1>The rollout didn't come to its end. " + CALM + "</h1>");
  }

  @Test
  void isWellFormedAndNeedsNothingFromAnywhere() throws Exception {
    String html = new Report(course(true, 7, FINE, BAD)).html();

    assertThat(html).doesNotContain("http:", "https:", "src=", "href=", "url(", "@import");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    var document =
        factory
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    html.replace("<!DOCTYPE html>", "").getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(1);
    assertThat(document.getElementsByTagName("title").getLength()).isGreaterThan(5);
  }

  @Test
  void drawsEachPhaseOfEachBroker() {
    String svg = new Chart(course(true, 0, FINE, BAD)).svg();

    assertThat(svg)
        .contains(
            "broker 0, set 1",
            "broker 5, set 2",
            "<title>stopped for 1.0 s: SIGTERM</title>",
            "<title>ready for 4.0 s: ready: &quot;fine&quot;</title>",
            "partitions, up to 9");
  }

  @Test
  void refusesToReportWhatNobodyHasSeen() {
    assertThatThrownBy(() -> course(true, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a rollout without observations shows nothing");
  }

  private static Course course(boolean complete, long failed, Look... looks) {
    return course(NO_GAPS, complete, failed, looks);
  }

  private static Course course(Waits waits, boolean complete, long failed, Look... looks) {
    return course(Limits.NONE, waits, complete, failed, looks);
  }

  private static Course course(
      Limits limits, Waits waits, boolean complete, long failed, Look... looks) {
    return course(limits, waits, Optional.empty(), complete, failed, looks);
  }

  private static Optional<Losses> quorum(Losses losses) {
    return Optional.of(losses);
  }

  private static Course course(
      Optional<Losses> quorum, boolean complete, long failed, Look... looks) {
    return course(Limits.NONE, NO_GAPS, quorum, complete, failed, looks);
  }

  private static Course course(
      Limits limits,
      Waits waits,
      Optional<Losses> quorum,
      boolean complete,
      long failed,
      Look... looks) {
    List<Change> changes =
        List.of(
            new Change(0, Phase.READY, "ready: fine"),
            new Change(1000, Phase.STOPPED, "SIGTERM"),
            new Change(2000, Phase.RECOVERING, "process started"),
            new Change(2500, Phase.NOT_READY, "not ready: <5>"),
            new Change(3000, Phase.READY, "ready: \"fine\""));
    return new Course(
        setting(List.of("--sets=2", "--load=100"), limits),
        complete,
        List.of(looks),
        List.of(new Course.Pod(0, changes), new Course.Pod(5, changes)),
        List.of(new Course.Sends(0, 0, 0), new Course.Sends(5000, 500, failed)),
        failed == 0 ? 0 : 8.5,
        failed + (failed == 0 ? "" : " (first: <too few>)"),
        quorum,
        new Conditions("4.3.1", "1.2 <b>", "17.0.15", 2, Instant.parse("2026-11-28T07:00:00.5Z")),
        waits);
  }
}

package dev.kafkapod.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.rollout.BrokerPod.Change;
import dev.kafkapod.rollout.BrokerPod.Phase;
import dev.kafkapod.rollout.Setting.Gate;
import dev.kafkapod.tryout.IsrWatch.Look;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Look FINE = new Look(5000, 3, 0, 0, 0);
  private static final Look BAD = new Look(7000, 9, 0, 4, 1);

  @Test
  void saysThatNothingHappened() {
    Course course = course(true, 0, FINE);

    assertThat(course.didHarm()).isFalse();
    assertThat(new Report(course).html())
        .contains(
            "<span class=\"verdict good\">no harm</span>",
            "<h1>The rollout did no harm: no partition fell under its min ISR, and no send failed.</h1>",
            "2 StatefulSets that roll at the same time")
        .doesNotContain("Failed sends:");
  }

  @Test
  void saysWhatHasHappened() {
    Course course = course(true, 7, FINE, BAD);

    assertThat(new Report(course).html())
        .contains(
            "<span class=\"verdict bad\">harm</span>",
            "<h1>The rollout did harm: 8.5 partition-seconds under min ISR, 7 failed sends.</h1>",
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
  void saysThatTheRolloutIsStuck() {
    assertThat(new Report(course(false, 0, FINE)).html())
        .contains("not complete</span>", "<h1>The rollout didn't come to its end.</h1>");
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
        .hasMessage("a rollout at which nobody has looked shows nothing");
  }

  private static Course course(boolean complete, long failed, Look... looks) {
    List<Change> changes =
        List.of(
            new Change(0, Phase.READY, "ready: fine"),
            new Change(1000, Phase.STOPPED, "SIGTERM"),
            new Change(2000, Phase.RECOVERING, "process started"),
            new Change(2500, Phase.NOT_READY, "not ready: <5>"),
            new Change(3000, Phase.READY, "ready: \"fine\""));
    return new Course(
        new Setting(6, 2, 100, Gate.BALANCED, Path.of("x.html")),
        complete,
        List.of(looks),
        List.of(new Course.Pod(0, changes), new Course.Pod(5, changes)),
        List.of(new Course.Sends(0, 0, 0), new Course.Sends(5000, 500, failed)),
        failed == 0 ? 0 : 8.5,
        failed + (failed == 0 ? "" : " (first: <too few>)"));
  }
}

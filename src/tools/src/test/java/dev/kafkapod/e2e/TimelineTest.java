package dev.kafkapod.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.e2e.Timeline.Disruption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private final List<PodEvent> events = new ArrayList<>();

  private static PodEvent event(long at, String pod, String uid) {
    return new PodEvent(at, "ns/kafka", pod, uid, "rev-" + uid, false, false, true, true, 0, "");
  }

  private static PodEvent deleted(long at, String pod, String uid) {
    return new PodEvent(at, "ns/kafka", pod, uid, "rev-" + uid, true, false, true, true, 0, "");
  }

  private static PodEvent gone(long at, String pod, String uid) {
    return new PodEvent(at, "ns/kafka", pod, uid, "rev-" + uid, true, true, false, false, 0, "");
  }

  private static PodEvent unready(long at, String pod, String uid, int restarts, String waiting) {
    return new PodEvent(
        at,
        "ns/kafka",
        pod,
        uid,
        "rev-" + uid,
        false,
        false,
        false,
        waiting.isEmpty(),
        restarts,
        waiting);
  }

  private void replaced(long at, String pod, String uid, String next, long readyAt) {
    events.add(deleted(at, pod, uid));
    events.add(gone(at + 5, pod, uid));
    events.add(unready(at + 6, pod, next, 0, ""));
    events.add(event(readyAt, pod, next));
  }

  @Test
  void oneAfterTheOtherIsNoViolation() {
    events.add(event(1, "kafka-1", "a"));
    events.add(event(1, "kafka-2", "b"));
    replaced(10, "kafka-2", "b", "c", 30);
    replaced(31, "kafka-1", "a", "d", 60);

    Timeline timeline = new Timeline(events);

    assertThat(timeline.disruptions())
        .containsExactly(
            new Disruption("ns/kafka", "kafka-2", 10, OptionalLong.of(30)),
            new Disruption("ns/kafka", "kafka-1", 31, OptionalLong.of(60)));
    assertThat(timeline.violations()).isEmpty();
    assertThat(timeline.atOnce()).isEqualTo(1);
  }

  @Test
  void twoOfOneStatefulSetAtOnceAreAViolation() {
    replaced(10, "kafka-2", "b", "c", 30);
    replaced(29, "kafka-1", "a", "d", 60);

    assertThat(new Timeline(events).violations())
        .containsExactly("kafka-1 was away while kafka-2 was, of ns/kafka");
    assertThat(new Timeline(events).atOnce()).isEqualTo(2);
  }

  @Test
  void aPodThatNeverComesBackIsAwayForGood() {
    events.add(deleted(10, "kafka-2", "b"));
    replaced(1000, "kafka-1", "a", "d", 2000);

    assertThat(new Timeline(events).disruptions())
        .contains(new Disruption("ns/kafka", "kafka-2", 10, OptionalLong.empty()));
    assertThat(new Timeline(events).violations()).hasSize(1);
  }

  @Test
  void twoStatefulSetsMayEachHaveOneAway() {
    replaced(10, "kafka-2", "b", "c", 30);
    events.add(
        new PodEvent(20, "other/kafka", "kafka-2", "x", "r", true, false, true, true, 0, ""));

    assertThat(new Timeline(events).violations()).isEmpty();
    assertThat(new Timeline(events).atOnce()).isEqualTo(2);
  }

  @Test
  void aRestartedContainerIsADisruptionAndAnUnreadyPodIsNone() {
    events.add(event(1, "kafka-2", "b"));
    events.add(unready(2, "kafka-2", "b", 0, ""));
    events.add(event(3, "kafka-2", "b"));
    assertThat(new Timeline(events).disruptions()).isEmpty();

    events.add(unready(4, "kafka-2", "b", 1, ""));
    assertThat(new Timeline(events).disruptions())
        .containsExactly(new Disruption("ns/kafka", "kafka-2", 4, OptionalLong.empty()));
  }

  @Test
  void aPodThatIsReplacedUnseenIsADisruption() {
    events.add(event(1, "kafka-2", "b"));
    events.add(unready(9, "kafka-2", "c", 0, ""));

    assertThat(new Timeline(events).disruptions()).hasSize(1);
  }

  @Test
  void aPodThatIsBeingDeletedIsNotBackHoweverReadyItLooks() {
    events.add(deleted(10, "kafka-2", "b"));
    events.add(deleted(11, "kafka-2", "b"));

    assertThat(new Timeline(events).disruptions())
        .containsExactly(new Disruption("ns/kafka", "kafka-2", 10, OptionalLong.empty()));
  }

  @Test
  void saysWhetherAPodThatWasAwayRunsAgain() {
    events.add(event(1, "kafka-2", "b"));
    assertThat(new Timeline(events).runningAgain("ns/kafka", "kafka-2")).isEmpty();
    events.add(deleted(10, "kafka-2", "b"));
    assertThat(new Timeline(events).runningAgain("ns/kafka", "kafka-2")).isEmpty();
    events.add(gone(11, "kafka-2", "b"));
    events.add(unready(12, "kafka-2", "c", 0, "ContainerCreating"));
    assertThat(new Timeline(events).runningAgain("ns/kafka", "kafka-2")).isEmpty();
    events.add(unready(13, "kafka-2", "c", 0, ""));
    assertThat(new Timeline(events).runningAgain("ns/kafka", "kafka-2"))
        .isEqualTo("runs and isn't ready");
    events.add(event(14, "kafka-2", "c"));
    assertThat(new Timeline(events).runningAgain("ns/kafka", "kafka-2")).isEqualTo("is ready");
  }

  @Test
  void theLatestOfAPodThatIsGoneIsNothing() {
    events.add(event(1, "kafka-2", "b"));
    events.add(event(2, "kafka-1", "a"));
    events.add(gone(3, "kafka-2", "b"));

    assertThat(new Timeline(events).latest()).containsOnlyKeys("ns/kafka/kafka-1");
  }

  @Test
  void describesWhatMattersOnly() {
    PodEvent ready = event(1, "kafka-2", "b");
    PodEvent crashing = unready(2, "kafka-2", "b", 1, "");

    assertThat(Timeline.describe(Optional.empty(), ready))
        .contains("ns/kafka-2 made from revision rev-b, ready");
    assertThat(Timeline.describe(Optional.of(ready), event(5, "kafka-2", "b"))).isEmpty();
    assertThat(Timeline.describe(Optional.of(ready), deleted(5, "kafka-2", "b")))
        .contains("ns/kafka-2 deleted");
    assertThat(Timeline.describe(Optional.of(ready), gone(5, "kafka-2", "b")))
        .contains("ns/kafka-2 gone");
    assertThat(Timeline.describe(Optional.of(ready), unready(5, "kafka-2", "b", 0, "")))
        .contains("ns/kafka-2 not ready");
    assertThat(Timeline.describe(Optional.of(ready), crashing))
        .contains("ns/kafka-2 container restarted, 1 so far");
    assertThat(
            Timeline.describe(
                Optional.of(crashing), unready(3, "kafka-2", "b", 1, "CrashLoopBackOff")))
        .contains("ns/kafka-2 CrashLoopBackOff");
    assertThat(
            Timeline.describe(
                Optional.of(crashing),
                new PodEvent(
                    9, "ns/kafka", "kafka-2", "b", "rev-b", true, false, false, true, 1, "")))
        .contains("ns/kafka-2 deleted while not ready");
  }
}

package dev.kafkapod.turns;

import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PredecessorsTest {

  private static final ProcessIdentity SELF = new ProcessIdentity("boot", 7, 5000);

  private static QueueClock clock(Duration elapsed) {
    Instant now = NOW.plus(elapsed);
    return new QueueClock(now, now, Map.of());
  }

  private static TurnQueue queue(LoggedEntry... records) {
    return TurnQueue.EMPTY.then(List.of(records));
  }

  /** What a process releases that began 20 s after the records. */
  private static List<String> released(TurnQueue first, TurnQueue now) {
    return Predecessors.firstSeen(first, clock(Duration.ofSeconds(30)), Duration.ofSeconds(10))
        .toRelease(now, 1, SELF)
        .stream()
        .map(it -> it.request().id())
        .toList();
  }

  private static List<String> released(LoggedEntry... records) {
    return released(queue(records), queue(records));
  }

  @Test
  void releasesWhatIsOfAnotherProcessOfItsNode() {
    assertThat(
            released(
                aRequest(1).id("before").letGo().of(new ProcessIdentity("boot", 7, 4000)).at(0),
                aRequest(1).id("reboot").of(new ProcessIdentity("other", 7, 9000)).at(1)))
        .containsExactly("before", "reboot");
  }

  @Test
  void neverReleasesWhatIsOfItsOwnProcess() {
    assertThat(released(aRequest(1).goes().of(SELF).at(0))).isEmpty();
  }

  @Test
  void takesTheSameStartByAnotherIdForItsOwnProcessSeenFromOutside() {
    assertThat(released(aRequest(1).of(new ProcessIdentity("boot", 4711, 5000)).at(0))).isEmpty();
  }

  @Test
  void doesNotReleaseWhatIsOfAProcessThatBeganLater() {
    assertThat(released(aRequest(1).of(new ProcessIdentity("boot", 8, 5001)).at(0))).isEmpty();
  }

  @Test
  void doesNotReleaseWhatIsOfOtherNodes() {
    assertThat(
            released(aRequest(2).of(new ProcessIdentity("other", 7, 1)).at(0), aRequest(3).at(1)))
        .isEmpty();
  }

  @Test
  void releasesWhatIsOverToo() {
    LoggedEntry old = aRequest(1).id("old").of(new ProcessIdentity("other", 7, 1)).at(0);

    assertThat(
            Predecessors.firstSeen(queue(old), clock(Duration.ofDays(3)), Duration.ofSeconds(10))
                .toRelease(queue(old), 1, SELF))
        .hasSize(1);
  }

  @Test
  void releasesWithoutAProcessWhatWasThereBefore() {
    assertThat(released(aRequest(1).id("unknown").goes().at(0))).containsExactly("unknown");
  }

  @Test
  void doesNotReleaseWithoutAProcessWhatCameAfterTheFirstLook() {
    assertThat(released(queue(), queue(aRequest(1).at(0)))).isEmpty();
  }

  @Test
  void doesNotReleaseWithoutAProcessWhatIsYoungerThanTheProcess() {
    TurnQueue queue = queue(aRequest(1).at(0));

    assertThat(
            Predecessors.firstSeen(queue, clock(Duration.ofSeconds(30)), Duration.ofSeconds(30))
                .toRelease(queue, 1, SELF))
        .isEmpty();
  }

  @Test
  void doesNotReleaseWithoutAProcessWhatSomebodyGoesOnWaitingFor() {
    TurnQueue first = queue(aRequest(1).at(0));
    TurnRequest it = aRequest(1).build();
    TurnRequest next =
        new TurnRequest(
            it.id(),
            it.node(),
            it.kind(),
            it.letGo(),
            2,
            it.place(),
            it.goesFrom(),
            it.process(),
            it.host(),
            it.since(),
            it.until(),
            it.written(),
            it.lasts(),
            it.waitsFor(),
            it.why());

    assertThat(released(first, first.then(new LoggedEntry(1, NOW, next)))).isEmpty();
  }

  @Test
  void doesNotReleaseWhatHasBeenReleased() {
    TurnQueue first = queue(aRequest(1).id("gone").at(0));
    TurnQueue now =
        first.then(
            new LoggedEntry(1, NOW, new TurnEntry.Release(1, Optional.empty(), "jane", "why")));

    assertThat(released(first, now)).isEmpty();
  }

  @Test
  void mindsNothingElseInTheTopic() {
    assertThat(
            released(
                new LoggedEntry(
                    0, NOW, new TurnEntry.UnreadableRecord(OptionalInt.of(1), "no JSON")),
                new LoggedEntry(
                    1, NOW, new TurnEntry.NoTearDown("jane", Optional.of("INC-1 it stays")))))
        .isEmpty();
  }
}

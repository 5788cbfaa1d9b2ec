package dev.kafkapod.turns;

import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class NodeTurnsTest {

  private static NodeTurns of(int node, Duration later, LoggedEntry... records) {
    Instant now = NOW.plus(later);
    return NodeTurns.of(
        node, TurnQueue.EMPTY.then(List.of(records)), new QueueClock(now, now, Map.of()));
  }

  private static LoggedEntry damaged(int node) {
    return new LoggedEntry(
        9, NOW, new TurnEntry.UnreadableRecord(OptionalInt.of(node), "it is no JSON object"));
  }

  @Test
  void releasesEachRequestOfTheNodeByItsIdAndNobodyElses() {
    NodeTurns turns =
        of(
            3,
            Duration.ofSeconds(5),
            aRequest(3).id("hook").at(0),
            aRequest(4).at(1),
            aRequest(3).id("by-hand").goes().at(2));

    assertThat(turns.releases("jane", "INC-4711"))
        .containsExactly(
            new TurnEntry.Release(3, Optional.of("hook"), "jane", "INC-4711"),
            new TurnEntry.Release(3, Optional.of("by-hand"), "jane", "INC-4711"));
    assertThat(turns.mayStop()).isTrue();
  }

  @Test
  void hasNothingOfANodeThatDoesNotAskOrWhoseTimeIsOver() {
    assertThat(of(5, Duration.ZERO, aRequest(3).at(0)).isEmpty()).isTrue();
    assertThat(of(3, Duration.ofMinutes(2), aRequest(3).at(0)).isEmpty()).isTrue();
    assertThat(of(3, Duration.ofMinutes(2), aRequest(3).at(0)).releases("jane", "x")).isEmpty();
  }

  @Test
  void aNodeThatOnlyAsksDoesNotStop() {
    assertThat(of(3, Duration.ZERO, aRequest(3).at(0)).mayStop()).isFalse();
    assertThat(of(3, Duration.ZERO, aRequest(3).letGo().at(0)).mayStop()).isTrue();
  }

  @Test
  void releasesWhatCannotBeReadWithoutAnId() {
    NodeTurns turns = of(3, Duration.ZERO, damaged(3), damaged(4));

    assertThat(turns.releases("jane", "x"))
        .containsExactly(new TurnEntry.Release(3, Optional.empty(), "jane", "x"));
    assertThat(turns.isEmpty()).isFalse();
    assertThat(turns.mayStop()).isTrue();
    assertThat(turns.standing().unreadable()).hasSize(1);
  }

  @Test
  void afterItsReleasesNothingOfTheNodeIsLeft() {
    LoggedEntry[] records = {
      aRequest(3).id("hook").at(0), damaged(3), aRequest(4).at(10), aRequest(3).goes().at(11)
    };
    TurnQueue queue = TurnQueue.EMPTY.then(List.of(records));
    for (TurnEntry.Release release : of(3, Duration.ZERO, records).releases("jane", "x")) {
      queue = queue.then(new LoggedEntry(12, NOW, release));
    }

    assertThat(queue.requests()).extracting(it -> it.request().node()).containsExactly(4);
    assertThat(queue.unreadable()).isEmpty();
  }
}

package dev.kafkapod.turns;

import static dev.kafkapod.turns.ARequest.TIME;
import static dev.kafkapod.turns.ARequest.asks;
import static dev.kafkapod.turns.ARequest.goes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AheadTest {

  private static final QueueClock NOW = new QueueClock(TIME, TIME, Map.of());

  private static Ahead ahead(QueueClock clock, TurnQueue queue, int... own) {
    return Ahead.of(
        queue,
        clock,
        IntStream.of(own).mapToObj(it -> queue.request(it, "w" + it).orElseThrow()).toList());
  }

  private static TurnQueue queue(LoggedEntry... records) {
    return TurnQueue.EMPTY.then(List.of(records));
  }

  @Test
  void ofTwoThatGoTheLaterOneSeesTheEarlierOne() {
    TurnQueue queue = queue(asks(1).at(0), asks(2).at(1), goes(2).at(2), goes(1).at(3));

    assertThat(ahead(NOW, queue, 1)).isEqualTo(new Ahead(Set.of(2), Set.of()));
    assertThat(ahead(NOW, queue, 2)).isEqualTo(Ahead.NOBODY);
  }

  @Test
  void whoOnlyAsksHasAllThatGoAheadAndThoseThatAskedBefore() {
    TurnQueue queue = queue(asks(1).at(0), asks(2).at(1), asks(3).at(2), goes(4).at(3));

    assertThat(ahead(NOW, queue, 2)).isEqualTo(new Ahead(Set.of(4), Set.of(1)));
    assertThat(ahead(NOW, queue)).isEqualTo(new Ahead(Set.of(4), Set.of(1, 2, 3)));
    assertThat(ahead(NOW, queue).isEmpty()).isFalse();
    assertThat(ahead(NOW, queue(asks(1).at(0)), 1).isEmpty()).isTrue();
  }

  @Test
  void whoIsStuckForAMinuteIsPassed() {
    TurnQueue queue = queue(asks(1).waitsFor(WaitsFor.CLUSTER).at(0), asks(2).at(1));
    QueueClock soon = new QueueClock(TIME.plusSeconds(59), TIME, Map.of());
    QueueClock later = new QueueClock(TIME.plusSeconds(60), TIME, Map.of());

    assertThat(ahead(soon, queue, 2).waiting()).containsExactly(1);
    assertThat(ahead(later, queue, 2)).isEqualTo(Ahead.NOBODY);
  }

  @Test
  void whoseTimeIsOverIsNotAhead() {
    TurnQueue queue = queue(goes(1).at(0), asks(2).at(1), asks(3).at(2));
    QueueClock clock =
        new QueueClock(TIME, TIME, Map.of(0L, Duration.ofMinutes(6), 1L, Duration.ofMinutes(1)));

    assertThat(ahead(clock, queue, 3)).isEqualTo(Ahead.NOBODY);
  }

  @Test
  void anotherWaitingForTheSameNodeIsNotAhead() {
    TurnQueue queue = queue(goes(1).by("other").at(0), asks(1).at(1));

    assertThat(ahead(NOW, queue, 1)).isEqualTo(Ahead.NOBODY);
  }

  @Test
  void aNodeThatGoesAndAsksCountsAsGoing() {
    TurnQueue queue = queue(asks(1).at(0), goes(1).by("other").at(1), asks(2).at(2));

    assertThat(ahead(NOW, queue, 2)).isEqualTo(new Ahead(Set.of(1), Set.of()));
  }

  @Test
  void aRecordThatCanNotBeReadGoesForItsNodeForAQuarterOfAnHour() {
    TurnQueue queue =
        queue(
            new LoggedEntry(0, TIME, new TurnEntry.UnreadableRecord(OptionalInt.of(7), "torn")),
            new LoggedEntry(1, TIME, new TurnEntry.UnreadableRecord(OptionalInt.empty(), "torn")),
            asks(1).at(2),
            goes(2).at(3));
    QueueClock later = new QueueClock(TIME.plusSeconds(900), TIME.plusSeconds(900), Map.of());

    assertThat(ahead(NOW, queue, 1).going()).containsExactlyInAnyOrder(2, 7);
    assertThat(ahead(NOW, queue, 2).going()).containsExactly(7);
    assertThat(ahead(later, queue, 1).going()).isEmpty();
  }

  @Test
  void whoStopsSeveralNodesGoesOnceAllOfThemGoAndByTheLastOne() {
    TurnQueue some = queue(goes(1).at(0), asks(2).at(1), goes(3).at(2));
    TurnQueue all = some.then(goes(2).at(3)).then(goes(4).at(4));

    assertThat(ahead(NOW, some, 1, 2).going()).containsExactly(3);
    assertThat(ahead(NOW, all, 1, 2).going()).containsExactly(3);
    assertThat(ahead(NOW, all, 3).going()).containsExactly(1);
  }

  @Test
  void twoThatStopSeveralNodesEachDoNotWaitForEachOther() {
    TurnQueue queue = queue(asks(1).at(0), asks(2).at(1), asks(3).at(2), asks(4).at(3));

    assertThat(ahead(NOW, queue, 1, 4)).isEqualTo(Ahead.NOBODY);
    assertThat(ahead(NOW, queue, 2, 3)).isEqualTo(new Ahead(Set.of(), Set.of(1)));
  }
}

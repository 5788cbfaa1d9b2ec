package dev.kafkapod.turns;

import static dev.kafkapod.turns.ARequest.TIME;
import static dev.kafkapod.turns.ARequest.asks;
import static dev.kafkapod.turns.ARequest.goes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TurnQueueTest {

  private static TurnQueue queue(LoggedEntry... records) {
    return TurnQueue.EMPTY.then(List.of(records));
  }

  private static LoggedEntry release(long offset, int node, Optional<String> request) {
    return new LoggedEntry(
        offset, TIME, new TurnEntry.Release(node, request, "somebody", "because"));
  }

  private static long lockOf(TurnQueue queue, int node) {
    return queue.request(node, "w" + node).orElseThrow().goesFrom();
  }

  @Test
  void requestsStandInTheOrderOfTheirFirstRecords() {
    TurnQueue queue = queue(asks(2).at(0), asks(1).at(1), goes(2).at(2));

    assertThat(queue.requests()).extracting(it -> it.request().node()).containsExactly(2, 1);
    assertThat(queue.request(2, "w2").orElseThrow().place()).isZero();
    assertThat(lockOf(queue, 2)).isEqualTo(2);
    assertThat(queue.clock()).contains(TIME);
  }

  @Test
  void aRetryThatComesLateCountsForNothing() {
    TurnQueue queue = queue(asks(1).at(0), goes(1).at(1), asks(1).sequence(3).at(2));

    assertThat(queue.then(goes(1).at(3)).requests()).isEqualTo(queue.requests());
    assertThat(queue.then(goes(1).sequence(3).at(3)).requests()).isEqualTo(queue.requests());
  }

  @Test
  void whoIsLetGoKeepsTheLockThatHisRecordNames() {
    assertThat(lockOf(queue(goes(1).at(3), goes(1).letGo(3).at(7)), 1)).isEqualTo(3);
  }

  @Test
  void whoGoesAnewStandsBehindThoseThatHaveGoneMeanwhile() {
    assertThat(lockOf(queue(goes(1).at(3), goes(2).at(4), goes(1).sequence(3).at(5)), 1))
        .isEqualTo(5);
  }

  /** Such a record was on its way when somebody interrupted the waiting. */
  @Test
  void whatWasReleasedIsNotTakenUpByARecordThatComesLate() {
    TurnQueue named =
        queue(goes(1).at(3), release(4, 1, Optional.of("w1")), goes(1).letGo(3).at(6));
    TurnQueue all = queue(asks(1).at(3), release(4, 1, Optional.empty()), goes(1).place(3).at(6));
    TurnQueue unseen = queue(release(4, 1, Optional.of("w1")), asks(1).at(6));

    assertThat(named.requests()).isEmpty();
    assertThat(all.requests()).isEmpty();
    assertThat(unseen.requests()).isEmpty();
    assertThat(named.then(asks(1).by("anew").at(7)).requests()).hasSize(1);
  }

  @Test
  void aLockThatWasTakenBackIsNotTakenUpByARecordThatNamesIt() {
    TurnQueue queue =
        queue(goes(1).at(3), asks(1).sequence(3).at(4), goes(1).sequence(4).letGo(3).at(6));

    assertThat(lockOf(queue, 1)).isEqualTo(6);
  }

  @Test
  void aReleaseEndsTheRequestThatItNamesOrAllOfItsNode() {
    TurnQueue queue = queue(asks(1).at(0), asks(1).by("other").at(1), asks(2).at(2));

    assertThat(queue.then(release(3, 1, Optional.of("w1"))).requests())
        .extracting(it -> it.request().id())
        .containsExactly("other", "w2");
    assertThat(queue.then(release(3, 1, Optional.empty())).requests())
        .extracting(it -> it.request().id())
        .containsExactly("w2");
    assertThat(queue.then(release(3, 2, Optional.of("w1"))).requests()).hasSize(3);
  }

  @Test
  void ofUnreadableRecordsTheNewestOfEachNodeStandsUntilThatNodeIsReleased() {
    LoggedEntry of1 =
        new LoggedEntry(0, TIME, new TurnEntry.UnreadableRecord(OptionalInt.of(1), "old"));
    LoggedEntry newer =
        new LoggedEntry(1, TIME, new TurnEntry.UnreadableRecord(OptionalInt.of(1), "new"));
    LoggedEntry nobodys =
        new LoggedEntry(2, TIME, new TurnEntry.UnreadableRecord(OptionalInt.empty(), "?"));
    TurnQueue queue = queue(of1, newer, nobodys);

    assertThat(queue.unreadable()).containsExactly(newer, nobodys);
    assertThat(queue.then(release(3, 2, Optional.empty())).unreadable()).hasSize(2);
    assertThat(queue.then(release(3, 1, Optional.of("another"))).unreadable()).hasSize(2);
    assertThat(queue.then(release(3, 1, Optional.empty())).unreadable()).containsExactly(nobodys);
  }

  @Test
  void patienceBeginsWithTheFirstRecordThatWaitsForTheCluster() {
    ARequest stuck = asks(1).waitsFor(WaitsFor.CLUSTER);
    TurnQueue queue = queue(stuck.at(0), stuck.sequence(2).at(1, TIME.plusSeconds(20)));

    assertThat(stuckSince(queue)).contains(TIME);
    assertThat(stuckSince(queue.then(asks(1).sequence(3).at(2)))).isEmpty();
  }

  @Test
  void patienceBeginsAnewWhereTheLogsClockWasSetBack() {
    ARequest stuck = asks(1).waitsFor(WaitsFor.CLUSTER);
    Instant earlier = TIME.minusSeconds(3600);
    TurnQueue queue = queue(stuck.at(0), stuck.sequence(2).at(1, earlier));

    assertThat(stuckSince(queue)).contains(earlier);
  }

  private static Optional<Instant> stuckSince(TurnQueue queue) {
    return queue.request(1, "w1").orElseThrow().stuckSince();
  }
}

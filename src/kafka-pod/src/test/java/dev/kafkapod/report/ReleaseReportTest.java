package dev.kafkapod.report;

import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.NodeTurns;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.TurnQueue;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReleaseReportTest {

  private static ReleaseReport of(int node, LoggedEntry... records) {
    return new ReleaseReport(
        "kafka-pod-stops",
        NodeTurns.of(
            node,
            TurnQueue.EMPTY.then(List.of(records)),
            new QueueClock(NOW.plusSeconds(10), NOW.plusSeconds(10), Map.of())));
  }

  @Test
  void saysWhatWasRemovedAndThatAWaitingAsksAgain() {
    ReleaseReport report =
        of(3, aRequest(3).waitsFor(WaitsFor.TURN, "node 4 goes").at(0), aRequest(4).goes().at(1));

    assertThat(report.lines())
        .containsExactly(
            "released: node 3 (kafka-3) waits for its turn, for 50 s so far, until 2026-11-28T17:00:00Z at most: node 4 goes",
            "note: if its await-safe-stop still runs, it asks again, at the end of the line");
    assertThat(report.exitCode()).isEqualTo(ExitCode.YES);
  }

  @Test
  void warnsOfANodeThatMayStillStop() {
    ReleaseReport report = of(4, aRequest(3).at(0), aRequest(4).letGo().at(1));

    assertThat(report.lines())
        .containsExactly(
            "released: node 4 (kafka-4) was let go after a wait of 40 s, and counts as stopped until 2026-11-28T16:06:00Z at most",
            "warning: node 4 may still stop, and from now on no other stop reckons with that; look whether it runs before you let another one go");
  }

  @Test
  void isANoWhereThereIsNothing() {
    ReleaseReport report = of(9, aRequest(3).at(0));

    assertThat(report.lines())
        .containsExactly(
            "nothing to release: node 9 has no request in topic kafka-pod-stops; kafka-pod turns lists who has");
    assertThat(report.exitCode()).isEqualTo(ExitCode.NO);
  }
}

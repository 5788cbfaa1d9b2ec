package dev.kafkapod.report;

import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TurnsReportTest {

  private static final Instant LATER = NOW.plusSeconds(10);

  private static TurnsReport report(LoggedEntry... records) {
    return TurnsReport.of(
        TurnQueue.EMPTY.then(List.of(records)),
        new QueueClock(LATER, LATER, Map.of()),
        Optional.of("own"),
        List.of());
  }

  private static JsonNode json(TurnsReport report) throws IOException {
    StringWriter text = new StringWriter();
    Json.print(new PrintWriter(text), report::writeFields);
    return new ObjectMapper().readTree(text.toString());
  }

  private static LoggedEntry aTearDown(String clusterId) {
    return new LoggedEntry(
        9,
        NOW,
        new TurnEntry.TearDown(clusterId, "jane", "end of test", NOW, Duration.ofMinutes(5)));
  }

  @Test
  void tellsWhoGoesAndWhoWaitsInTheirOrder() {
    assertThat(
            report(
                    aRequest(3).letGo().at(0),
                    aRequest(4).goes().at(1),
                    aRequest(5).waitsFor(WaitsFor.TURN, "node 4 goes").at(2),
                    aRequest(6).waitsFor(WaitsFor.CLUSTER, "orders-0 is at its minimum").at(3),
                    aRequest(7).on("").at(4))
                .lines())
        .containsExactly(
            "node 3 (kafka-3) was let go after a wait of 40 s, and counts as stopped until 2026-11-28T16:06:00Z at most",
            "node 4 (kafka-4) goes after a wait of 40 s, and counts as stopped until 2026-11-28T16:06:00Z at most",
            "node 5 (kafka-5) waits for its turn, for 50 s so far, until 2026-11-28T17:00:00Z at most: node 4 goes",
            "node 6 (kafka-6) waits for the cluster, for 50 s so far, until 2026-11-28T17:00:00Z at most: orders-0 is at its minimum",
            "node 7 asks whether it may stop, for 50 s so far, until 2026-11-28T17:00:00Z at most");
  }

  @Test
  void tellsThatNobodyAsks() {
    assertThat(report().lines()).containsExactly("nobody waits, and nobody goes");
  }

  @Test
  void tellsWhyNobodyCanTell() throws IOException {
    TurnsReport unknown = TurnsReport.unknown("reading topic kafka-pod-stops got no answer");

    assertThat(unknown.lines())
        .containsExactly("unknown: reading topic kafka-pod-stops got no answer");
    assertThat(json(unknown).toString())
        .isEqualTo("{\"problem\":\"reading topic kafka-pod-stops got no answer\",\"notes\":[]}");
  }

  @Test
  void tellsThatTheClusterIsTornDown() {
    assertThat(report(aTearDown("own")).lines())
        .containsExactly(
            "cluster own is torn down, until 2026-11-28T16:05:00Z at most, by jane: end of test");
  }

  @Test
  void tellsThatAnotherClustersTearDownCountsForNothing() throws IOException {
    TurnsReport report = report(aTearDown("other"));

    assertThat(report.lines())
        .containsExactly(
            "cluster other is torn down, until 2026-11-28T16:05:00Z at most, by jane: end of test; that isn't this cluster, own, and counts for nothing");
    assertThat(json(report).at("/tearDown/counts").booleanValue()).isFalse();
  }

  @Test
  void doesNotSayWhetherATearDownCountsWhereTheClusterIsNotKnown() throws IOException {
    TurnsReport report =
        new TurnsReport(report(aTearDown("other")).turns(), Optional.empty(), List.of());

    assertThat(report.lines().get(0)).endsWith(": end of test");
    assertThat(json(report).at("/tearDown").has("counts")).isFalse();
  }

  @Test
  void tellsWhatCannotBeReadAndWhatThatMeans() {
    assertThat(
            report(
                    new LoggedEntry(
                        0, NOW, new TurnEntry.UnreadableRecord(OptionalInt.of(7), "7 has no JSON")),
                    new LoggedEntry(
                        1,
                        NOW,
                        new TurnEntry.UnreadableRecord(OptionalInt.empty(), "x is no node")))
                .lines())
        .containsExactly(
            "7 has no JSON; node 7 counts as stopped for another 14 min 50 s at most",
            "x is no node");
  }

  @Test
  void addsNotes() {
    assertThat(new TurnsReport(report().turns(), Optional.empty(), List.of("few replicas")).lines())
        .containsExactly("nobody waits, and nobody goes", "note: few replicas");
  }

  @Test
  void tellsProgramsTheSame() throws IOException {
    JsonNode json =
        json(
            report(
                aRequest(4).goes().at(1),
                aRequest(5).waitsFor(WaitsFor.TURN, "node 4 goes").at(2),
                aTearDown("own")));

    assertThat(json.toPrettyString())
        .isEqualToNormalizingNewlines(
            """
            {
              "waiting" : 1,
              "going" : 1,
              "longestWaitMs" : 50000,
              "queue" : [ {
                "node" : 4,
                "host" : "kafka-4",
                "request" : "request-of-4",
                "kind" : "goes",
                "letGo" : false,
                "waitsFor" : "nothing",
                "why" : "",
                "since" : "2026-11-28T15:59:20Z",
                "until" : "2026-11-28T16:06:00Z",
                "waitedMs" : 40000,
                "leftMs" : 350000
              }, {
                "node" : 5,
                "host" : "kafka-5",
                "request" : "request-of-5",
                "kind" : "asks",
                "letGo" : false,
                "waitsFor" : "turn",
                "why" : "node 4 goes",
                "since" : "2026-11-28T15:59:20Z",
                "until" : "2026-11-28T17:00:00Z",
                "waitedMs" : 50000,
                "leftMs" : 50000
              } ],
              "tearDown" : {
                "clusterId" : "own",
                "counts" : true,
                "by" : "jane",
                "reason" : "end of test",
                "since" : "2026-11-28T16:00:00Z",
                "until" : "2026-11-28T16:05:00Z",
                "leftMs" : 290000
              },
              "unreadable" : [ ],
              "notes" : [ ]
            }""");
  }
}

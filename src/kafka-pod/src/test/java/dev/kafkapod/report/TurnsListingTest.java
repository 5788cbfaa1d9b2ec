package dev.kafkapod.report;

import static dev.kafkapod.report.PublishedSchema.objectsIn;
import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code kafka-pod turns} prints, and that {@code docs/turns.schema.json} promises that. */
class TurnsListingTest {

  private static final PublishedSchema SCHEMA = new PublishedSchema("turns");

  private static final List<LoggedEntry> RECORDS =
      List.of(
          aRequest(2).at(0),
          at(1, new TurnEntry.Release(2, Optional.of("request-of-2"), "agent of kafka-2", "ready")),
          at(2, new TurnEntry.Release(5, Optional.empty(), "jane", "INC-4711 \u001b[2Jbroken")),
          at(3, new TurnEntry.NoTearDown("jane", Optional.of("INC-1 it stays"))),
          aRequest(3).letGo().at(4),
          aRequest(4).waitsFor(WaitsFor.TURN, "node 3 goes").at(5),
          at(6, new TurnEntry.UnreadableRecord(OptionalInt.of(7), "7 has no JSON")),
          at(7, new TurnEntry.TearDown("own", "jane", "the move", NOW, Duration.ofHours(1))));

  private static LoggedEntry at(long offset, TurnEntry entry) {
    return new LoggedEntry(offset, NOW, entry);
  }

  private static TurnsListing listing(List<LoggedEntry> records, boolean history) {
    return new TurnsListing(
        "kafka-pod-stops",
        TurnsReport.of(
            TurnQueue.EMPTY.then(records),
            new QueueClock(NOW, NOW, Map.of()),
            Optional.of("own"),
            List.of("a note")),
        history ? Optional.of(new TurnsHistory(records)) : Optional.empty());
  }

  private static TurnsListing unknown() {
    return new TurnsListing(
        "kafka-pod-stops", TurnsReport.unknown("no answer in time"), Optional.empty());
  }

  static Stream<TurnsListing> listings() {
    return Stream.of(
        listing(RECORDS, true), listing(RECORDS, false), listing(List.of(), true), unknown());
  }

  @Test
  void saysWhatWasReleasedByWhomAndWhy() {
    List<String> lines = listing(RECORDS, true).lines();

    assertThat(lines.subList(lines.indexOf("history:"), lines.size()))
        .containsExactly(
            "history:",
            "  2026-11-28T16:00:00Z node 2 was released by agent of kafka-2: ready",
            "  2026-11-28T16:00:00Z node 5 was released by jane: INC-4711  [2Jbroken",
            "  2026-11-28T16:00:00Z the tear-down was taken back by jane: INC-1 it stays",
            "  2026-11-28T16:00:00Z cluster own was to be torn down for 1h, by jane: the move");
    assertThat(listing(RECORDS, false).lines()).doesNotContain("history:").hasSize(5);
  }

  @Test
  void saysThatThereIsNothing() {
    assertThat(listing(List.of(), true).lines())
        .containsExactly(
            "nobody waits, and nobody goes",
            "note: a note",
            "history: the topic has no release and no tear-down");
    assertThat(listing(List.of(), true).exitCode()).isEqualTo(ExitCode.YES);
  }

  @Test
  void cannotTell() {
    assertThat(unknown().lines()).containsExactly("cannot tell: no answer in time");
    assertThat(unknown().exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
  }

  @Test
  void hasASchema() throws IOException {
    assertThat(SCHEMA.problems()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("listings")
  void theSchemaDescribesEveryListing(TurnsListing listing) throws IOException {
    assertThat(SCHEMA.validate(tree(listing))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("listings")
  void theSchemaAllowsNoOtherFields(TurnsListing listing) throws IOException {
    JsonNode json = tree(listing);

    for (JsonNode object : objectsIn(json)) {
      ((ObjectNode) object).put("other", true);
      assertThat(SCHEMA.validate(json)).as("with another field in %s", object).isNotEmpty();
      ((ObjectNode) object).remove("other");
    }
  }

  @Test
  void theSchemaPromisesNoFieldThatIsNeverWrittenAndExplainsAll() throws IOException {
    Set<String> written = new TreeSet<>();
    for (TurnsListing listing : listings().toList()) {
      objectsIn(tree(listing)).forEach(it -> it.fieldNames().forEachRemaining(written::add));
    }
    Set<String> promised = new TreeSet<>();
    for (JsonNode properties : SCHEMA.properties()) {
      properties
          .fields()
          .forEachRemaining(
              field -> {
                promised.add(field.getKey());
                assertThat(field.getValue().path("description").asText())
                    .as("description of %s", field.getKey())
                    .isNotEmpty()
                    .contains(field.getKey().endsWith("Ms") ? "milliseconds" : "");
              });
    }

    assertThat(promised).isEqualTo(written);
  }

  @Test
  void theSchemaDoesNotLetAQueueAndExitCode3GoTogether() throws IOException {
    ObjectNode json = (ObjectNode) tree(listing(RECORDS, false));
    json.put("exitCode", 3);

    assertThat(SCHEMA.validate(json)).isNotEmpty();
  }

  private static JsonNode tree(TurnsListing listing) throws IOException {
    return PublishedSchema.tree(listing::writeFields);
  }
}

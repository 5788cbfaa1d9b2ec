package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.StandingTearDown;
import dev.kafkapod.turns.StandingTurns;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import dev.kafkapod.turns.TurnRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Tells who waits for a turn, and who goes: for people and for programs, everywhere the same.
 *
 * @param turns what stands now; or why nobody can tell
 * @param clusterId the cluster's own id, where it is known
 * @param notes what else there is to say, such as that the topic has few replicas
 */
public record TurnsReport(
    Answer<StandingTurns> turns, Optional<String> clusterId, List<String> notes) {

  public TurnsReport {
    Objects.requireNonNull(turns);
    Objects.requireNonNull(clusterId);
    notes = List.copyOf(notes);
  }

  /** The report on a queue at one moment. */
  public static TurnsReport of(
      TurnQueue queue, QueueClock clock, Optional<String> clusterId, List<String> notes) {
    return new TurnsReport(Answer.known(StandingTurns.of(queue, clock)), clusterId, notes);
  }

  /** Nobody can tell. */
  public static TurnsReport unknown(String why) {
    return new TurnsReport(Answer.unknown(why), Optional.empty(), List.of());
  }

  /** The same a while later, if nothing new has come. */
  public TurnsReport after(Duration elapsed) {
    return new TurnsReport(turns.then(it -> Answer.known(it.after(elapsed))), clusterId, notes);
  }

  /** Whether this cluster is being torn down; where its id isn't known, nobody can say that. */
  public boolean tearsDown() {
    return clusterId
        .flatMap(id -> turns.value().flatMap(StandingTurns::tearDown).filter(it -> it.isOf(id)))
        .isPresent();
  }

  /** Lines for people, without a heading: at least one. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (turns.value().isEmpty()) {
      lines.add("unknown: " + turns.cause().orElse(""));
    } else {
      StandingTurns known = turns.value().get();
      known.tearDown().ifPresent(it -> lines.add(describe(it)));
      known.turns().forEach(it -> lines.add(describe(it)));
      known.unreadable().forEach(it -> lines.add(describe(it)));
      if (lines.isEmpty()) {
        lines.add("nobody waits, and nobody goes");
      }
    }
    notes.forEach(it -> lines.add("note: " + it));
    return lines;
  }

  private static String describe(StandingTurns.Turn turn) {
    TurnRequest request = turn.request();
    String who =
        "node %d%s"
            .formatted(request.node(), request.host().isEmpty() ? "" : " (" + request.host() + ")");
    String waited = Wording.longTime(turn.waited());
    if (request.goes()) {
      return "%s %s after a wait of %s, and counts as stopped until %s at most"
          .formatted(who, went(request), waited, seconds(turn.until()));
    }
    String waits =
        switch (request.waitsFor()) {
          case NOTHING -> "asks whether it may stop";
          case CLUSTER -> "waits for the cluster";
          case TURN -> "waits for its turn";
        };
    return "%s %s, for %s so far, until %s at most%s"
        .formatted(
            who,
            waits,
            waited,
            seconds(turn.until()),
            request.why().isEmpty() ? "" : ": " + request.why());
  }

  /** Whoever goes after a yes waits for nothing any more. */
  private static String went(TurnRequest request) {
    if (!request.letGo()) {
      return "goes";
    }
    return request.waitsFor() == TurnRequest.WaitsFor.NOTHING
        ? "was let go"
        : "is stopped without a yes";
  }

  private String describe(StandingTearDown tearDown) {
    TurnEntry.TearDown said = tearDown.said();
    return "cluster %s is torn down, until %s at most, by %s: %s%s"
        .formatted(
            said.clusterId(),
            seconds(tearDown.until()),
            said.by(),
            said.reason(),
            clusterId
                .filter(it -> !tearDown.isOf(it))
                .map(it -> "; that isn't this cluster, %s, and counts for nothing".formatted(it))
                .orElse(""));
  }

  private static String describe(StandingTurns.Unread unread) {
    return "%s%s"
        .formatted(
            unread.entry().problem(),
            unread.entry().node().isPresent()
                ? "; node %d counts as stopped for another %s at most"
                    .formatted(unread.entry().node().getAsInt(), Wording.longTime(unread.left()))
                : "");
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Writes the fields of the object that has been begun: {@code turns} in the schemas. */
  public void writeFields(JsonGenerator json) throws IOException {
    if (turns.cause().isPresent()) {
      json.writeStringField("problem", turns.cause().get());
    }
    if (turns.value().isPresent()) {
      StandingTurns known = turns.value().get();
      json.writeNumberField("waiting", known.asking());
      json.writeNumberField("going", known.going());
      json.writeNumberField("longestWaitMs", known.longestWait().toMillis());
      json.writeArrayFieldStart("queue");
      for (StandingTurns.Turn turn : known.turns()) {
        write(json, turn);
      }
      json.writeEndArray();
      if (known.tearDown().isPresent()) {
        write(json, known.tearDown().get());
      }
      json.writeArrayFieldStart("unreadable");
      for (StandingTurns.Unread unread : known.unreadable()) {
        json.writeString(describe(unread));
      }
      json.writeEndArray();
    }
    Json.strings(json, "notes", notes);
  }

  private static void write(JsonGenerator json, StandingTurns.Turn turn) throws IOException {
    TurnRequest request = turn.request();
    json.writeStartObject();
    json.writeNumberField("node", request.node());
    json.writeStringField("host", request.host());
    json.writeStringField("request", request.id());
    json.writeStringField("kind", request.kind().name().toLowerCase(Locale.ROOT));
    json.writeBooleanField("letGo", request.letGo());
    json.writeStringField("waitsFor", request.waitsFor().name().toLowerCase(Locale.ROOT));
    json.writeStringField("why", request.why());
    json.writeStringField("since", seconds(request.since()));
    json.writeStringField("until", seconds(turn.until()));
    json.writeNumberField("waitedMs", turn.waited().toMillis());
    json.writeNumberField("leftMs", turn.left().toMillis());
    json.writeEndObject();
  }

  private void write(JsonGenerator json, StandingTearDown tearDown) throws IOException {
    TurnEntry.TearDown said = tearDown.said();
    json.writeObjectFieldStart("tearDown");
    json.writeStringField("clusterId", said.clusterId());
    if (clusterId.isPresent()) {
      json.writeBooleanField("counts", tearDown.isOf(clusterId.get()));
    }
    json.writeStringField("by", said.by());
    json.writeStringField("reason", said.reason());
    json.writeStringField("since", seconds(said.written()));
    json.writeStringField("until", seconds(tearDown.until()));
    json.writeNumberField("leftMs", tearDown.left().toMillis());
    json.writeEndObject();
  }
}

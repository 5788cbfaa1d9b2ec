package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.TurnEntry;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Who has released whose turn, and why, as far as the topic still has it.
 *
 * @param records the topic's, in their order
 */
public record TurnsHistory(List<LoggedEntry> records) {

  public TurnsHistory {
    records = records.stream().filter(it -> isPast(it.entry())).toList();
  }

  private static boolean isPast(TurnEntry entry) {
    return entry instanceof TurnEntry.Release
        || entry instanceof TurnEntry.TearDown
        || entry instanceof TurnEntry.NoTearDown;
  }

  /** A heading, and a line for each, the oldest first. */
  public List<String> lines() {
    if (records.isEmpty()) {
      return List.of("history: the topic has no release and no tear-down");
    }
    List<String> lines = new ArrayList<>(List.of("history:"));
    records.forEach(it -> lines.add("  " + at(it) + " " + describe(it.entry())));
    return lines;
  }

  private static Instant at(LoggedEntry logged) {
    return logged.timestamp().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String describe(TurnEntry entry) {
    if (entry instanceof TurnEntry.Release it) {
      return "node %d was released by %s: %s"
          .formatted(it.node(), words(it.by()), words(it.reason()));
    }
    if (entry instanceof TurnEntry.NoTearDown it) {
      return "the tear-down was taken back by %s%s"
          .formatted(words(it.by()), it.reason().map(why -> ": " + words(why)).orElse(""));
    }
    TurnEntry.TearDown it = (TurnEntry.TearDown) entry;
    return "cluster %s was to be torn down for %s, by %s: %s"
        .formatted(
            words(it.clusterId()), Wording.setting(it.lasts()), words(it.by()), words(it.reason()));
  }

  /** Anybody may have written a record: none of them steers a terminal. */
  private static String words(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** Writes the field history into the object that has been begun. */
  public void writeField(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("history");
    for (LoggedEntry logged : records) {
      json.writeStartObject();
      json.writeStringField("at", at(logged).toString());
      if (logged.entry() instanceof TurnEntry.Release it) {
        json.writeStringField("what", "release");
        json.writeNumberField("node", it.node());
        if (it.request().isPresent()) {
          json.writeStringField("request", it.request().get());
        }
        json.writeStringField("by", it.by());
        json.writeStringField("reason", it.reason());
      } else if (logged.entry() instanceof TurnEntry.TearDown it) {
        json.writeStringField("what", "tear-down");
        json.writeStringField("clusterId", it.clusterId());
        json.writeStringField("by", it.by());
        json.writeStringField("reason", it.reason());
      } else if (logged.entry() instanceof TurnEntry.NoTearDown it) {
        json.writeStringField("what", "end-of-tear-down");
        json.writeStringField("by", it.by());
        if (it.reason().isPresent()) {
          json.writeStringField("reason", it.reason().get());
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

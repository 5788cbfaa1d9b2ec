package dev.kafkapod.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code kafka-pod turns} prints. Its schema, {@code docs/turns.schema.json}, is a promise.
 *
 * @param topic the topic's name
 * @param history what was released; empty if nobody has asked for it
 */
public record TurnsListing(String topic, TurnsReport now, Optional<TurnsHistory> history) {

  public TurnsListing {
    Objects.requireNonNull(topic);
    Objects.requireNonNull(now);
    Objects.requireNonNull(history);
  }

  /** 0 where the queue is known, 3 where it isn't. */
  public int exitCode() {
    return now.turns().value().isPresent() ? ExitCode.YES : ExitCode.CANNOT_TELL;
  }

  /** Lines for people. */
  public List<String> lines() {
    if (now.turns().cause().isPresent()) {
      return List.of("cannot tell: " + now.turns().cause().get());
    }
    List<String> lines = new ArrayList<>(now.lines());
    history.ifPresent(it -> lines.addAll(it.lines()));
    return lines;
  }

  /** Writes the fields of the object that has been begun. */
  public void writeFields(JsonGenerator json) throws IOException {
    json.writeStringField("question", "turns");
    json.writeNumberField("exitCode", exitCode());
    json.writeStringField("topic", topic);
    if (now.clusterId().isPresent()) {
      json.writeStringField("clusterId", now.clusterId().get());
    }
    now.writeFields(json);
    if (history.isPresent()) {
      history.get().writeField(json);
    }
  }
}

package dev.kafkapod.turnformat;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A record as the topic has it, in UTF-8.
 *
 * @param key the node id, or {@link TurnFormat#TEAR_DOWN}
 * @param value JSON; empty for a tombstone
 * @param headers who releases a request, and why: a tombstone has nowhere else to say it
 */
public record TurnRecord(String key, Optional<String> value, Map<String, String> headers) {
  public TurnRecord {
    Objects.requireNonNull(key);
    Objects.requireNonNull(value);
    headers = Map.copyOf(headers);
  }
}

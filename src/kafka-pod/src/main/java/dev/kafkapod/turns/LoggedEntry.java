package dev.kafkapod.turns;

import java.time.Instant;
import java.util.Objects;

/**
 * A record and where it stands.
 *
 * @param offset its offset in the partition
 * @param timestamp when it was appended, by the clock of the partition's leader then
 */
public record LoggedEntry(long offset, Instant timestamp, TurnEntry entry) {
  public LoggedEntry {
    Objects.requireNonNull(timestamp);
    Objects.requireNonNull(entry);
  }
}

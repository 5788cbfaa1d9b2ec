package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.TurnEntry;
import java.util.List;
import java.util.Optional;

/** The log that keeps the turns: its order is the lock. */
public interface TurnLog extends AutoCloseable {

  /**
   * How the log is.
   *
   * @param exists whether there is one
   * @param weakness what makes it weaker than it could be, in a sentence
   */
  record LogHealth(boolean exists, Optional<String> weakness) {}

  /**
   * Looks whether the log is what it has to be.
   *
   * @param make whether it is made if there is none
   * @throws Unanswered if that can't be told, or its order is no lock: the message says what to do
   */
  LogHealth check(boolean make, Deadline deadline) throws Unanswered;

  /**
   * How often the log has been begun anew: whoever has put its records together begins anew, too,
   * where that has changed.
   */
  long generation();

  /**
   * The records that have come since the last time, up to the log's end.
   *
   * @throws Unanswered if they couldn't all be read
   */
  List<LoggedEntry> read(Deadline deadline) throws Unanswered;

  /**
   * Appends a record, and reads the log to beyond it.
   *
   * @return the records that have come since the last time, this one among them
   * @throws Unanswered if it isn't known whether it was written, or it couldn't be read: it may
   *     stand, and it may yet come
   */
  List<LoggedEntry> append(TurnEntry entry, Deadline deadline) throws Unanswered;

  /**
   * The id of the cluster that keeps it.
   *
   * @throws Unanswered if it doesn't tell
   */
  String clusterId(Deadline deadline) throws Unanswered;

  @Override
  void close();
}

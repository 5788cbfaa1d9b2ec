package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.cluster.TurnLog;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.QueueView;
import dev.kafkapod.turns.StandingTearDown;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The log as one waiting has read it until now, through one connection until something goes wrong.
 * Only {@link #nanosSinceRead} and {@link #isUnread} are safe for use by another thread.
 */
final class OwnTurnLog {

  private final Supplier<TurnLog> logs;
  private final TurnClocks clocks;
  private final QueueView view = new QueueView();
  private TurnLog log;
  private boolean checked;
  private boolean hasWritten;
  private String keeper = "";
  private Optional<String> weakness = Optional.empty();
  private volatile boolean unread;
  private volatile long readNanos;

  /**
   * A log that hasn't been read.
   *
   * @param logs opens the log; may throw {@link dev.kafkapod.bounded.Misconfigured}
   */
  OwnTurnLog(Supplier<TurnLog> logs, TurnClocks clocks) {
    this.logs = logs;
    this.clocks = clocks;
    this.readNanos = clocks.nanoTime();
  }

  /** Reads what is new; at first, looks whether the log is what it has to be. */
  void read(Deadline deadline) throws Unanswered {
    unread = true;
    if (log == null) {
      log = logs.get();
      checked = false;
    }
    if (!checked) {
      weakness = log.check(true, deadline).weakness();
      keeper = log.clusterId(deadline);
      checked = true;
    }
    accept(log.read(deadline));
  }

  /** Before a lock is taken: whether the log's order still is one. */
  void checkAgain(Deadline deadline) throws Unanswered {
    long before = log.generation();
    weakness = log.check(true, deadline).weakness();
    if (log.generation() != before) {
      throw new Unanswered("the topic of turns was made anew; asking once more");
    }
  }

  /** Appends a record, and reads to beyond it. */
  void append(TurnEntry entry, Deadline deadline) throws Unanswered {
    accept(log.append(entry, deadline));
    hasWritten = true;
  }

  private void accept(List<LoggedEntry> records) {
    long now = clocks.nanoTime();
    view.accept(log.generation(), records, now);
    readNanos = now;
    unread = false;
  }

  /** What the records come to. */
  TurnQueue queue() {
    return view.queue();
  }

  /** By which records end. */
  QueueClock clock() {
    return view.writersClock(clocks.nanoTime(), clocks.wall());
  }

  /** A tear-down of the cluster that keeps the log. */
  Optional<TurnEntry.TearDown> tearDown() {
    QueueClock clock = hasWritten ? clock() : view.readersClock(clocks.nanoTime(), clocks.wall());
    return StandingTearDown.of(view.queue(), clock)
        .filter(it -> it.isOf(keeper))
        .map(StandingTearDown::said);
  }

  /** The cluster that keeps the log. */
  String keeper() {
    return keeper;
  }

  /** What makes the log weaker than it could be. */
  Optional<String> weakness() {
    return weakness;
  }

  /** Whether the last reading hasn't come to its end, or not yet. */
  boolean isUnread() {
    return unread;
  }

  /** The time since it was last read, or since the waiting began. */
  long nanosSinceRead() {
    return clocks.nanoTime() - readNanos;
  }

  /** Connects anew the next time. */
  void close() {
    if (log != null) {
      log.close();
      log = null;
    }
  }
}

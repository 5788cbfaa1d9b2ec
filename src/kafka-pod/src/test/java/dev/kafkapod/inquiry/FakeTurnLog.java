package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.cluster.TurnLog;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One log in memory, which several read, with clocks that only tests turn. */
final class FakeTurnLog implements TurnClocks {

  private static final Instant BEGIN = Instant.parse("2026-11-28T12:00:00Z");

  final List<LoggedEntry> entries = new ArrayList<>();
  Duration sinceBegin = Duration.ZERO;
  Duration wallIsAhead = Duration.ZERO;
  Duration logIsAhead = Duration.ZERO;
  Duration monotonicLags = Duration.ZERO;
  Optional<String> failure = Optional.empty();
  boolean readOnly;
  Optional<String> weakness = Optional.empty();
  private long generation = 1;

  @Override
  public long nanoTime() {
    return sinceBegin.minus(monotonicLags).toNanos();
  }

  @Override
  public Instant wall() {
    return BEGIN.plus(sinceBegin).plus(wallIsAhead);
  }

  void pass(Duration time) {
    sinceBegin = sinceBegin.plus(time);
  }

  LoggedEntry add(TurnEntry entry) {
    LoggedEntry logged =
        new LoggedEntry(entries.size(), BEGIN.plus(sinceBegin).plus(logIsAhead), entry);
    entries.add(logged);
    return logged;
  }

  TurnQueue queue() {
    return TurnQueue.EMPTY.then(entries);
  }

  /** Somebody deletes the topic. */
  void makeAnew() {
    entries.clear();
    generation++;
  }

  /** A connection of one process. */
  TurnLog open() {
    return new TurnLog() {
      private int read;
      private long opened = generation++;

      private void check() throws Unanswered {
        if (failure.isPresent()) {
          throw new Unanswered(failure.get());
        }
      }

      @Override
      public LogHealth check(boolean make, Deadline deadline) throws Unanswered {
        check();
        return new LogHealth(true, weakness);
      }

      @Override
      public long generation() {
        return opened;
      }

      @Override
      public List<LoggedEntry> read(Deadline deadline) throws Unanswered {
        check();
        if (read > entries.size()) {
          read = 0;
          opened = generation++;
        }
        List<LoggedEntry> news = List.copyOf(entries.subList(read, entries.size()));
        read = entries.size();
        return news;
      }

      @Override
      public List<LoggedEntry> append(TurnEntry entry, Deadline deadline) throws Unanswered {
        check();
        if (readOnly) {
          throw new Unanswered("not enough in-sync replicas");
        }
        add(entry);
        return read(deadline);
      }

      @Override
      public String clusterId(Deadline deadline) {
        return "cluster";
      }

      @Override
      public void close() {
        read = 0;
      }
    };
  }
}

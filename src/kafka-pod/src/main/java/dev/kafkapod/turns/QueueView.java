package dev.kafkapod.turns;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queue as one process has read it until now, and for how long it has watched each record. Time
 * comes in from outside. Not safe for use by several threads at once.
 */
public final class QueueView {

  private TurnQueue queue = TurnQueue.EMPTY;
  private long generation = Long.MIN_VALUE;
  private final Map<Long, Long> seenNanos = new HashMap<>();
  private long readNanos;

  /**
   * Takes the records that have come.
   *
   * @param readGeneration how often the topic has been begun anew: with another number than before,
   *     these records are all that it has
   * @param nowNanos a clock that never jumps
   */
  public void accept(long readGeneration, List<LoggedEntry> records, long nowNanos) {
    if (readGeneration != generation) {
      queue = TurnQueue.EMPTY;
      generation = readGeneration;
      seenNanos.clear(); // the same offset may be another record's now
    }
    if (!records.isEmpty()) {
      queue = queue.then(records);
      readNanos = nowNanos;
    }
    Set<Long> standing = offsets();
    seenNanos.keySet().retainAll(standing);
    standing.forEach(offset -> seenNanos.putIfAbsent(offset, nowNanos));
  }

  private Set<Long> offsets() {
    return Stream.of(
            queue.requests().stream().map(StandingRequest::offset),
            queue.unreadable().stream().map(LoggedEntry::offset),
            queue.tearDown().stream().map(LoggedEntry::offset))
        .flatMap(it -> it)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the records come to. */
  public TurnQueue queue() {
    return queue;
  }

  /**
   * The clock of a process that has written to the topic itself: the newest timestamp is from now,
   * or nearly.
   *
   * @param wall this machine's clock
   */
  public QueueClock writersClock(long nowNanos, Instant wall) {
    return new QueueClock(logClock(nowNanos, wall), wall, watched(nowNanos));
  }

  /**
   * The clock of a process that only reads: the newest record may be of last week, so that its own
   * machine's clock counts as the log's where that is later. What it says is advice and no lock.
   */
  public QueueClock readersClock(long nowNanos, Instant wall) {
    Instant log = logClock(nowNanos, wall);
    return new QueueClock(log.isAfter(wall) ? log : wall, wall, watched(nowNanos));
  }

  private Instant logClock(long nowNanos, Instant wall) {
    return queue.clock().map(it -> it.plusNanos(nowNanos - readNanos)).orElse(wall);
  }

  private Map<Long, Duration> watched(long nowNanos) {
    return seenNanos.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, it -> Duration.ofNanos(nowNanos - it.getValue())));
  }
}

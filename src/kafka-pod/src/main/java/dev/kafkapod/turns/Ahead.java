package dev.kafkapod.turns;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom a node that would stop has to reckon with.
 *
 * <p>Those that <b>go</b> and whose record stands earlier count as stopped. That is the lock: of
 * any two that go, the later one has read the earlier one's record. Those that <b>ask</b> and were
 * there before count for fairness alone: who comes later doesn't take their turn. Somebody who has
 * waited long because his own stop would do harm has no turn that could be taken.
 *
 * @param going nodes that count as stopped
 * @param waiting nodes whose turn is before
 */
public record Ahead(Set<Integer> going, Set<Integer> waiting) {

  /** Nobody is ahead. */
  public static final Ahead NOBODY = new Ahead(Set.of(), Set.of());

  /** How long somebody whose own stop would do harm keeps others from passing. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A record that can't be read counts as GOES of its key's node for this long. */
  static final Duration UNREADABLE_LASTS = Duration.ofMinutes(15);

  public Ahead {
    going = Set.copyOf(going);
    waiting = Set.copyOf(waiting);
  }

  /**
   * Those ahead of one request, or of several of one process that stops several nodes.
   *
   * @param own the process's own requests, as they stand in the queue; empty before it has written
   *     one, when everybody is ahead
   */
  public static Ahead of(TurnQueue queue, QueueClock clock, List<StandingRequest> own) {
    boolean goes = !own.isEmpty() && own.stream().allMatch(it -> it.request().goes());
    long goesAt =
        goes ? own.stream().mapToLong(StandingRequest::goesFrom).max().getAsLong() : Long.MAX_VALUE;
    // by its first place: of two that stop several nodes each, one is before the other
    long place = own.stream().mapToLong(StandingRequest::place).min().orElse(Long.MAX_VALUE);
    Set<Integer> ownNodes = new TreeSet<>();
    own.forEach(it -> ownNodes.add(it.request().node()));
    Set<Integer> going = new TreeSet<>();
    Set<Integer> waiting = new TreeSet<>();
    for (StandingRequest other : queue.requests()) {
      int node = other.request().node();
      if (!clock.stands(other)) {
        continue;
      }
      if (other.request().goes()) {
        if (other.goesFrom() < goesAt) {
          going.add(node);
        }
      } else if (other.place() < place && !isStuck(other, clock)) {
        waiting.add(node);
      }
    }
    for (LoggedEntry unreadable : queue.unreadable()) {
      TurnEntry.UnreadableRecord entry = (TurnEntry.UnreadableRecord) unreadable.entry();
      Duration age = clock.age(unreadable.offset(), unreadable.timestamp(), unreadable.timestamp());
      // whatever its offset: it may have replaced an earlier one that can't be read either
      if (age.compareTo(UNREADABLE_LASTS) < 0) {
        entry.node().ifPresent(going::add);
      }
    }
    going.removeAll(ownNodes);
    waiting.removeAll(ownNodes);
    waiting.removeAll(going);
    return new Ahead(going, waiting);
  }

  private static boolean isStuck(StandingRequest other, QueueClock clock) {
    return other
        .stuckSince()
        .filter(since -> Duration.between(since, clock.log()).compareTo(PATIENCE) >= 0)
        .isPresent();
  }

  /** Whether nobody is ahead. */
  public boolean isEmpty() {
    return going.isEmpty() && waiting.isEmpty();
  }
}

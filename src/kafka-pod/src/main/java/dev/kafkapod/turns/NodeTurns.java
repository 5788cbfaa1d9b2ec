package dev.kafkapod.turns;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What stands of one node, and what takes all of it out of the queue.
 *
 * @param standing nothing but this node's
 */
public record NodeTurns(int node, StandingTurns standing) {

  public NodeTurns {
    Objects.requireNonNull(standing);
  }

  /** Those of a node that stand by this clock. */
  public static NodeTurns of(int node, TurnQueue queue, QueueClock clock) {
    StandingTurns all = StandingTurns.of(queue, clock);
    return new NodeTurns(
        node,
        new StandingTurns(
            all.turns().stream().filter(it -> it.request().node() == node).toList(),
            Optional.empty(),
            all.unreadable().stream()
                .filter(it -> it.entry().node().stream().anyMatch(id -> id == node))
                .toList()));
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return standing.turns().isEmpty() && standing.unreadable().isEmpty();
  }

  /** Whether the node counts as stopped, so that it may really stop. */
  public boolean mayStop() {
    return standing.going() > 0 || !standing.unreadable().isEmpty();
  }

  /**
   * The records that end them, one for each request: a request that comes meanwhile stays. What
   * can't be read has no name, and only a record that ends all of the node ends it.
   *
   * @param by who releases them
   * @param reason why
   */
  public List<TurnEntry.Release> releases(String by, String reason) {
    if (!standing.unreadable().isEmpty()) {
      return List.of(new TurnEntry.Release(node, Optional.empty(), by, reason));
    }
    return standing.turns().stream()
        .map(it -> new TurnEntry.Release(node, Optional.of(it.request().id()), by, reason))
        .toList();
  }
}

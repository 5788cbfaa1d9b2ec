package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tells topics that were deleted during a look from those that the broker which answers doesn't
 * know yet: both are "unknown topic".
 *
 * <p>A topic that one broker has listed is in the metadata log up to the high watermark of any
 * later moment. Once the quorum's leader has seen every live broker with the log up to there, a
 * broker that knows no such topic says that it is gone.
 */
final class VanishedTopics {

  /** Between hearing that all brokers have the log and asking again: they have yet to apply it. */
  static final Duration PAUSE = Duration.ofMillis(200);

  /** With {@link #PAUSE}, a second or more in all. */
  private static final int ATTEMPTS = 5;

  /** What is asked of a cluster. */
  interface TopicListings {

    /**
     * How far the metadata log is known, and who has how much of it.
     *
     * @throws Unanswered if the leader doesn't tell
     */
    LogEnds logEnds() throws Unanswered;

    /** Asks for these topics' min ISR once more. */
    MinIsrLookup ask(Collection<String> topics);

    /** Waits; false if there is no time for that and for an answer. */
    boolean pause(Duration time);
  }

  /**
   * Ends of the metadata log.
   *
   * @param highWatermark up to where it is committed; empty in ZooKeeper mode, where there is none
   * @param byNode the log's end at each node that follows it, as far as the leader knows
   */
  record LogEnds(OptionalLong highWatermark, Map<Integer, Long> byNode) {
    LogEnds {
      byNode = Map.copyOf(byNode);
    }

    boolean haveAll(Collection<Integer> brokers, long offset) {
      return brokers.stream().allMatch(id -> byNode.getOrDefault(id, -1L) >= offset);
    }
  }

  /**
   * What the second questions came to.
   *
   * @param gone topics that were deleted
   * @param lookup the minimums of all others
   */
  record Settled(Set<String> gone, MinIsrLookup lookup) {}

  private VanishedTopics() {}

  /**
   * Asks again about topics that somebody doesn't know.
   *
   * @param first what was asked for after the topics had been listed
   * @param live the live brokers: any of them may answer
   */
  static Settled settle(MinIsrLookup first, Collection<Integer> live, TopicListings cluster) {
    Set<String> open = new HashSet<>(first.unknownTopics());
    Map<String, Integer> found = new HashMap<>();
    Set<String> gone = new HashSet<>();
    OptionalLong committed = OptionalLong.empty();
    try {
      for (int i = 0; i < ATTEMPTS && !open.isEmpty(); i++) {
        LogEnds ends = cluster.logEnds();
        if (committed.isEmpty()) {
          committed = ends.highWatermark();
        }
        // ZooKeeper's controller tells all brokers at once: there, to be unknown for long is enough
        boolean everybodyKnows =
            committed.isPresent() ? ends.haveAll(live, committed.getAsLong()) : i == ATTEMPTS - 1;
        if (!cluster.pause(PAUSE)) {
          break;
        }
        MinIsrLookup again = cluster.ask(open);
        found.putAll(again.values());
        open.removeAll(again.values().keySet());
        if (everybodyKnows) {
          gone.addAll(again.unknownTopics());
          open.removeAll(again.unknownTopics());
        }
      }
    } catch (Unanswered e) {
      // what is open stays unknown
    }
    return new Settled(gone, first.completedBy(found, gone));
  }
}

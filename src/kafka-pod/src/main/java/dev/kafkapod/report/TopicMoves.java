package dev.kafkapod.report;

import dev.kafkapod.placement.MoveReason;
import dev.kafkapod.placement.PartitionMove;
import dev.kafkapod.readiness.Wording;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a plan does to one topic.
 *
 * @param moves at least one
 */
record TopicMoves(String topic, List<PartitionMove> moves) {

  TopicMoves {
    moves = List.copyOf(moves);
  }

  /** What is wrong, what moves where, and how many bytes. */
  String line() {
    Map<MoveReason, Integer> reasons = new EnumMap<>(MoveReason.class);
    SortedMap<Integer, Integer> from = new TreeMap<>();
    SortedMap<Integer, Integer> to = new TreeMap<>();
    long replicas = 0;
    long bytes = 0;
    int unsized = 0;
    for (PartitionMove move : moves) {
      reasons.merge(move.reason(), 1, Integer::sum);
      move.removing().forEach(id -> from.merge(id, 1, Integer::sum));
      move.adding().forEach(id -> to.merge(id, 1, Integer::sum));
      replicas += move.adding().size();
      bytes += move.bytes();
      unsized += move.size().isEmpty() ? 1 : 0;
    }
    return "%s: %s; %s (%s)%s%s"
        .formatted(
            topic,
            reasons.entrySet().stream()
                .map(it -> it.getValue() + " " + it.getKey().label())
                .collect(Collectors.joining(", ")),
            replicas == 0 ? "nothing moves" : Wording.count(replicas, "replica") + " to move",
            SpreadWords.bytes(bytes) + (unsized == 0 ? "" : " and unknown"),
            brokers(" from", from),
            brokers(" to", to));
  }

  /** {@code from 1 (2), 2 (1)}. */
  private static String brokers(String word, SortedMap<Integer, Integer> counts) {
    return counts.isEmpty()
        ? ""
        : word
            + " "
            + counts.entrySet().stream()
                .map(it -> "%d (%d)".formatted(it.getKey(), it.getValue()))
                .collect(Collectors.joining(", "));
  }
}

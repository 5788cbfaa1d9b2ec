package dev.kafkapod.readiness;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The partitions that Kafka's own {@code kafka-topics.sh --describe} lists for its four filters, by
 * the rules of {@code TopicCommand.PartitionDescription}. They differ from the gates' rules:
 * leaderless partitions are under-min-ISR, and a topic's replication factor exempts nothing.
 *
 * @param underReplicated {@code --under-replicated-partitions}
 * @param unavailable {@code --unavailable-partitions}
 * @param underMinIsr {@code --under-min-isr-partitions}
 * @param atMinIsr {@code --at-min-isr-partitions}
 */
public record KafkaTopicsCounts(
    List<PartitionState> underReplicated,
    List<PartitionState> unavailable,
    List<PartitionState> underMinIsr,
    List<PartitionState> atMinIsr) {

  public KafkaTopicsCounts {
    underReplicated = List.copyOf(underReplicated);
    unavailable = List.copyOf(unavailable);
    underMinIsr = List.copyOf(underMinIsr);
    atMinIsr = List.copyOf(atMinIsr);
  }

  /**
   * Counts a snapshot that has every topic's min ISR and every partition at, under or without it.
   */
  public static KafkaTopicsCounts of(ClusterSnapshot cluster) {
    Set<Integer> live = new HashSet<>(cluster.liveIds());
    return new KafkaTopicsCounts(
        those(cluster, PartitionState::isUnderReplicated),
        those(cluster, it -> it.isOffline() || !live.contains(it.leader().getAsInt())),
        those(cluster, it -> it.isOffline() || it.isr().size() < minIsr(cluster, it, 0)),
        those(cluster, it -> it.isr().size() == minIsr(cluster, it, -1)));
  }

  private static int minIsr(ClusterSnapshot cluster, PartitionState partition, int unknown) {
    return cluster.minIsr().getOrDefault(partition.topic(), unknown);
  }

  private static List<PartitionState> those(
      ClusterSnapshot cluster, Predicate<PartitionState> rule) {
    return cluster.partitions().stream().filter(rule).sorted().toList();
  }
}

package dev.kafkapod.cluster;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What is known of replicas outside an ISR beyond their being replicas.
 *
 * @param eligible eligible leader replicas, of the partitions that have some
 * @param placements where observers are, of the topics that have some
 * @param rackOf the racks of brokers
 */
record ReplicaKinds(
    Map<TopicPartition, List<Integer>> eligible,
    Map<String, ObserverPlacement> placements,
    Map<Integer, String> rackOf) {

  List<Integer> eligible(String topic, int partition) {
    return eligible.isEmpty()
        ? List.of()
        : eligible.getOrDefault(new TopicPartition(topic, partition), List.of());
  }

  List<Integer> observers(String topic, List<Integer> replicas, List<Integer> isr) {
    ObserverPlacement placement = placements.get(topic);
    return placement == null ? List.of() : placement.among(replicas, isr, rackOf);
  }
}

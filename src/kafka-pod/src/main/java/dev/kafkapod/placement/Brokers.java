package dev.kafkapod.placement;

import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The brokers of a cluster by what is known of where they run.
 *
 * @param placed the racks of those that have one; down for a restart or not
 * @param rackless those that are listed and have none
 * @param unheardOf those that hold replicas and aren't listed
 */
record Brokers(
    Map<Integer, String> placed, NavigableSet<Integer> rackless, NavigableSet<Integer> unheardOf) {

  static Brokers of(ClusterSnapshot cluster) {
    Map<Integer, String> placed = new TreeMap<>();
    NavigableSet<Integer> rackless = new TreeSet<>();
    for (ClusterNode node : cluster.nodes()) {
      if (node.rack().filter(it -> !it.isBlank()).isPresent()) {
        placed.put(node.id(), node.rack().get());
      } else {
        rackless.add(node.id());
      }
    }
    NavigableSet<Integer> unheardOf = new TreeSet<>();
    cluster
        .partitions()
        .forEach(
            partition -> {
              for (int id : partition.replicas()) {
                if (!placed.containsKey(id) && !rackless.contains(id)) {
                  unheardOf.add(id);
                }
              }
            });
    return new Brokers(placed, rackless, unheardOf);
  }

  /** Whether anybody has ever heard of a broker. */
  boolean knows(int id) {
    return placed.containsKey(id) || rackless.contains(id) || unheardOf.contains(id);
  }
}

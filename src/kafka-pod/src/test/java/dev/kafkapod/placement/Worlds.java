package dev.kafkapod.placement;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;

import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.Snapshots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Clusters whose brokers have racks. */
final class Worlds {

  private Worlds() {}

  /** Brokers 0, 1, 2, … with these racks; none where a rack is empty. */
  static ClusterBuilder racks(String... racks) {
    ClusterBuilder cluster = aCluster().notListing(1, 2, 3);
    for (int id = 0; id < racks.length; id++) {
      if (!racks[id].isEmpty()) {
        cluster.rack(id, racks[id]);
      }
    }
    return cluster.answeredBy(0);
  }

  /** Six brokers in two clusters of three zones. */
  static ClusterBuilder stretched() {
    return racks("a/east", "b/east", "c/east", "a/west", "b/west", "c/west");
  }

  /** Somewhere between 2 and 3 × 3 cells, some of them without brokers, and partitions anywhere. */
  static ClusterSnapshot random(Random random) {
    int brokers = 3 + random.nextInt(10);
    String[] racks = new String[brokers];
    for (int id = 0; id < brokers; id++) {
      racks[id] = "z" + random.nextInt(3) + "/c" + random.nextInt(2 + random.nextInt(2));
    }
    ClusterBuilder cluster = racks(racks);
    for (int i = 0; i < 12; i++) {
      cluster.with(
          aPartition("topic" + i / 4, i % 4)
              .withReplicas(
                  some(brokers, 1 + random.nextInt(Math.min(6, brokers)), random)
                      .toArray(Integer[]::new)));
    }
    return cluster.build();
  }

  static List<Integer> some(int brokers, int count, Random random) {
    List<Integer> ids =
        new ArrayList<>(IntStream.range(0, brokers).boxed().collect(Collectors.toList()));
    Collections.shuffle(ids, random);
    return ids.subList(0, count);
  }

  /** Sizes that differ. */
  static PartitionSizes sizes(ClusterSnapshot cluster) {
    Map<String, Map<Integer, Long>> sizes = new HashMap<>();
    for (PartitionState it : cluster.partitions()) {
      sizes
          .computeIfAbsent(it.topic(), topic -> new HashMap<>())
          .put(it.partition(), 1000L + Math.floorMod(it.name().hashCode(), 1000));
    }
    return new PartitionSizes(sizes, List.of());
  }

  /** The plan for everything. */
  static PlacementPlan plan(ClusterSnapshot cluster) {
    return plan(cluster, PlacementTarget.ALL);
  }

  static PlacementPlan plan(ClusterSnapshot cluster, PlacementTarget target) {
    PlanOutcome outcome = PlacementPlanner.plan(target, cluster, sizes(cluster), Optional.empty());
    return ((PlanOutcome.Planned) outcome).plan();
  }

  /** The cluster once the plan has been carried out. */
  static ClusterSnapshot after(ClusterSnapshot cluster, PlacementPlan plan) {
    Map<String, List<Integer>> moved = new TreeMap<>();
    plan.moves().forEach(it -> moved.put(it.partition().name(), it.after()));
    return Snapshots.with(
        cluster,
        cluster.nodes(),
        cluster.partitions().stream()
            .map(it -> placed(it, moved.getOrDefault(it.name(), it.target())))
            .toList());
  }

  static PartitionState placed(PartitionState partition, List<Integer> replicas) {
    return aPartition(partition.topic(), partition.partition())
        .withReplicas(replicas.toArray(Integer[]::new))
        .build();
  }
}

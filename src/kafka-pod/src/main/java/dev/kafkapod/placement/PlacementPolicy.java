package dev.kafkapod.placement;

import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.PartitionState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Judges whether partitions are spread over zones and clusters as well as the brokers that are
 * there allow, each by its own replication factor.
 */
public final class PlacementPolicy {

  private final Grid grid;
  private final BestSpreads best;
  private final Map<String, Integer> minIsr;

  PlacementPolicy(Grid grid, Map<String, Integer> minIsr) {
    this.grid = grid;
    this.best = new BestSpreads(grid);
    this.minIsr = minIsr;
  }

  /**
   * Judges partitions of a cluster. Brokers that are down count as if they were up: a rollout
   * changes nothing.
   *
   * @param chosen those that are judged
   * @param order the dimensions that count, the weightiest first
   */
  public static PlacementAssessment assess(
      ClusterSnapshot cluster, Collection<PartitionState> chosen, List<Dimension> order) {
    return new PlacementPolicy(grid(Brokers.of(cluster), order), cluster.minIsr())
        .assess(chosen, PlacementPolicy::now);
  }

  /** The brokers that hold replicas, and that the cluster doesn't list. */
  public static Set<Integer> unheardOf(ClusterSnapshot cluster) {
    return Brokers.of(cluster).unheardOf();
  }

  static Grid grid(Brokers brokers, List<Dimension> order) {
    Map<Integer, Cell> places = new HashMap<>();
    brokers.placed().forEach((id, rack) -> places.put(id, Cell.of(rack, order)));
    return new Grid(places, order);
  }

  /**
   * Judges partitions.
   *
   * @param replicas which replicas each has, the preferred leader first
   */
  PlacementAssessment assess(
      Collection<PartitionState> partitions, Function<PartitionState, List<Integer>> replicas) {
    Map<Evenness, Integer> counts = new EnumMap<>(Evenness.class);
    List<PartitionSpread> uneven = new ArrayList<>();
    List<LossTally> tallies =
        IntStream.range(0, grid.order().size())
            .filter(axis -> grid.domains(axis).size() > 1)
            .mapToObj(axis -> new LossTally(grid, axis, minIsr))
            .toList();
    for (PartitionState partition : partitions) {
      List<Integer> there = replicas.apply(partition);
      PartitionSpread spread = spread(partition, there);
      counts.merge(spread.evenness(), 1, Integer::sum);
      if (spread.evenness() != Evenness.EVEN) {
        uneven.add(spread);
      }
      if (spread.evenness() != Evenness.UNKNOWN) {
        int[] inCells = grid.counts(there);
        Spread optimum = spread.best().orElseThrow();
        tallies.forEach(it -> it.add(partition, inCells, there.size(), optimum));
      }
    }
    return new PlacementAssessment(counts, uneven, tallies.stream().map(LossTally::loss).toList());
  }

  /** The replicas that a partition has now: those that are still being added don't count. */
  public static List<Integer> now(PartitionState partition) {
    return partition.adding().isEmpty()
        ? partition.replicas()
        : partition.replicas().stream().filter(id -> !partition.adding().contains(id)).toList();
  }

  /**
   * How a partition would be spread with these replicas.
   *
   * @param replicas the preferred leader first
   */
  PartitionSpread spread(PartitionState partition, List<Integer> replicas) {
    List<Integer> lost = replicas.stream().filter(id -> !grid.has(id)).toList();
    if (!lost.isEmpty() || replicas.isEmpty()) {
      return new PartitionSpread(
          partition, Evenness.UNKNOWN, Optional.empty(), Optional.empty(), lost);
    }
    Spread is = best.spread(grid.counts(replicas));
    Spread optimum = best.of(replicas.size());
    Evenness evenness =
        is.compareTo(optimum) > 0
            ? Evenness.VIOLATED
            : optimum.isEven() ? Evenness.EVEN : Evenness.LIMITED;
    return new PartitionSpread(partition, evenness, Optional.of(is), Optional.of(optimum), lost);
  }
}

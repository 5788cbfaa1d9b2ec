package dev.kafkapod.placement;

import java.util.List;
import java.util.Map;

/**
 * How the partitions of a cluster are spread.
 *
 * @param counts how many partitions are how even
 * @param uneven all partitions that aren't even, by name
 * @param losses by dimension, where there are several zones or clusters
 */
public record PlacementAssessment(
    Map<Evenness, Integer> counts, List<PartitionSpread> uneven, List<DomainLoss> losses) {

  public PlacementAssessment {
    counts = Map.copyOf(counts);
    uneven = uneven.stream().sorted().toList();
    losses = List.copyOf(losses);
  }

  /** The same with other losses. */
  PlacementAssessment with(List<DomainLoss> others) {
    return new PlacementAssessment(counts, uneven, others);
  }

  /** How many partitions are so even. */
  public int count(Evenness evenness) {
    return counts.getOrDefault(evenness, 0);
  }

  /** Those that are so uneven, by name. */
  public List<PartitionSpread> those(Evenness evenness) {
    return uneven.stream().filter(it -> it.evenness() == evenness).toList();
  }

  /** How many partitions were looked at. */
  public int partitions() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}

package dev.kafkapod.placement;

import dev.kafkapod.readiness.PartitionState;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Counts what the loss of one zone, or of one cluster, would leave of all partitions. */
final class LossTally {

  private final Grid grid;
  private final int axis;
  private final Map<String, Integer> minIsr;
  private int underMinIsr;
  private int avoidable;
  private PartitionState worst;
  private int worstDomain;
  private int worstLeft;
  private int worstMargin;

  LossTally(Grid grid, int axis, Map<String, Integer> minIsr) {
    this.grid = grid;
    this.axis = axis;
    this.minIsr = minIsr;
  }

  /**
   * Counts one partition.
   *
   * @param replicas how many it has
   * @param best the best spread of so many
   */
  void add(PartitionState partition, int[] counts, int replicas, Spread best) {
    int[] totals = grid.totals(axis, counts);
    int domain = 0;
    for (int i = 1; i < totals.length; i++) {
      domain = totals[i] > totals[domain] ? i : domain;
    }
    int left = replicas - totals[domain];
    int needed = minIsr.getOrDefault(partition.topic(), 0);
    if (left < needed) {
      underMinIsr++;
      int largest = (axis == 0 ? best.first() : best.second()).get(0);
      avoidable += replicas - largest >= needed ? 1 : 0;
    }
    if (worst == null || isWorse(partition, left, left - needed)) {
      worst = partition;
      worstDomain = domain;
      worstLeft = left;
      worstMargin = left - needed;
    }
  }

  private boolean isWorse(PartitionState partition, int left, int margin) {
    if (margin != worstMargin) {
      return margin < worstMargin;
    }
    return left != worstLeft ? left < worstLeft : partition.compareTo(worst) < 0;
  }

  DomainLoss loss() {
    return new DomainLoss(
        grid.order().get(axis),
        grid.domains(axis).size(),
        Optional.ofNullable(worst)
            .map(
                it ->
                    new DomainLoss.Worst(
                        it.name(),
                        grid.domains(axis).get(worstDomain),
                        worstLeft,
                        minIsr.containsKey(it.topic())
                            ? OptionalInt.of(minIsr.get(it.topic()))
                            : OptionalInt.empty())),
        underMinIsr,
        avoidable);
  }
}

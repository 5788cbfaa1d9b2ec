package dev.kafkapod.placement;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the loss of any one zone, or of any one cluster, would leave.
 *
 * @param dimension which of both
 * @param domains how many zones or clusters there are, at least 2
 * @param worst the partition that would have the fewest replicas left, by its min ISR; empty where
 *     there are no partitions
 * @param underMinIsr how many partitions would have fewer replicas left than their min ISR
 * @param avoidable how many of those wouldn't if they were spread as well as their brokers allow
 */
public record DomainLoss(
    Dimension dimension, int domains, Optional<Worst> worst, int underMinIsr, int avoidable) {

  public DomainLoss {
    Objects.requireNonNull(dimension);
    Objects.requireNonNull(worst);
  }

  /**
   * The worst case.
   *
   * @param partition its name
   * @param domain the zone or cluster that is lost; empty if it has no name
   * @param left how many replicas would be left
   * @param minIsr empty where it isn't known
   */
  public record Worst(String partition, String domain, int left, OptionalInt minIsr) {

    public Worst {
      Objects.requireNonNull(partition);
      Objects.requireNonNull(domain);
      Objects.requireNonNull(minIsr);
    }
  }
}

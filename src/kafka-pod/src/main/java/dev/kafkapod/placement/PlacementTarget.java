package dev.kafkapod.placement;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What is to be placed, and where, as somebody has said it.
 *
 * @param topics only topics whose whole name matches
 * @param partitions only these
 * @param onto the brokers that may hold replicas, each by its node id or all of a Kubernetes
 *     cluster by its name; none for all that have a rack
 * @param off those that may not, in the same way
 * @param replicationFactor how many replicas each partition is to have; empty for as many as it has
 * @param order the dimensions that count, the weightiest first
 */
public record PlacementTarget(
    Optional<Pattern> topics,
    Optional<NamedPartitions> partitions,
    List<String> onto,
    List<String> off,
    OptionalInt replicationFactor,
    List<Dimension> order) {

  /** Everything, where it is allowed to be now. */
  public static final PlacementTarget ALL =
      new PlacementTarget(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          OptionalInt.empty(),
          Dimension.DEFAULT);

  /** Topics as they are. */
  public static PlacementTarget of(Optional<Pattern> topics, List<Dimension> order) {
    return new PlacementTarget(
        topics, Optional.empty(), List.of(), List.of(), OptionalInt.empty(), order);
  }

  public PlacementTarget {
    Objects.requireNonNull(topics);
    Objects.requireNonNull(partitions);
    onto = List.copyOf(onto);
    off = List.copyOf(off);
    Objects.requireNonNull(replicationFactor);
    order = List.copyOf(order);
  }
}

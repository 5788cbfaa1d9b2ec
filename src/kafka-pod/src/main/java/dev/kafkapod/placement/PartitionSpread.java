package dev.kafkapod.placement;

import dev.kafkapod.readiness.PartitionState;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How one partition is spread.
 *
 * @param now as it is; empty where it is unknown
 * @param best as well as it could be; empty where that is unknown
 * @param lost its replicas on brokers of which nobody knows where they run
 */
public record PartitionSpread(
    PartitionState partition,
    Evenness evenness,
    Optional<Spread> now,
    Optional<Spread> best,
    List<Integer> lost)
    implements Comparable<PartitionSpread> {

  private static final Comparator<PartitionSpread> BY_NAME =
      Comparator.comparing(PartitionSpread::partition);

  public PartitionSpread {
    Objects.requireNonNull(partition);
    Objects.requireNonNull(evenness);
    Objects.requireNonNull(now);
    Objects.requireNonNull(best);
    lost = List.copyOf(lost);
  }

  @Override
  public int compareTo(PartitionSpread other) {
    return BY_NAME.compare(this, other);
  }
}

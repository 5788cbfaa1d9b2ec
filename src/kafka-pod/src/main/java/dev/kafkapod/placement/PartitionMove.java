package dev.kafkapod.placement;

import dev.kafkapod.readiness.PartitionState;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One partition's way to its place.
 *
 * @param before its replicas now, the preferred leader first
 * @param after those that it is to have
 * @param reason what is wrong with it now
 * @param size how many bytes a replica has; empty where that isn't known
 */
public record PartitionMove(
    PartitionState partition,
    List<Integer> before,
    List<Integer> after,
    MoveReason reason,
    OptionalLong size)
    implements Comparable<PartitionMove> {

  private static final Comparator<PartitionMove> BY_NAME =
      Comparator.comparing(PartitionMove::partition);

  public PartitionMove {
    Objects.requireNonNull(partition);
    before = List.copyOf(before);
    after = List.copyOf(after);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(size);
  }

  /** The brokers that get a replica. */
  public List<Integer> adding() {
    return after.stream().filter(id -> !before.contains(id)).toList();
  }

  /** The brokers that lose theirs. */
  public List<Integer> removing() {
    return before.stream().filter(id -> !after.contains(id)).toList();
  }

  /** How many bytes are copied, as far as is known. */
  public long bytes() {
    return adding().size() * size.orElse(0);
  }

  /** Whether another broker becomes the preferred leader. */
  public boolean changesLeader() {
    return !before.get(0).equals(after.get(0));
  }

  @Override
  public int compareTo(PartitionMove other) {
    return BY_NAME.compare(this, other);
  }
}

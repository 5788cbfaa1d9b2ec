package dev.kafkapod.stopping;

import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.Wording;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A partition that a stop would break.
 *
 * @param partition as it is before the stop
 * @param harm what would become of it
 * @param minIsr the topic's min.insync.replicas; empty where it isn't known, which a partition that
 *     loses its leader doesn't need
 * @param remaining the members of its ISR that would go on: neither stopped nor fenced
 * @param missing its other replicas that aren't to be stopped: they are out of sync or fenced
 *     already, or still being added
 * @param onCompletion whether it would break only when its running reassignment completes
 * @param unavoidable whether every restart of one of its brokers does this, however well the others
 *     are: the topic has no more replicas than its min ISR, or only one, and no reassignment that
 *     moves on changes that
 */
public record BrokenPartition(
    PartitionState partition,
    Harm harm,
    OptionalInt minIsr,
    List<Integer> remaining,
    List<Integer> missing,
    boolean onCompletion,
    boolean unavoidable)
    implements Comparable<BrokenPartition> {

  public BrokenPartition {
    Objects.requireNonNull(partition);
    Objects.requireNonNull(harm);
    Objects.requireNonNull(minIsr);
    remaining = List.copyOf(remaining);
    missing = List.copyOf(missing);
  }

  /** Whether it is the only replica of its partition that would go. */
  boolean hasOneReplica() {
    return unavoidable && remaining.isEmpty();
  }

  /** For people: {@code orders-3: 1 of min ISR 2 would be left (broker 1); missing already: 2}. */
  public String describe() {
    String what =
        harm == Harm.LEADERLESS
            ? "no replica in sync would be left" + eligible()
            : "%d of min ISR %d would be left (%s)"
                .formatted(remaining.size(), minIsr.orElseThrow(), Wording.ids(remaining));
    return "%s: %s%s; %s"
        .formatted(
            partition.name(),
            what,
            onCompletion ? " when its reassignment completes" : "",
            unavoidable ? "unavoidable with " + replicas() : whatIsMissing());
  }

  private String eligible() {
    return partition.eligible().isEmpty()
        ? ""
        : ", and Kafka would wait for an eligible leader (%s)"
            .formatted(Wording.ids(partition.eligible()));
  }

  /** For people: {@code orders-3: under-min-ISR with or without it (in sync: 1)}. */
  public String describeUnchanged() {
    return "%s: %s with or without it (in sync: %s)"
        .formatted(partition.name(), harm.label(), Wording.ids(remaining));
  }

  private String replicas() {
    String stands =
        partition.isReassigned() && !onCompletion ? " (its reassignment doesn't help)" : "";
    return (hasOneReplica() ? "1 replica" : remaining.size() + 1 + " replicas") + stands;
  }

  private String whatIsMissing() {
    List<Integer> out = missing.stream().filter(id -> !partition.adding().contains(id)).toList();
    List<Integer> adding = missing.stream().filter(partition.adding()::contains).toList();
    if (adding.isEmpty()) {
      return "missing already: " + Wording.ids(out);
    }
    return (out.isEmpty() ? "" : "missing already: " + Wording.ids(out) + "; ")
        + "a reassignment is adding: "
        + Wording.ids(adding);
  }

  @Override
  public int compareTo(BrokenPartition other) {
    return partition.compareTo(other.partition);
  }
}

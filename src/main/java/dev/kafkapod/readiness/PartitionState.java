package dev.kafkapod.readiness;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * One partition as the cluster describes it.
 *
 * @param topic the topic's name
 * @param partition the partition's number, from 0
 * @param leader the leader's node id; empty without a live leader
 * @param replicas node ids of all replicas, those of a running reassignment included
 * @param isr node ids of the in-sync replicas
 * @param adding replicas that a running reassignment adds
 * @param removing replicas that a running reassignment removes
 */
public record PartitionState(
    String topic,
    int partition,
    OptionalInt leader,
    List<Integer> replicas,
    List<Integer> isr,
    List<Integer> adding,
    List<Integer> removing)
    implements Comparable<PartitionState> {

  private static final Comparator<PartitionState> BY_NAME =
      Comparator.comparing(PartitionState::topic).thenComparingInt(PartitionState::partition);

  public PartitionState {
    Objects.requireNonNull(topic);
    Objects.requireNonNull(leader);
    replicas = List.copyOf(replicas);
    isr = List.copyOf(isr);
    adding = List.copyOf(adding);
    removing = List.copyOf(removing);
  }

  /** {@code topic-partition}, as Kafka's own tools and logs write it. */
  public String name() {
    return topic + "-" + partition;
  }

  /**
   * The number of replicas that the partition is meant to have: all but those that a reassignment
   * is still adding (TopicCommand.PartitionDescription counts the same way).
   */
  public int replicationFactor() {
    return replicas.size() - adding.size();
  }

  /** Whether the ISR is smaller than the replica set. */
  public boolean isUnderReplicated() {
    return isr.size() < replicationFactor();
  }

  /** Whether the partition has no leader, so that nobody can read or write it. */
  public boolean isOffline() {
    return leader.isEmpty();
  }

  /**
   * Whether brokers refuse acks=all writes: a broker enforces min.insync.replicas only up to the
   * number of replicas, and counts those too that a reassignment is still adding
   * (kafka.cluster.Partition.effectiveMinIsr).
   */
  public boolean isUnderMinIsr(int minIsr) {
    return isr.size() < Math.min(minIsr, replicas.size());
  }

  /**
   * Whether a replica is missing from the ISR, be it one that is still being added: only then min
   * ISR matters.
   */
  public boolean isShrunk() {
    return isr.size() < replicas.size();
  }

  /**
   * Whether losing one more replica stops acks=all writes although the topic has replicas to spare.
   * A topic that can never be above its minimum isn't counted: it would block for ever.
   */
  public boolean isAtMinIsr(int minIsr) {
    return isr.size() == minIsr && replicationFactor() > minIsr;
  }

  /**
   * Whether the broker holds a replica that has fallen out of the ISR; one that is still being
   * added doesn't count.
   */
  public boolean isOutOfSync(int brokerId) {
    return replicas.contains(brokerId) && !adding.contains(brokerId) && !isr.contains(brokerId);
  }

  @Override
  public int compareTo(PartitionState other) {
    return BY_NAME.compare(this, other);
  }
}

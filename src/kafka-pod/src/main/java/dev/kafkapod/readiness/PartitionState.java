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
 * @param eligible eligible leader replicas (Kafka 4.0 and later): out of the ISR, but with all that
 *     was committed, so that Kafka elects a leader from them. Empty where they weren't asked for.
 * @param observers replicas outside the ISR that join it only if somebody promotes them (Confluent
 *     Server)
 * @param stalled whether the running reassignment has been seen to make no progress for {@link
 *     Progress#PATIENCE}; one look can't show it
 */
public record PartitionState(
    String topic,
    int partition,
    OptionalInt leader,
    List<Integer> replicas,
    List<Integer> isr,
    List<Integer> adding,
    List<Integer> removing,
    List<Integer> eligible,
    List<Integer> observers,
    boolean stalled)
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
    eligible = List.copyOf(eligible);
    observers = List.copyOf(observers);
  }

  /** A partition without eligible leader replicas or observers, seen once. */
  public PartitionState(
      String topic,
      int partition,
      OptionalInt leader,
      List<Integer> replicas,
      List<Integer> isr,
      List<Integer> adding,
      List<Integer> removing) {
    this(topic, partition, leader, replicas, isr, adding, removing, List.of(), List.of(), false);
  }

  /** The same, seen not to move on with its reassignment. */
  public PartitionState asStalled() {
    return new PartitionState(
        topic, partition, leader, replicas, isr, adding, removing, eligible, observers, true);
  }

  /** The same with some of its ISR left out. */
  PartitionState withIsr(List<Integer> members) {
    return new PartitionState(
        topic, partition, leader, replicas, members, adding, removing, eligible, observers,
        stalled);
  }

  /** Whether a reassignment of it is running. */
  public boolean isReassigned() {
    return !adding.isEmpty() || !removing.isEmpty();
  }

  /**
   * The replicas that the partition is meant to have in sync now: all but those that a reassignment
   * is still adding, and observers.
   */
  public List<Integer> meant() {
    if (adding.isEmpty() && observers.isEmpty()) {
      return replicas;
    }
    return replicas.stream().filter(id -> !adding.contains(id) && !observers.contains(id)).toList();
  }

  /** The replicas that it will have once the running reassignment is complete. */
  public List<Integer> target() {
    return removing.isEmpty()
        ? replicas
        : replicas.stream().filter(id -> !removing.contains(id)).toList();
  }

  /** {@code topic-partition}, as Kafka's own tools and logs write it. */
  public String name() {
    return topic + "-" + partition;
  }

  /**
   * The number of replicas that the partition is meant to have: all but those that a reassignment
   * is still adding (TopicCommand.PartitionDescription counts the same way), and observers.
   */
  public int replicationFactor() {
    return meant().size();
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
   * Whether a replica is missing from the ISR, be it one that is still being added: only then min
   * ISR matters.
   */
  public boolean isShrunk() {
    return isr.size() < replicas.size();
  }

  /**
   * Whether the broker holds a replica that has fallen out of the ISR; one that is still being
   * added doesn't count, nor does an observer.
   */
  public boolean isOutOfSync(int brokerId) {
    return meant().contains(brokerId) && !isr.contains(brokerId);
  }

  @Override
  public int compareTo(PartitionState other) {
    return BY_NAME.compare(this, other);
  }
}

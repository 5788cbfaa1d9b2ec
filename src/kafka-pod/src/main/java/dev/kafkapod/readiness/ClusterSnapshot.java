package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a cluster says of itself at one moment, put together from several brokers' answers.
 *
 * @param clusterId the cluster's id
 * @param asked who was asked; controllers know the quorum, but describe no partitions
 * @param nodes the brokers (or, asked of controllers, the controllers) that the cluster lists
 * @param listsFenced whether fenced brokers are among {@code nodes} (Kafka 4.0 and later);
 *     otherwise they are left out
 * @param respondents node ids of the brokers that gave these answers, as far as the client knows
 * @param controlPlane whether the controller has spoken, and what it said of who follows it
 * @param topics names of all topics that the client may see
 * @param partitionCount partitions of all those topics, at least 0
 * @param partitions every partition that isn't in perfect order, its ISR's members all live, and
 *     perhaps more
 * @param minIsr min.insync.replicas by topic, for the topics that it was asked for
 * @param minIsrProblem why it isn't known for some topic that it was asked for
 * @param hiddenTopics why there may be topics that the client can't see
 * @param timeouts how long the cluster lets its nodes be silent
 */
public record ClusterSnapshot(
    String clusterId,
    Asked asked,
    List<ClusterNode> nodes,
    boolean listsFenced,
    Set<Integer> respondents,
    ControlPlane controlPlane,
    Set<String> topics,
    int partitionCount,
    List<PartitionState> partitions,
    Map<String, Integer> minIsr,
    Optional<String> minIsrProblem,
    Optional<String> hiddenTopics,
    ClusterTimeouts timeouts) {

  /** Through whom a cluster was asked. */
  public enum Asked {
    BROKERS,
    CONTROLLERS
  }

  public ClusterSnapshot {
    Objects.requireNonNull(asked);
    Objects.requireNonNull(clusterId);
    Objects.requireNonNull(controlPlane);
    Objects.requireNonNull(minIsrProblem);
    Objects.requireNonNull(hiddenTopics);
    Objects.requireNonNull(timeouts);
    nodes = List.copyOf(nodes);
    respondents = Set.copyOf(respondents);
    topics = Set.copyOf(topics);
    partitions = List.copyOf(partitions);
    minIsr = Map.copyOf(minIsr);
    if (partitionCount < 0) {
      throw new IllegalArgumentException("a cluster can't have " + partitionCount + " partitions");
    }
  }

  /** A cluster with Kafka's default time-outs. */
  public ClusterSnapshot(
      String clusterId,
      Asked asked,
      List<ClusterNode> nodes,
      boolean listsFenced,
      Set<Integer> respondents,
      ControlPlane controlPlane,
      Set<String> topics,
      int partitionCount,
      List<PartitionState> partitions,
      Map<String, Integer> minIsr,
      Optional<String> minIsrProblem,
      Optional<String> hiddenTopics) {
    this(
        clusterId,
        asked,
        nodes,
        listsFenced,
        respondents,
        controlPlane,
        topics,
        partitionCount,
        partitions,
        minIsr,
        minIsrProblem,
        hiddenTopics,
        ClusterTimeouts.DEFAULT);
  }

  /** The same with other words about its partitions. */
  ClusterSnapshot withPartitions(List<PartitionState> others) {
    return new ClusterSnapshot(
        clusterId,
        asked,
        nodes,
        listsFenced,
        respondents,
        controlPlane,
        topics,
        partitionCount,
        others,
        minIsr,
        minIsrProblem,
        hiddenTopics,
        timeouts);
  }

  /** How long after a node's death such answers may still be as if it lived. */
  public Duration toNotice() {
    return timeouts.toNotice(controlPlane);
  }

  /** The broker with this node id, where the cluster lists it. */
  public Optional<ClusterNode> node(int id) {
    return nodes.stream().filter(node -> node.id() == id).findFirst();
  }

  /** The node ids of all brokers that are listed and not fenced. */
  public List<Integer> liveIds() {
    return nodes.stream().filter(node -> !node.fenced()).map(ClusterNode::id).sorted().toList();
  }
}

package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.PartitionState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.PartitionReassignment;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * All partitions of a cluster, from one request: KafkaConsumer.listTopics is the only public call
 * that gets leaders, replicas and ISRs of everything at once (Admin.listTopics fetches the same and
 * throws it away).
 */
final class PartitionTable {

  /** What is done here, for messages. */
  static final String CALL = "asking for all partitions";

  private final Map<String, Integer> topics;
  private final int partitionCount;
  private final List<PartitionInfo> kept;

  private PartitionTable(Map<String, Integer> topics, List<PartitionInfo> kept) {
    this.topics = topics;
    this.partitionCount = topics.values().stream().mapToInt(Integer::intValue).sum();
    this.kept = kept;
  }

  /**
   * Asks for all partitions, and lets go of the rest before anything else is asked: of 100,000,
   * they are 30 MB.
   *
   * @param keep which partitions may be of interest later
   */
  static PartitionTable fetch(
      Consumer<?, ?> consumer, Predicate<PartitionInfo> keep, Deadline deadline) throws Unanswered {
    try {
      return of(consumer.listTopics(deadline.remaining()), keep);
    } catch (KafkaException e) {
      throw new Unanswered(CALL + " failed: " + Calls.oneLine(Calls.refusal(e, CALL)), e);
    }
  }

  /** Looks at each partition once: at 100,000, every further look costs milliseconds. */
  private static PartitionTable of(
      Map<String, List<PartitionInfo>> all, Predicate<PartitionInfo> keep) {
    Map<String, Integer> counts = new HashMap<>();
    List<PartitionInfo> kept = new ArrayList<>();
    all.forEach(
        (topic, partitions) -> {
          counts.put(topic, partitions.size());
          for (PartitionInfo partition : partitions) {
            if (keep.test(partition)) {
              kept.add(partition);
            }
          }
        });
    return new PartitionTable(counts, kept);
  }

  /** The same without topics that have been deleted since: what is gone can't break. */
  PartitionTable without(Set<String> gone) {
    if (gone.isEmpty()) {
      return this;
    }
    Map<String, Integer> left = new HashMap<>(topics);
    left.keySet().removeAll(gone);
    return new PartitionTable(
        left, kept.stream().filter(partition -> !gone.contains(partition.topic())).toList());
  }

  /** The names of all topics. */
  Set<String> topics() {
    return topics.keySet();
  }

  /** How many partitions there are, kept or not. */
  int partitionCount() {
    return partitionCount;
  }

  /** The topics with a kept partition that a rule picks. */
  Set<String> topicsOf(Predicate<PartitionInfo> rule) {
    return kept.stream().filter(rule).map(PartitionInfo::topic).collect(Collectors.toSet());
  }

  /** The kept partitions that a rule picks. The rest never becomes an object of ours. */
  List<PartitionState> those(
      Predicate<PartitionInfo> rule,
      Map<TopicPartition, PartitionReassignment> reassignments,
      ReplicaKinds kinds) {
    List<PartitionState> picked = new ArrayList<>();
    for (PartitionInfo partition : kept) {
      if (rule.test(partition)) {
        picked.add(
            state(
                partition,
                reassignments.get(new TopicPartition(partition.topic(), partition.partition())),
                kinds));
      }
    }
    return picked;
  }

  /** A partition in our words; without a reassignment where none is running. */
  private static PartitionState state(
      PartitionInfo info, PartitionReassignment reassignment, ReplicaKinds kinds) {
    List<Integer> replicas = ids(info.replicas());
    List<Integer> isr = ids(info.inSyncReplicas());
    return new PartitionState(
        info.topic(),
        info.partition(),
        info.leader() == null || info.leader().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(info.leader().id()),
        replicas,
        isr,
        reassignment == null ? List.of() : still(reassignment.addingReplicas(), replicas),
        reassignment == null ? List.of() : still(reassignment.removingReplicas(), replicas),
        kinds.eligible(info.topic(), info.partition()),
        // in the midst of a reassignment, who is last doesn't tell
        reassignment == null ? kinds.observers(info.topic(), replicas, isr) : List.of(),
        false);
  }

  /**
   * The two answers come from different moments: a replica that isn't among the replicas isn't
   * being moved any more.
   */
  private static List<Integer> still(List<Integer> moving, List<Integer> replicas) {
    return moving.stream().filter(replicas::contains).toList();
  }

  private static List<Integer> ids(Node[] nodes) {
    return Arrays.stream(nodes).map(Node::id).toList();
  }
}

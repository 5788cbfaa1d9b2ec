package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Eligible leader replicas (KIP-966): out of the ISR, but with all that was committed. Only
 * describeTopics tells them, which costs a description of the whole topic; a partition has them
 * only while its ISR is smaller than its min ISR.
 */
final class EligibleLeaders {

  /** In an incident all topics may be concerned, and describing 100,000 partitions is no help. */
  private static final int MOST_TOPICS = 100;

  private static final Optional<Method> ELR = elr();

  private EligibleLeaders() {}

  /**
   * Those of some topics' partitions; nothing where nobody tells, so that a partition counts as
   * leaderless that isn't.
   */
  static Map<TopicPartition, List<Integer>> of(
      Admin admin, Collection<String> topics, Deadline deadline) {
    Map<TopicPartition, List<Integer>> found = new HashMap<>();
    if (ELR.isEmpty() || topics.isEmpty() || topics.size() > MOST_TOPICS) {
      return found;
    }
    for (KafkaFuture<TopicDescription> answer :
        admin.describeTopics(topics).topicNameValues().values()) {
      try {
        TopicDescription topic = Calls.await(answer, "asking for eligible leaders", deadline);
        topic
            .partitions()
            .forEach(
                it -> {
                  List<Integer> eligible = eligible(it);
                  if (!eligible.isEmpty()) {
                    found.put(new TopicPartition(topic.name(), it.partition()), eligible);
                  }
                });
      } catch (KafkaException | Unanswered e) {
        // the others may be told
      }
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private static List<Integer> eligible(TopicPartitionInfo partition) {
    try {
      List<Node> nodes = (List<Node>) ELR.orElseThrow().invoke(partition);
      return nodes == null ? List.of() : nodes.stream().map(Node::id).toList();
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("calling " + ELR + " failed", e);
    }
  }

  /** Older clients don't have it. */
  private static Optional<Method> elr() {
    try {
      return Optional.of(TopicPartitionInfo.class.getMethod("elr"));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }
}

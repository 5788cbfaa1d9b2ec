package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeReplicaLogDirsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks every broker for an answer of its own. In ZooKeeper mode nobody else knows of a dead broker
 * until its session has ended.
 *
 * <p>The question is about a replica that doesn't exist: of the public calls that go to one broker,
 * that has the shortest answer and needs no more than Describe on Cluster. A refusal is a sign of
 * life, too.
 */
final class SignsOfLife {

  private SignsOfLife() {}

  /**
   * The brokers that don't answer.
   *
   * @param brokers node ids
   * @param absentTopic a topic that doesn't exist
   * @param limit how long one may take; all are asked at once
   */
  static Set<Integer> missing(
      Admin admin,
      Collection<Integer> brokers,
      String absentTopic,
      Duration limit,
      Deadline deadline) {
    Map<TopicPartitionReplica, Integer> questions =
        brokers.stream()
            .collect(
                Collectors.toMap(
                    id -> new TopicPartitionReplica(absentTopic, 0, id), Function.identity()));
    int millis = (int) Math.min(limit.toMillis(), deadline.remainingMillis());
    Map<TopicPartitionReplica, ? extends KafkaFuture<?>> answers =
        admin
            .describeReplicaLogDirs(
                List.copyOf(questions.keySet()),
                new DescribeReplicaLogDirsOptions().timeoutMs(millis))
            .values();
    Set<Integer> missing = new TreeSet<>();
    answers.forEach(
        (question, answer) -> {
          if (!isAnswered(answer, deadline)) {
            missing.add(questions.get(question));
          }
        });
    return missing;
  }

  private static boolean isAnswered(KafkaFuture<?> answer, Deadline deadline) {
    try {
      Calls.await(answer, "asking a broker for a sign of life", deadline);
      return true;
    } catch (TimeoutException | DisconnectException | AuthenticationException e) {
      return false;
    } catch (KafkaException e) {
      return true;
    } catch (Unanswered e) {
      return false;
    }
  }
}

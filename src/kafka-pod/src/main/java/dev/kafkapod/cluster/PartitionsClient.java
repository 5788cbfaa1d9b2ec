package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Asks for all partitions, by the brokers at the addresses that they advertise, so that every
 * answer comes from a listed one. An address may have become another cluster's since, or have been
 * another's all the time: what that one says of its partitions is no answer.
 */
final class PartitionsClient {

  private final ClientSettings settings;
  private final Duration timeout;
  private Respondents respondents = new Respondents();
  private Set<Integer> answered = Set.of();
  private KafkaConsumer<byte[], byte[]> consumer;
  private ClusterIdListener heard;

  PartitionsClient(ClientSettings settings, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
  }

  /**
   * All partitions.
   *
   * @param nodes whom to ask
   * @throws Unanswered if there was no answer in time, or somebody else's
   */
  PartitionTable ask(ListedNodes nodes, ClusterProbe.Detail detail, Deadline deadline)
      throws Unanswered {
    KafkaConsumer<byte[], byte[]> asked = consumer(nodes.live());
    Silence silence =
        new Silence(
            settings,
            nodes.live(),
            settings.origin().advertised(),
            () -> Talks.of(asked.metrics()));
    if (!Talks.of(asked.metrics())) {
      silence.watch(Silence.PATIENCE, asked::wakeup);
    }
    boolean wokenUp = false;
    try {
      PartitionTable table =
          PartitionTable.fetch(asked, PartitionFilters.worthKeeping(detail, nodes), deadline);
      requireSameCluster(nodes, deadline);
      answered = respondents.since(asked.metrics());
      return table;
    } catch (Unanswered e) {
      wokenUp = e.getCause() instanceof WakeupException;
      throw wokenUp || Calls.isSilence(e) ? silence.unanswered(PartitionTable.CALL, e) : e;
    } catch (OutOfMemoryError e) {
      throw silence.orNoMemory(PartitionTable.CALL, e);
    } finally {
      silence.end();
      if (silence.isSettled() && !wokenUp) {
        close(); // it has been told to wake up, and would do so the next time
      }
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer(List<String> brokers) throws Unanswered {
    if (brokers.isEmpty()) {
      throw new Unanswered("the cluster at " + settings.addresses() + " lists no live broker");
    }
    if (consumer == null) {
      heard = new ClusterIdListener();
      respondents = new Respondents();
      consumer = heard.consumer(settings, brokers, timeout);
    }
    return consumer;
  }

  /** Refuses the answer of another cluster. A client hears whose nodes it has met at once. */
  private void requireSameCluster(ListedNodes nodes, Deadline deadline) throws Unanswered {
    if (heard.id().isEmpty()) {
      try {
        ClusterIdListener.meet(consumer, deadline);
      } catch (KafkaException e) {
        throw new Unanswered(
            PartitionTable.CALL + " failed: " + Calls.oneLine(Calls.refusal(e, "asking whose")), e);
      }
    }
    Optional<String> other = heard.id().filter(it -> !it.equals(nodes.clusterId()));
    if (other.isPresent()) {
      close(); // it would go on with that cluster
      throw new Unanswered(
          "%s was answered by cluster %s, but the brokers of cluster %s were asked, at the addresses that they advertise: %s; check %s"
              .formatted(
                  PartitionTable.CALL,
                  other.get(),
                  nodes.clusterId(),
                  String.join(", ", nodes.live()),
                  settings.origin().advertised().addresses()));
    }
  }

  /** The node ids of those that have answered the last question. */
  Set<Integer> respondents() {
    return answered;
  }

  @SuppressWarnings(
      "deprecation") // its successor takes CloseOptions, which kafka-clients has only from 4.1 on
  void close() {
    if (consumer != null) {
      consumer.close(AdminClusterProbe.NO_TIME);
      consumer = null;
    }
  }
}

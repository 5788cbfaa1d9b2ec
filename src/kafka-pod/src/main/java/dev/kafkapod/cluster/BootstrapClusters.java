package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;

/**
 * Which cluster answers at each bootstrap address. Kafka's clients go on to the addresses that the
 * brokers advertise, and ask there: behind a forwarded port {@code localhost:9092} is whoever
 * listens on this machine, and a list of addresses may name two clusters.
 */
final class BootstrapClusters {

  /** How long addresses are waited for that may be those of brokers that are down. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ClientSettings settings;
  private final Duration timeout;

  BootstrapClusters(ClientSettings settings, Duration timeout) {
    this.settings = settings;
    this.timeout = timeout;
  }

  /**
   * Refuses the answers of a cluster if a bootstrap address leads to another one. An address that a
   * live broker advertises is that broker's, and isn't asked; without such a one, at least one
   * address must say that it leads to this cluster.
   *
   * @param nodes who has answered
   * @throws Unanswered if an address leads to another cluster, or none has said in time where it
   *     leads to
   */
  void require(ListedNodes nodes, Deadline deadline) throws Unanswered {
    Map<String, Question<String>> questions = new LinkedHashMap<>();
    List<String> advertised = nodes.live();
    settings.bootstrap().stream()
        .filter(it -> !advertised.contains(it))
        .forEach(it -> questions.put(it, ask(it, deadline)));
    boolean met = questions.size() < settings.bootstrap().size();
    // one must answer, because by one the cluster has been found; the others may be down
    Deadline limit = questions.size() > 1 || met ? deadline.orIn(PATIENCE) : deadline;
    List<String> causes = new ArrayList<>();
    for (Map.Entry<String, Question<String>> question : questions.entrySet()) {
      var answer = question.getValue().answer(limit);
      Optional<String> other = answer.value().filter(it -> !it.equals(nodes.clusterId()));
      if (other.isPresent()) {
        throw new Unanswered(
            "%s answers for cluster %s, but the addresses that its brokers advertise (%s) for cluster %s; name brokers of one cluster in %s, and check their advertised.listeners"
                .formatted(
                    question.getKey(),
                    other.get(),
                    String.join(", ", advertised),
                    nodes.clusterId(),
                    settings.origin().addresses()));
      }
      met |= answer.value().isPresent();
      answer.cause().ifPresent(causes::add);
    }
    if (!met) {
      throw new Unanswered("asking whose brokers these are: " + String.join("; ", causes));
    }
  }

  private Question<String> ask(String address, Deadline deadline) {
    return Question.ask(address, () -> clusterAt(address, deadline));
  }

  @SuppressWarnings(
      "deprecation") // its successor takes CloseOptions, which kafka-clients has only from 4.1 on
  private String clusterAt(String address, Deadline deadline) throws Unanswered {
    ClusterIdListener heard = new ClusterIdListener();
    KafkaConsumer<byte[], byte[]> consumer;
    try {
      consumer = heard.consumer(settings, List.of(address), timeout);
    } catch (Misconfigured e) {
      throw new Unanswered(e.getMessage(), e);
    }
    try {
      ClusterIdListener.meet(consumer, deadline);
    } catch (KafkaException e) {
      throw new Unanswered(address + ": " + Calls.oneLine(e), e);
    } finally {
      consumer.close(AdminClusterProbe.NO_TIME);
    }
    return heard
        .first()
        .orElseThrow(() -> new Unanswered(address + " doesn't say which cluster it belongs to"));
  }
}

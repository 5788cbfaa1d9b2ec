package dev.kafkapod.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/** Asks whether brokers may stop, and looks for itself at what a stop has done. */
final class Stopping {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long ANSWER_WITHIN_S = 20;

  private final KafkaCluster cluster;

  Stopping(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /** {@code can-stop} by whoever answers in the cluster. */
  Result canStop(String... options) {
    return run("can-stop", options);
  }

  /** What {@code can-stop --output json} prints. */
  JsonNode canStopJson(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--output=json");
    Result result = canStop(all.toArray(String[]::new));
    try {
      return JSON.readTree(result.out());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("no JSON: " + result, e);
    }
  }

  /** Any command that asks the cluster. */
  Result run(String command, String... options) {
    List<String> args =
        new ArrayList<>(List.of(command, "--bootstrap-server=" + cluster.bootstrapServers()));
    args.addAll(List.of(options));
    return KafkaPodCli.packaged().run(args.toArray(String[]::new));
  }

  /** The names of the partitions that the only stop of an answer would break. */
  static List<String> broken(JsonNode answer) {
    List<String> names = new ArrayList<>();
    answer.at("/stops/0/broken").forEach(it -> names.add(it.get("partition").asText()));
    return names;
  }

  /** Of these, the ones that would break only when their reassignment completes. */
  static List<String> brokenOnCompletion(JsonNode answer) {
    List<String> names = new ArrayList<>();
    for (JsonNode it : answer.at("/stops/0/broken")) {
      if (it.get("onCompletion").asBoolean()) {
        names.add(it.get("partition").asText());
      }
    }
    return names;
  }

  /**
   * A partition as Kafka's own client sees it.
   *
   * @param bound how many members its ISR needs for acks=all writes
   */
  record Seen(List<Integer> replicas, List<Integer> isr, OptionalInt leader, int bound) {
    boolean isBroken() {
      return leader.isEmpty() || isr.size() < bound;
    }
  }

  /** All partitions by name, as topic-partition. */
  Map<String, Seen> partitions() {
    try {
      Set<String> topics =
          cluster.admin().listTopics().names().get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
      Map<String, Integer> minimums = minimums(topics);
      Map<String, Seen> found = new TreeMap<>();
      for (TopicDescription topic :
          cluster
              .admin()
              .describeTopics(topics)
              .allTopicNames()
              .get(ANSWER_WITHIN_S, TimeUnit.SECONDS)
              .values()) {
        for (TopicPartitionInfo it : topic.partitions()) {
          boolean led = it.leader() != null && !it.leader().isEmpty();
          found.put(
              topic.name() + "-" + it.partition(),
              new Seen(
                  it.replicas().stream().map(Node::id).toList(),
                  it.isr().stream().map(Node::id).toList(),
                  led ? OptionalInt.of(it.leader().id()) : OptionalInt.empty(),
                  Math.min(minimums.get(topic.name()), it.replicas().size())));
        }
      }
      return found;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the cluster didn't describe its topics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Map<String, Integer> minimums(Set<String> topics)
      throws ExecutionException, InterruptedException, TimeoutException {
    List<ConfigResource> resources =
        topics.stream().map(it -> new ConfigResource(ConfigResource.Type.TOPIC, it)).toList();
    Map<String, Integer> minimums = new HashMap<>();
    cluster
        .admin()
        .describeConfigs(resources)
        .all()
        .get(ANSWER_WITHIN_S, TimeUnit.SECONDS)
        .forEach(
            (topic, config) ->
                minimums.put(
                    topic.name(), Integer.parseInt(config.get("min.insync.replicas").value())));
    return minimums;
  }
}

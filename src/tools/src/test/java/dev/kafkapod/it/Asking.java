package dev.kafkapod.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Asks one broker of a cluster, in the words of the command line. */
final class Asking {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaPodCli kafkaPod;
  private final List<String> local;
  private final List<String> cluster;

  private Asking(KafkaPodCli kafkaPod, List<String> local, List<String> cluster) {
    this.kafkaPod = kafkaPod;
    this.local = local;
    this.cluster = cluster;
  }

  /** Asks this broker, and all brokers about the cluster. */
  static Asking of(KafkaCluster cluster, int broker) {
    return of(cluster.broker(broker), cluster.bootstrapServers());
  }

  /** Asks this broker, and others about the cluster. */
  static Asking of(KafkaNode broker, String bootstrapServers) {
    return new Asking(
        KafkaPodCli.packaged(),
        List.of("--jmx-url=" + broker.jmxUrl()),
        List.of("--bootstrap-server=" + bootstrapServers));
  }

  /** The same questions through another kafka-pod, or one in other surroundings. */
  Asking with(KafkaPodCli other) {
    return new Asking(other, local, cluster);
  }

  Result ready(String... options) {
    return run("ready", true, options);
  }

  Result live(String... options) {
    return run("live", false, options);
  }

  Result started(String... options) {
    return run("started", false, options);
  }

  /** What {@code status --output json} prints. */
  JsonNode status(String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--output=json");
    // on a busy machine the end of its time can come before its words; BoundedIT is about that
    Result result =
        Await.until(
            "a status in time",
            LIMIT,
            () -> run("status", true, all.toArray(String[]::new)),
            it -> !it.line().equals("cannot tell: no end within --timeout"));
    try {
      return JSON.readTree(result.out());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("no JSON: " + result, e);
    }
  }

  /** Asks for readiness until the answer is as expected, for up to 60 s. */
  Result awaitReady(String what, Predicate<Result> expected, String... options) {
    return Await.until(what, LIMIT, () -> ready(options), expected);
  }

  private Result run(String command, boolean aboutTheCluster, String... options) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(local);
    if (aboutTheCluster) {
      args.addAll(cluster);
    }
    args.addAll(List.of(options));
    return kafkaPod.run(args.toArray(String[]::new));
  }

  /** The names of the partitions that a condition of a status holds for. */
  static List<String> partitions(JsonNode status, String condition) {
    return strings(condition(status, condition).get("partitions"));
  }

  /** One condition of a status. */
  static JsonNode condition(JsonNode status, String name) {
    return StreamSupport.stream(status.get("conditions").spliterator(), false)
        .filter(it -> it.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}

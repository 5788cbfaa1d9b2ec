package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaDistribution;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same code with an older kafka-clients, as inside a broker: an agent must use the broker's
 * own.
 */
@Tag("matrix")
class OlderClientsIT {

  private static final String OLDER = "3.9.2";

  @TempDir private static Path directory;
  private static KafkaPodCli newer;
  private static KafkaPodCli older;

  @BeforeAll
  static void exchangeTheClients() throws IOException {
    newer = KafkaPodCli.packaged();
    older = withClients(OLDER);
  }

  @ParameterizedTest
  @ValueSource(strings = "4.3.1")
  void tellsOfAClusterWhatNewerClientsTell(String version) {
    try (KafkaCluster cluster = KafkaCluster.kraft().version(version).brokers(3).start()) {
      cluster.createTopic("orders", 3, 3, Map.of("min.insync.replicas", "2"));
      cluster.awaitFullIsr();
      Statuses healthy =
          sameAnswers(cluster, "ready: broker 0, 3 brokers, 1 topic, 3 partitions", 0);
      cluster.broker(2).kill();
      cluster.awaitBrokers(0, 1);
      Statuses harmed =
          sameAnswers(
              cluster,
              "not ready: at-min-ISR 3 (orders-0, orders-1, orders-2),"
                  + " under-replicated 3 (orders-0, orders-1, orders-2)",
              1);

      assertThat(nodes(healthy.fromOlder())).containsExactly("0", "1", "2");
      assertThat(nodes(harmed.fromOlder()))
          .as("it can't ask for the fenced")
          .containsExactly("0", "1");
      assertThat(nodes(harmed.fromNewer()))
          .as("Kafka 3 doesn't tell of the fenced")
          .containsExactlyElementsOf(
              version.startsWith("3.") ? List.of("0", "1") : List.of("0", "1", "2 fenced"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  @Tag("variant")
  void andSoOfOneOfFormerKafka(String version) {
    tellsOfAClusterWhatNewerClientsTell(version);
  }

  private record Statuses(JsonNode fromOlder, JsonNode fromNewer) {}

  /** Asserts that it makes no difference with whose clients broker 0 is asked for. */
  private static Statuses sameAnswers(KafkaCluster cluster, String line, int exitCode) {
    for (KafkaPodCli kafkaPod : List.of(newer, older)) {
      Result result = Asking.of(cluster, 0).with(kafkaPod).ready();
      assertThat(result.line()).as(result.toString()).isEqualTo(line);
      assertThat(result.exitCode()).isEqualTo(exitCode);
      assertThat(result.err()).isEmpty();
    }
    JsonNode fromOlder = Asking.of(cluster, 0).with(older).status();
    JsonNode fromNewer = Asking.of(cluster, 0).with(newer).status();
    for (String part : List.of("/line", "/exitCode", "/cluster/kafkaTopics", "/conditions")) {
      assertThat(fromOlder.at(part)).as(part).isEqualTo(fromNewer.at(part));
    }
    assertThat(fromOlder.at("/line").asText()).isEqualTo(line);
    assertThat(fromOlder.at("/cluster/trusted").asBoolean()).isTrue();
    return new Statuses(fromOlder, fromNewer);
  }

  /** The ids of the brokers that are listed, in their order. */
  private static List<String> nodes(JsonNode status) {
    return StreamSupport.stream(status.at("/cluster/nodes").spliterator(), false)
        .map(node -> node.get("id").asText() + (node.get("fenced").asBoolean() ? " fenced" : ""))
        .sorted()
        .toList();
  }

  /**
   * The distribution with another kafka-clients in the place of its own, under the name by which
   * its manifest looks for it, and without the archive of classes that no longer fits.
   */
  private static KafkaPodCli withClients(String version) throws IOException {
    Path packaged = newer.launcher().getParent().getParent();
    Path lib = Files.createDirectories(directory.resolve("lib"));
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Files.copy(newer.launcher(), bin.resolve("kafka-pod"));
    int exchanged = 0;
    try (Stream<Path> files = Files.list(packaged.resolve("lib"))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        boolean clients = jar.getFileName().toString().startsWith("kafka-clients-");
        Path source =
            clients
                ? KafkaDistribution.of(version)
                    .directory()
                    .resolve("kafka-clients-" + version + ".jar")
                : jar;
        Files.copy(source, lib.resolve(jar.getFileName()));
        exchanged += clients ? 1 : 0;
      }
    }
    assertThat(exchanged).isEqualTo(1);
    return KafkaPodCli.at(directory);
  }
}

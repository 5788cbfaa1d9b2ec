package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.TurnsTopic;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.teardownfile.TearDownFile;
import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnRequest;
import dev.kafkapod.verdictfile.Proc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The agent and the topic of turns of a real broker. */
class TurnsAgentIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static KafkaCluster cluster;
  private static Agents agents;

  @BeforeAll
  static void startCluster() {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(1);
    agents = Agents.join(builder, 1);
    builder
        .brokerEnvironment(0, "KAFKA_POD_TURNS", "on")
        .brokerEnvironment(0, "KAFKA_POD_STABLE_FOR", "1s");
    cluster = builder.start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static TurnRequest goes(String id, ProcessIdentity process) {
    Instant now = Instant.now();
    return new TurnRequest(
        id,
        0,
        TurnRequest.TurnKind.GOES,
        true,
        1,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.of(process),
        "kafka-0",
        now.minusSeconds(20),
        now.plusSeconds(600),
        now,
        Duration.ofMinutes(6),
        TurnRequest.WaitsFor.NOTHING,
        "");
  }

  private static void write(TurnEntry... entries) throws Exception {
    try (TurnsTopic topic =
        new TurnsTopic(
            new ClientSettings(
                Asked.BROKERS,
                List.of(cluster.bootstrapServers()),
                Map.of(),
                Optional.empty(),
                ClientSettings.Source.options(Asked.BROKERS)),
            TurnsTopic.DEFAULT_NAME,
            LIMIT)) {
      topic.check(true, Deadline.in(LIMIT));
      for (TurnEntry entry : entries) {
        topic.append(entry, Deadline.in(LIMIT));
      }
    }
  }

  private static JsonNode turns() throws Exception {
    return new ObjectMapper().readTree(agents.get(0, "/status").body()).path("turns");
  }

  private static List<String> queue(JsonNode turns) {
    return turns.path("queue").findValuesAsText("request");
  }

  @Test
  void releasesItsPredecessorShowsTheQueueAndKeepsTheTearDownFile() throws Exception {
    agents.awaitReady(0);
    Path run = agents.runDirectory(0);
    long pid = cluster.broker(0).pid();
    write(
        goes("before", new ProcessIdentity(Proc.bootId(), pid, 1)),
        goes("own", new ProcessIdentity(Proc.bootId(), pid, Proc.startTicks(pid).orElseThrow())),
        new TurnEntry.TearDown(
            cluster.clusterId(), "jane", "end of test", Instant.now(), Duration.ofMinutes(10)));

    JsonNode turns =
        Await.until(
            "the queue to have its own request alone",
            LIMIT,
            TurnsAgentIT::turns,
            it -> queue(it).equals(List.of("own")));

    assertThat(turns.path("tearDown").path("counts").booleanValue()).isTrue();
    assertThat(agents.get(0, "/metrics").body())
        .contains("\nkafka_pod_turns_going 1.0\n")
        .contains("\nkafka_pod_turns_waiting 0.0\n")
        .contains("\nkafka_pod_turns_tear_down 1.0\n");
    assertThat(TearDownFile.read(run, Instant.now()).orElseThrow().clusterId())
        .isEqualTo(cluster.clusterId());
    assertThat(Files.readString(cluster.broker(0).log(), StandardCharsets.UTF_8))
        .contains("released the turn of node 0's process before this one, of kafka-0")
        .contains("the cluster is torn down, says jane: end of test; no stop waits");

    write(new TurnEntry.NoTearDown("jane", Optional.of("INC-1 it stays")));
    Await.until(
        "the tear-down file to go",
        LIMIT,
        () -> Files.exists(run.resolve(TearDownFile.NAME)),
        there -> !there);
    assertThat(queue(turns())).containsExactly("own");
    assertThat(agents.readyz(0)).startsWith("ready: ");
  }
}

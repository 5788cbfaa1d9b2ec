package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.tryout.Producing;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uneven topics of six brokers in two clusters and three zones are made even as planned. */
@Tag("matrix")
class PlacementIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Map<String, String> MIN_ISR_2 = Map.of("min.insync.replicas", "2");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static KafkaCluster cluster;

  @TempDir private Path directory;

  @BeforeAll
  static void startCluster() {
    cluster =
        KafkaCluster.kraft()
            .brokers(6)
            .brokerConfig(0, "broker.rack", "a/east")
            .brokerConfig(1, "broker.rack", "b/east")
            .brokerConfig(2, "broker.rack", "c/east")
            .brokerConfig(3, "broker.rack", "a/west")
            .brokerConfig(4, "broker.rack", "b/west")
            .brokerConfig(5, "broker.rack", "c/west")
            .config("broker.session.timeout.ms", "3000")
            .config("broker.heartbeat.interval.ms", "500")
            .start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void topicsThatNobodyHasPlacedWell() throws Exception {
    cluster.restore();
    List<String> old =
        cluster.admin().listTopics().names().get(20, TimeUnit.SECONDS).stream().toList();
    cluster.admin().deleteTopics(old).all().get(20, TimeUnit.SECONDS);
    Await.until(
        "no topics",
        LIMIT,
        () -> cluster.admin().listTopics().names().get(20, TimeUnit.SECONDS),
        it -> it.isEmpty());
    cluster.createTopic("even", Map.of(0, List.of(0, 4, 2)), MIN_ISR_2);
    cluster.createTopic(
        "orders",
        // one cluster; one zone twice; a cluster and a zone; as it should be
        Map.of(
            0, List.of(0, 1, 2),
            1, List.of(1, 4, 2),
            2, List.of(3, 0, 4),
            3, List.of(5, 0, 1)),
        MIN_ISR_2);
    cluster.createTopic("pairs", Map.of(0, List.of(3, 0)), Map.of());
  }

  private static Result run(String command, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "placement",
                command,
                "--timeout=20s",
                "--bootstrap-server=" + cluster.bootstrapServers()));
    words.addAll(List.of(options));
    return KafkaPodCli.packaged().run(words.toArray(String[]::new));
  }

  private static Result placement(int exitCode, String command, String... options) {
    Result result = run(command, options);
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    return result;
  }

  @Test
  void whatIsPlannedMakesTopicsEvenAndTheWayBackLeadsBack() throws Exception {
    Path plan = directory.resolve("plan.json");
    Path back = directory.resolve("back.json");
    try (Producing producing =
        Producing.toPartitions(
            cluster.bootstrapServers(),
            List.of(new TopicPartition("orders", 0), new TopicPartition("pairs", 0)),
            LIMIT)) {
      Await.until("messages", LIMIT, producing::acknowledged, it -> it > 100);
    }

    assertThat(placement(1, "check").out().lines())
        .startsWith(
            "not well placed: violated 4 (orders-0, orders-1, orders-2, …)",
            "  orders-0: violated, on 0, 1, 2; zones 1+1+1, clusters 3+0 where 2+1 is possible",
            "  orders-1: violated, on 1, 4, 2; zones 2+1+0 where 1+1+1 is possible, clusters 2+1",
            "  orders-2: violated, on 3, 0, 4; zones 2+1+0 where 1+1+1 is possible, clusters 2+1",
            "  pairs-0: violated, on 3, 0; zones 2+0+0 where 1+1+0 is possible, clusters 1+1")
        .contains(
            "if any one cluster is lost: at worst 0 replicas are left (orders-0 without cluster east, min ISR 2); 5 partitions under min ISR");
    assertThat(placement(0, "check", "--topics=even").line())
        .isEqualTo("well placed: 1 partition, each spread as well as its brokers allow");

    Result planned = placement(0, "plan", "--out=" + plan, "--back=" + back);
    assertThat(planned.line())
        .startsWith("plan: 4 replicas of 4 partitions to move (")
        .contains("; at least 4 would have to (")
        .endsWith("): gap 0")
        .doesNotContain("unknown", "(0 B)");
    assertThat(planned.out().lines())
        .contains("now:   6 partitions: 2 even, 4 violated", "after: 6 partitions: 6 even")
        .endsWith("wrote " + back, "wrote " + plan);
    kafkasToolTakes(plan, 4);
    kafkasToolTakes(back, 4);

    execute(plan);
    placement(0, "check", "--strict");
    assertThat(placement(0, "plan").line()).isEqualTo("nothing to move: 6 partitions are in place");

    execute(back);
    placement(1, "check");
  }

  @Test
  void aRolloutChangesNoAnswer() throws Exception {
    Path plan = directory.resolve("plan.json");
    placement(0, "plan", "--out=" + plan);
    execute(plan);

    cluster.broker(4).stop();
    cluster.awaitBrokers(0, 1, 2, 3, 5);

    if (cluster.distribution().version().startsWith("3.")) {
      awaitWord("cannot tell: unknown 2 (", "check");
      awaitWord("cannot tell: broker 4 holds replicas, but cluster ", "plan");
    } else {
      awaitWord("well placed: ", "check", "--strict");
      awaitWord("nothing to move: ", "plan");
    }
  }

  /** For a while after a broker's end the cluster's answers aren't trusted. */
  private static void awaitWord(String beginning, String... command) {
    Await.until(
        beginning,
        LIMIT,
        () -> run(command[0], Arrays.copyOfRange(command, 1, command.length)),
        it -> it.line().startsWith(beginning));
  }

  @Test
  void brokersAreLeftAndReplicasAdded() throws Exception {
    Path plan = directory.resolve("plan.json");

    placement(0, "plan", "--off=4", "--replication-factor=4", "--out=" + plan);
    execute(plan);

    JsonNode json =
        JSON.readTree(
            placement(0, "plan", "--off=4", "--replication-factor=4", "--output=json").out());
    assertThat(json.get("moves")).isEmpty();
    assertThat(json.at("/planned/partitions/violated").asInt()).isZero();
    cluster
        .admin()
        .describeTopics(List.of("even", "orders", "pairs"))
        .allTopicNames()
        .get(20, TimeUnit.SECONDS)
        .values()
        .forEach(
            topic ->
                assertThat(topic.partitions())
                    .allSatisfy(
                        it ->
                            assertThat(it.replicas())
                                .hasSize(4)
                                .noneMatch(replica -> replica.id() == 4)));
    // four replicas are even without broker 4, too
    placement(0, "check", "--strict");
  }

  @Test
  void refusesWhatCanNotBe() {
    Result result = placement(2, "plan", "--onto=est,9", "--off=8", "--topics=order");

    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("--topics: cluster " + cluster.clusterId() + " has 3 topics")
        .contains("has a rack ZONE/est (did you mean east?)")
        .contains("has no broker 9 (its brokers: 0, 1, 2, 3, 4, 5)")
        .contains("has no broker 8");
    assertThat(placement(2, "plan", "--onto=0,3", "--topics=orders").err())
        .contains(
            "topic orders: it is to have 3 replicas, and only 2 brokers may hold them (0, 3)");
    assertThat(placement(2, "plan", "--replication-factor=1", "--topics=orders").err())
        .contains("topic orders has min.insync.replicas 2");
  }

  /** By the parser of kafka-reassign-partitions.sh, before it executes. */
  private static void kafkasToolTakes(Path file, int partitions) throws Exception {
    Method parse =
        cluster
            .distribution()
            .classLoader()
            .loadClass("org.apache.kafka.tools.reassign.ReassignPartitionsCommand")
            .getDeclaredMethod("parseExecuteAssignmentArgs", String.class);
    parse.setAccessible(true);
    Map.Entry<?, ?> parsed = (Map.Entry<?, ?>) parse.invoke(null, Files.readString(file));

    assertThat((Map<?, ?>) parsed.getKey()).hasSize(partitions);
    assertThat((Map<?, ?>) parsed.getValue()).isEmpty();
  }

  private static void execute(Path file) throws Exception {
    Map<TopicPartition, Optional<NewPartitionReassignment>> moves = new HashMap<>();
    for (JsonNode it : read(file).get("partitions")) {
      List<Integer> replicas = new ArrayList<>();
      it.get("replicas").forEach(id -> replicas.add(id.asInt()));
      moves.put(
          new TopicPartition(it.get("topic").asText(), it.get("partition").asInt()),
          Optional.of(new NewPartitionReassignment(replicas)));
    }
    cluster.admin().alterPartitionReassignments(moves).all().get(20, TimeUnit.SECONDS);
    Await.until(
        "the end of all moves",
        LIMIT,
        () ->
            cluster
                .admin()
                .listPartitionReassignments()
                .reassignments()
                .get(20, TimeUnit.SECONDS)
                .keySet(),
        it -> it.isEmpty());
    cluster.awaitFullIsr();
  }

  private static JsonNode read(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }
}

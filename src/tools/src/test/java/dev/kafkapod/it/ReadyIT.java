package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Readiness while brokers of a three-broker cluster come and go. */
class ReadyIT {

  private static final String MIN_ISR = "min.insync.replicas";
  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = KafkaCluster.kraft().brokers(3).start();
    cluster.createTopic("spare", 3, 3, Map.of(MIN_ISR, "2"));
    cluster.createTopic("roomy", 3, 3, Map.of(MIN_ISR, "1"));
    cluster.createTopic("pair", Map.of(0, List.of(0, 1), 1, List.of(1, 2)), Map.of(MIN_ISR, "2"));
    cluster.createTopic("single", Map.of(0, List.of(2)), Map.of(MIN_ISR, "1"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsBack() {
    cluster.restore();
  }

  @Test
  void isReadyWhileEverythingIsInSyncAlsoWithTopicsThatCanNeverBeAboveTheirMinimum() {
    Result result = Asking.of(cluster, 0).ready("--gate=strict");

    assertThat(result.line())
        .as(result.toString())
        .isEqualTo("ready: broker 0, 3 brokers, 4 topics, 9 partitions");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
  }

  @Test
  void namesEveryHarmThatOneDeadBrokerOfThreeDoes() {
    cluster.broker(2).kill();

    Asking asking = Asking.of(cluster.broker(0), cluster.broker(0).bootstrapServer());
    Result result = asking.awaitReady("a no", it -> it.exitCode() == 1);
    assertThat(result.line())
        .isEqualTo(
            "not ready: offline 1 (single-0), under-min-ISR 2 (pair-1, single-0), at-min-ISR 3 (spare-0, spare-1, spare-2),"
                + " under-replicated 8 (pair-1, roomy-0, roomy-1, …)");
    JsonNode status = asking.status();
    assertThat(Asking.partitions(status, "at-min-isr"))
        .containsExactly("spare-0", "spare-1", "spare-2");
    assertThat(Asking.partitions(status, "under-min-isr")).containsExactly("pair-1", "single-0");
    assertThat(Asking.partitions(status, "offline")).containsExactly("single-0");
    assertThat(Asking.partitions(status, "out-of-sync")).isEmpty();
    assertThat(status.get("exitCode").asInt()).isEqualTo(1);
  }

  @Test
  @Tag("matrix")
  void toleratesALaggingReplicaOnceLatchedWhereTheTopicHasRoom() {
    cluster.broker(2).kill();
    Asking asking = Asking.of(cluster.broker(0), cluster.broker(0).bootstrapServer());
    asking.awaitReady("a no", it -> it.exitCode() == 1);

    Result latched = asking.ready("--latched", "--exclude-topics=spare|pair|single");
    Result unlatched = asking.ready("--exclude-topics=spare|pair|single");

    assertThat(latched.line())
        .isEqualTo(
            "ready: broker 0, 2 brokers, 4 topics, 9 partitions,"
                + " under-replicated 3 (roomy-0, roomy-1, roomy-2) (counts only at startup)");
    assertThat(latched.exitCode()).isZero();
    assertThat(unlatched.line())
        .isEqualTo("not ready: under-replicated 3 (roomy-0, roomy-1, roomy-2)");
  }

  @Test
  @Tag("matrix")
  void isUnderMinIsrWithTwoOfThreeBrokersDead() {
    cluster.broker(1).kill();
    cluster.broker(2).kill();

    Asking asking = Asking.of(cluster.broker(0), cluster.broker(0).bootstrapServer());
    asking.awaitReady("under-min-ISR", it -> it.line().contains("under-min-ISR 6"));

    JsonNode status = asking.status();
    assertThat(Asking.partitions(status, "under-min-isr"))
        .containsExactly("pair-0", "pair-1", "single-0", "spare-0", "spare-1", "spare-2");
    assertThat(Asking.partitions(status, "offline")).containsExactly("pair-1", "single-0");
    assertThat(Asking.partitions(status, "at-min-isr"))
        .containsExactly("roomy-0", "roomy-1", "roomy-2");
  }

  @Test
  @Tag("matrix")
  void aBrokerThatComesBackIsReadyOnlyOnceItIsInEveryIsrAgain() {
    cluster.broker(2).kill();
    cluster.broker(2).start();

    Asking asking = Asking.of(cluster.broker(2), cluster.bootstrapServers());
    asking.awaitReady("a yes", it -> it.exitCode() == 0);

    assertThat(cluster.topicCommand("--describe", "--under-replicated-partitions")).isBlank();
  }

  @Test
  void takesReplicasThatAReassignmentIsStillAddingForComingNotForMissing() throws Exception {
    cluster.createTopic("moving", Map.of(0, List.of(0)), Map.of(MIN_ISR, "1"));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers(), "enable.metrics.push", false),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 50; i++) {
        producer.send(new ProducerRecord<>("moving", new byte[100_000])).get();
      }
    }
    throttle("1000");
    try {
      cluster
          .admin()
          .alterPartitionReassignments(
              Map.of(
                  new TopicPartition("moving", 0),
                  Optional.of(new NewPartitionReassignment(List.of(0, 1, 2)))))
          .all()
          .get();

      JsonNode status = Asking.of(cluster, 1).status("--gate=strict");
      String running = cluster.topicCommand("--describe", "--topic", "moving");

      assertThat(running).contains("Adding Replicas");
      assertThat(status.get("line").asText())
          // worth waiting for, and no replica that is missing
          .isEqualTo("not ready: at-min-ISR 1 (moving-0)");
    } finally {
      throttle("100000000");
      cluster.awaitIsr("moving", 0, 1, 2);
      cluster.admin().deleteTopics(List.of("moving")).all().get();
    }
  }

  private static void throttle(String bytesPerSecond)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (int id = 0; id < 3; id++) {
      changes.put(
          new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(id)),
          List.of(
              set("leader.replication.throttled.rate", bytesPerSecond),
              set("follower.replication.throttled.rate", bytesPerSecond)));
    }
    changes.put(
        new ConfigResource(ConfigResource.Type.TOPIC, "moving"),
        List.of(
            set("leader.replication.throttled.replicas", "*"),
            set("follower.replication.throttled.replicas", "*")));
    cluster.admin().incrementalAlterConfigs(changes).all().get();
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
  }

  @Test
  void aKnownLocalNoBeatsAnUnknownCluster() {
    Result result =
        Asking.of(cluster.broker(0), "127.0.0.1:1").ready("--listener=127.0.0.1:1", "--timeout=3s");

    assertThat(result.line()).isEqualTo("not ready: listener 127.0.0.1:1: Connection refused");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void cannotTellForABrokerOfAnotherCluster() {
    try (KafkaCluster other = KafkaCluster.kraft().brokers(1).combined().start()) {
      Result result = Asking.of(other.broker(0), cluster.bootstrapServers()).ready();

      assertThat(result.line())
          .isEqualTo(
              "cannot tell: broker 0 belongs to cluster %s, but the bootstrap servers answer for cluster %s; check --bootstrap-server"
                  .formatted(other.clusterId(), cluster.clusterId()));
      assertThat(result.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void aControllerIsReadyWhileItFollowsTheQuorum() {
    Result result =
        KafkaPodCli.packaged()
            .run(
                "ready",
                "--jmx-url=" + cluster.controllers().get(0).jmxUrl(),
                "--bootstrap-controller=" + cluster.controllers().get(0).bootstrapServer());

    assertThat(result.line()).as(result.toString()).isEqualTo("ready: controller 100");
    assertThat(result.exitCode()).isZero();
  }
}

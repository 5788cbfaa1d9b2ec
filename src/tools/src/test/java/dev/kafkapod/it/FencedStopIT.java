package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
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

/** Stops that change nothing, and stops that a running reassignment is worth waiting for. */
@Tag("matrix")
class FencedStopIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final TopicPartition GROWING = new TopicPartition("growing", 0);
  private static KafkaCluster cluster;
  private static Stopping stopping;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster =
        KafkaCluster.kraft()
            .brokers(3)
            .config("broker.session.timeout.ms", "3000")
            .config("broker.heartbeat.interval.ms", "500")
            .start();
    cluster.createTopic("pairs", Map.of(0, List.of(0, 1)), Map.of("min.insync.replicas", "2"));
    stopping = new Stopping(cluster);
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
  void letsAWedgedBrokerGoAndSaysWhatThatDoesNotCure() {
    assertThat(stopping.canStop("--brokers=1").exitCode()).isEqualTo(1);
    cluster.broker(1).pause();
    try {
      cluster.awaitIsr("pairs", 0);
      // fenced after 3 s, and silent for longer than a trusted answer may be old soon after
      Result result = awaitStop("a yes", 0, "--brokers=1");

      assertThat(result.out().lines().toList())
          .containsExactly(
              "can stop broker 1: nothing breaks (partitions there: 1); not cured by it: under-min-ISR 1 (pairs-0)",
              "  pairs-0: under-min-ISR with or without it (in sync: 0)");
      // a client that meets the wedged broker first gets no answer
      assertThat(awaitStop("a no", 1, "--brokers=0").line())
          .isEqualTo("cannot stop broker 0: leaderless 1 (pairs-0)");
    } finally {
      cluster.broker(1).resume();
    }
  }

  @Test
  void waitsForAThirdReplicaWhileItIsOnItsWayInBothCommandsAndNotForADeadOne() throws Exception {
    growSlowly();
    Asking asking = Asking.of(cluster, 0);

    assertThat(stopping.canStop("--brokers=1", "--allow-unavoidable=all").out().lines().toList())
        .contains(
            "cannot stop broker 1: under-min-ISR 1 (growing-0)",
            "  growing-0: 1 of min ISR 2 would be left (0); a reassignment is adding: 2");
    assertThat(asking.ready().line()).isEqualTo("not ready: at-min-ISR 1 (growing-0)");

    cluster.broker(2).kill();
    cluster.awaitBrokers(0, 1);
    Result dead = awaitStop("a yes", 0, "--brokers=1", "--allow-unavoidable=all");
    assertThat(dead.line()).contains("but unavoidably under-min-ISR 2 (growing-0, pairs-0)");
    assertThat(asking.awaitReady("ready", it -> it.exitCode() == 0).line()).startsWith("ready: ");

    cluster.broker(2).start();
    cluster.broker(2).awaitRunning();
    throttle("100000000");
    cluster.awaitIsr("growing", 0, 1, 2);
    assertThat(awaitStop("a yes", 0, "--brokers=2").line())
        .isEqualTo("can stop broker 2: nothing breaks (partitions there: 1)");
  }

  private static Result awaitStop(String what, int exitCode, String... options) {
    return Await.until(
        what, LIMIT, () -> stopping.canStop(options), it -> it.exitCode() == exitCode);
  }

  /** A pair with more data than the throttle lets through soon. */
  private static void growSlowly() throws Exception {
    Map<String, String> config =
        new HashMap<>(
            Map.of(
                "leader.replication.throttled.replicas", "*",
                "follower.replication.throttled.replicas", "*"));
    config.put("min.insync.replicas", "2");
    cluster.createTopic("growing", Map.of(0, List.of(0, 1)), config);
    throttle("1000");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers(), "enable.metrics.push", false),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 30; i++) {
        producer.send(new ProducerRecord<>("growing", new byte[100_000])).get();
      }
    }
    cluster
        .admin()
        .alterPartitionReassignments(
            Map.of(GROWING, Optional.of(new NewPartitionReassignment(List.of(0, 1, 2)))))
        .all()
        .get();
    Await.until(
        "the reassignment to be known",
        LIMIT,
        () -> stopping.partitions().get("growing-0").replicas().size(),
        count -> count == 3);
  }

  private static void throttle(String bytesPerSecond) throws Exception {
    cluster
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.BROKER, ""),
                List.of(
                    set("leader.replication.throttled.rate", bytesPerSecond),
                    set("follower.replication.throttled.rate", bytesPerSecond))))
        .all()
        .get();
  }

  private static AlterConfigOp set(String key, String value) {
    return new AlterConfigOp(new ConfigEntry(key, value), OpType.SET);
  }
}

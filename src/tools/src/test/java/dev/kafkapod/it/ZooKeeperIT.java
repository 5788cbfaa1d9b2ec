package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same questions to a cluster that still runs on ZooKeeper. */
@Tag("matrix")
class ZooKeeperIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String HEALTHY = "ready: broker 0, 3 brokers, 2 topics, 4 partitions";
  private static final String HARMED =
      "not ready: offline 1 (single-0), under-min-ISR 1 (single-0),"
          + " at-min-ISR 3 (orders-0, orders-1, orders-2),"
          + " under-replicated 4 (orders-0, orders-1, orders-2, …)";
  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster =
        KafkaCluster.zookeeper().brokers(3).config("zookeeper.session.timeout.ms", "6000").start();
    cluster.createTopic("orders", 3, 3, Map.of("min.insync.replicas", "2"));
    cluster.createTopic("single", Map.of(0, List.of(2)), Map.of("min.insync.replicas", "1"));
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
  void isReadyWhileEverythingIsInSync() {
    Asking asking = Asking.of(cluster, 0);
    Result result = asking.ready("--gate=strict");
    JsonNode status = asking.status();

    assertThat(result.line()).as(result.toString()).isEqualTo(HEALTHY);
    assertThat(result.exitCode()).isZero();
    assertThat(status.at("/cluster/controlPlane/mode").asText()).isEqualTo("zookeeper");
    assertThat(status.at("/cluster/trusted").asBoolean()).isTrue();
    assertThat(status.at("/broker/zooKeeperSession").asText()).isEqualTo("CONNECTED");
    assertThat(status.at("/broker/nodeId").asInt()).isZero();
    assertThat(status.at("/broker/kafkaVersion").asText()).isEqualTo("3.9.2");
  }

  @Test
  void hasStartedAndLives() {
    Result started = Asking.of(cluster, 1).started();
    Result live = Asking.of(cluster, 1).live();

    assertThat(started.line()).as(started.toString()).isEqualTo("started: broker 1 RUNNING");
    assertThat(started.exitCode()).isZero();
    assertThat(live.line()).as(live.toString()).isEqualTo("live: broker 1 RUNNING");
    assertThat(live.exitCode()).isZero();
  }

  @Test
  void namesEveryHarmThatOneDeadBrokerOfThreeDoes() {
    cluster.broker(2).kill();

    Asking asking = Asking.of(cluster, 0);
    Result result = asking.awaitReady("all that is harmed", it -> it.line().equals(HARMED));

    assertThat(result.exitCode()).isEqualTo(1);
    JsonNode status = asking.status();
    assertThat(Asking.partitions(status, "at-min-isr"))
        .containsExactly("orders-0", "orders-1", "orders-2");
    assertThat(Asking.partitions(status, "out-of-sync")).isEmpty();
    assertThat(Asking.strings(status.at("/cluster/kafkaTopics/unavailable/partitions")))
        .containsExactly("single-0");
    assertThat(Asking.condition(status, "fenced").get("state").asText()).isEqualTo("clear");
  }

  @Test
  void cannotTellWhileTheSessionWithZooKeeperIsLostAndRecoversByItself() {
    cluster.zooKeeper().pause();
    Asking asking = Asking.of(cluster, 0);
    Result result;
    JsonNode status;
    try {
      JsonNode lost =
          Await.until(
              "the broker to notice",
              LIMIT,
              () -> asking.status("--timeout=4s"),
              it -> !it.at("/broker/zooKeeperSession").asText().equals("CONNECTED"));
      result = asking.ready("--timeout=4s");
      status = asking.status("--timeout=4s");

      assertThat(lost.at("/exitCode").asInt()).as(lost.toPrettyString()).isEqualTo(3);
    } finally {
      cluster.zooKeeper().resume();
    }
    assertThat(result.line())
        .as(result.toString())
        .isIn(
            "cannot tell: the broker's session with ZooKeeper is CONNECTING, so what it knows of the cluster may be old",
            "cannot tell: no controller answers: asking the controller for reassignments got no answer in time");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(status.at("/cluster/trusted").asBoolean()).isFalse();
    assertThat(status.at("/broker/state").asText()).isEqualTo("RUNNING");
    assertThat(status.at("/cluster/partitions").asInt()).as("what brokers remember").isEqualTo(4);

    Result after = asking.awaitReady("a yes", it -> it.exitCode() == 0);
    assertThat(after.line()).isEqualTo(HEALTHY);
  }
}

package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** KRaft before Kafka 4.0, where clusters leave fenced brokers out of every list. */
@Tag("matrix")
class FormerKraftIT {

  private static final String HEALTHY = "ready: broker 0, 3 brokers, 2 topics, 4 partitions";

  /** What is said instead of that it isn't listed as soon as it is long enough ago. */
  private static final String LATE = "last caught up with the controller \\d+\\.\\d s ago";

  /** What the loss of broker 2 does, as broker 2 itself is told. */
  private static final String HARM =
      ", offline 1 (single-0), under-min-ISR 1 (single-0), at-min-ISR 3 (orders-0, orders-1, orders-2),"
          + " out-of-sync 3 (orders-0, orders-1, orders-2),"
          + " under-replicated 4 (orders-0, orders-1, orders-2, …)";

  private static KafkaCluster cluster;

  /**
   * The controller fences a broker after 3 s here, long before kafka-pod would do so by itself for
   * its not following the quorum: what shows in between is the list without it.
   */
  @BeforeAll
  static void startCluster() {
    cluster =
        KafkaCluster.kraft()
            .version("3.9.2")
            .brokers(3)
            .controllersBehindProxy()
            .config("broker.session.timeout.ms", "3000")
            .config("broker.heartbeat.interval.ms", "500")
            .start();
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
    assertThat(status.at("/cluster/controlPlane/mode").asText()).isEqualTo("kraft");
    assertThat(status.at("/broker/kafkaVersion").asText()).isEqualTo("3.9.2");
    assertThat(asking.started().line()).isEqualTo("started: broker 0 RUNNING");
    assertThat(asking.live().line()).isEqualTo("live: broker 0 RUNNING");
  }

  @Test
  void aBrokerThatIsCutOffIsFencedAndTheControllerHasNotHeardOfItForSeconds() {
    KafkaNode broker = cluster.broker(2);
    Asking throughOthers =
        Asking.of(
            broker,
            cluster.broker(0).bootstrapServer() + "," + cluster.broker(1).bootstrapServer());
    cluster.cutOffFromControllers(2);
    try {
      cluster.awaitBrokers(0, 1);
      Result unlisted = throughOthers.ready();
      Result late = throughOthers.awaitReady("lateness", it -> it.line().contains("caught up"));
      Result throughItself = Asking.of(broker, broker.bootstrapServer()).ready("--timeout=4s");

      assertThat(unlisted.line())
          .as(unlisted.toString())
          .matches(
              "not ready: fenced \\(broker 2 (isn't among the cluster's live brokers: 0, 1|"
                  + LATE
                  + ")\\)"
                  + Pattern.quote(HARM));
      assertThat(unlisted.exitCode()).isEqualTo(1);
      assertThat(late.line())
          .matches("not ready: fenced \\(broker 2 " + LATE + "\\)" + Pattern.quote(HARM));
      assertThat(late.exitCode()).isEqualTo(1);
      assertThat(throughItself.exitCode()).as(throughItself.toString()).isIn(1, 3);
      assertThat(throughOthers.live().line()).isEqualTo("live: broker 2 RUNNING");
    } finally {
      cluster.reconnectToControllers(2);
    }
    assertThat(throughOthers.awaitReady("a yes", it -> it.exitCode() == 0).line())
        .isEqualTo("ready: broker 2, 3 brokers, 2 topics, 4 partitions");
  }

  @Test
  void aDeadBrokerIsMissingFromTheListAndFromEveryIsr() {
    cluster.broker(2).kill();
    cluster.awaitBrokers(0, 1);

    Asking asking = Asking.of(cluster, 0);
    Result result = asking.ready();
    JsonNode status = asking.status();

    assertThat(result.line())
        .as(result.toString())
        .isEqualTo(
            "not ready: offline 1 (single-0), under-min-ISR 1 (single-0),"
                + " at-min-ISR 3 (orders-0, orders-1, orders-2),"
                + " under-replicated 4 (orders-0, orders-1, orders-2, …)");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(
            StreamSupport.stream(status.at("/cluster/nodes").spliterator(), false)
                .map(node -> node.get("id").asInt()))
        .containsExactlyInAnyOrder(0, 1);
    assertThat(Asking.condition(status, "fenced").get("state").asText()).isEqualTo("clear");
  }

  @Test
  void ofADeadBrokerItTellsWhatTheClusterTellsAndElseNothing() {
    cluster.broker(1).kill();
    Asking asking = Asking.of(cluster, 1);
    Result harmful = asking.awaitReady("a no", it -> it.exitCode() == 1);
    Result harmless = asking.ready("--exclude-topics=.*");
    Result started = asking.started();
    Result live = asking.live();

    String unreachable =
        "cannot tell: the broker at %s can't be reached over JMX: Connection refused, so nothing listens there; check that the broker runs, and --jmx-url"
            .formatted(cluster.broker(1).jmxUrl());
    assertThat(harmful.line())
        .isEqualTo(
            "not ready: at-min-ISR 3 (orders-0, orders-1, orders-2),"
                + " under-replicated 3 (orders-0, orders-1, orders-2)");
    assertThat(harmless.line()).isEqualTo(unreachable);
    assertThat(harmless.exitCode()).isEqualTo(3);
    assertThat(started.line()).isEqualTo(unreachable);
    assertThat(started.exitCode()).isEqualTo(3);
    assertThat(live.line()).isEqualTo(unreachable);
    assertThat(live.exitCode()).isEqualTo(3);
  }
}

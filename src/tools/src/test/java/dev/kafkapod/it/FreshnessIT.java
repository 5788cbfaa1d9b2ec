package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clusters that answer every question from memory, and are not to be believed. */
class FreshnessIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = KafkaCluster.kraft().brokers(3).controllersBehindProxy().start();
    cluster.createTopic("orders", 6, 3, Map.of("min.insync.replicas", "2"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsConnected() {
    cluster.awaitBrokers(0, 1, 2);
    cluster.awaitFullIsr();
    Asking.of(cluster, 0).awaitReady("a yes", it -> it.exitCode() == 0);
  }

  @Test
  void cannotTellWhileTheControllersArePausedAlthoughEveryDescribeCallSucceeds() {
    cluster.controllers().get(0).pause();
    try {
      Result result = Asking.of(cluster, 0).ready();
      JsonNode status = Asking.of(cluster, 0).status();

      assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
      // on a busy machine a broker's listener may be silent, too
      assertThat(result.line()).startsWith("cannot tell: ").contains("no controller answers: ");
      assertThat(status.at("/cluster/trusted").asBoolean()).isFalse();
      assertThat(status.at("/cluster/partitions").asInt())
          .as("what the brokers remember")
          .isEqualTo(6);
      assertThat(status.at("/broker/state").asText()).isEqualTo("RUNNING");
    } finally {
      cluster.controllers().get(0).resume();
    }
  }

  @Test
  @Tag("matrix")
  void aBrokerCutOffFromTheControllersIsFencedWhileItsStateSaysRunning() {
    cluster.cutOffFromControllers(2);
    try {
      Asking cutOff = Asking.of(cluster.broker(2), cluster.broker(2).bootstrapServer());
      // a no may come first from partitions that the others have given up
      Result result =
          cutOff.awaitReady(
              "a no for being fenced",
              it -> it.line().contains("fenced (broker 2 last caught up with the controller "));

      assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
      assertThat(cutOff.status().at("/broker/state").asText()).isEqualTo("RUNNING");
      assertThat(cutOff.live().line()).isEqualTo("live: broker 2 RUNNING");
    } finally {
      cluster.reconnectToControllers(2);
    }
  }

  @Test
  @Tag("matrix")
  void neverSaysYesByTheMemoryOfABrokerThatIsCutOff() {
    List<Result> wrong = new ArrayList<>();
    List<Result> all = new ArrayList<>();
    cluster.cutOffFromControllers(2);
    try {
      Await.until(
          "the truth, that replicas are missing, by asking all brokers",
          LIMIT,
          () -> {
            boolean shrunk = !cluster.underReplicatedPartitions().isEmpty();
            Result byAll = Asking.of(cluster.broker(0), cluster.bootstrapServers()).ready();
            // whoever knows only the broker that is cut off may never get beyond "cannot tell"
            Result byTheCutOff =
                Asking.of(cluster.broker(0), cluster.broker(2).bootstrapServer()).ready();
            for (Result result : List.of(byAll, byTheCutOff)) {
              all.add(result);
              if (shrunk && result.exitCode() == 0) {
                wrong.add(result);
              }
            }
            return byAll.exitCode();
          },
          code -> code == 1);
    } finally {
      cluster.reconnectToControllers(2);
    }
    assertThat(wrong).as("all answers: %s", all).isEmpty();
    assertThat(all).anySatisfy(result -> assertThat(result.exitCode()).isEqualTo(1));
  }
}

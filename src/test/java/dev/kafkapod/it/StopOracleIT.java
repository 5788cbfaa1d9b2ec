package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.tryout.Producing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Brokers of random clusters are really stopped, and what becomes of every partition is compared
 * with what {@code can-stop} has said.
 */
@Tag("matrix")
class StopOracleIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STATES = 6;

  @ParameterizedTest
  @ValueSource(longs = {7, 11})
  void exactlyTheNamedPartitionsBreakWhenABrokerStops(long seed) throws Exception {
    try (KafkaCluster cluster =
        KafkaCluster.kraft()
            .brokers(4)
            .config("broker.session.timeout.ms", "3000")
            .config("broker.heartbeat.interval.ms", "500")
            .start()) {
      RandomStates states = new RandomStates(cluster, seed, false);
      Map<String, Integer> met = new HashMap<>();
      for (int i = 0; i < STATES; i++) {
        states.next();
        for (int broker : states.live()) {
          met.merge(stopOne(cluster, states, broker, seed), 1, Integer::sum);
        }
      }
      assertThat(met)
          .as("both answers must have been met: %s", states.history())
          .containsKeys("yes", "no");
    }
  }

  /** What was said of a cluster that stayed the same while it was asked. */
  private record Said(JsonNode answer, Map<String, Stopping.Seen> before, boolean settled) {}

  private static String stopOne(KafkaCluster cluster, RandomStates states, int broker, long seed) {
    Stopping stopping = new Stopping(cluster);
    Said said =
        Await.until(
            "a state that lasts for the time of the question",
            LIMIT,
            () -> {
              String before = cluster.awaitAgreement();
              JsonNode answer =
                  stopping.canStopJson("--brokers=" + broker, "--allow-unavoidable=none");
              Map<String, Stopping.Seen> seen = stopping.partitions();
              return new Said(answer, seen, before.equals(cluster.awaitAgreement()));
            },
            Said::settled);
    assertThat(said.answer().get("answer").asText())
        .as("%s", said.answer().toPrettyString())
        .isIn("yes", "no");

    List<TopicPartition> spared = spared(said, broker);
    String failures = spared.isEmpty() ? "0" : failuresDuring(cluster, states, broker, spared);
    if (spared.isEmpty()) {
      stop(cluster, states, broker);
    }
    String scene =
        "seed %d, broker %d%n%s%n%s%n%s"
            .formatted(
                seed, broker, states.history(), said.answer().toPrettyString(), said.before());
    assertThat(failures).as(scene).isEqualTo("0");
    assertThat(brokenNow(stopping.partitions(), broker))
        .as(scene)
        .isEqualTo(new TreeSet<>(Stopping.broken(said.answer())));

    cluster.broker(broker).start();
    cluster.broker(broker).awaitRunning();
    cluster.awaitBrokers(states.live().toArray(Integer[]::new));
    awaitReturnToIsrs(stopping, said, broker);
    return said.answer().get("answer").asText();
  }

  private static String failuresDuring(
      KafkaCluster cluster, RandomStates states, int broker, List<TopicPartition> spared) {
    Producing producing = Producing.toPartitions(liveServers(cluster, states), spared, LIMIT);
    try (producing) {
      awaitMore(producing);
      stop(cluster, states, broker);
      awaitMore(producing);
    }
    return producing.failures();
  }

  private static void stop(KafkaCluster cluster, RandomStates states, int broker) {
    cluster.broker(broker).stop();
    cluster.awaitBrokers(states.live().stream().filter(it -> it != broker).toArray(Integer[]::new));
  }

  /** But where it is throttled. */
  private static void awaitReturnToIsrs(Stopping stopping, Said said, int broker) {
    Await.until(
        "broker " + broker + " to be in sync where it was",
        LIMIT,
        () -> {
          Map<String, Stopping.Seen> now = stopping.partitions();
          List<String> missing = new ArrayList<>();
          said.before()
              .forEach(
                  (name, before) -> {
                    if (before.isr().contains(broker)
                        && !name.startsWith("heavy-")
                        && now.get(name).replicas().contains(broker)
                        && !now.get(name).isr().contains(broker)) {
                      missing.add(name);
                    }
                  });
          return missing;
        },
        List::isEmpty);
  }

  private static String liveServers(KafkaCluster cluster, RandomStates states) {
    return String.join(
        ",", states.live().stream().map(it -> cluster.broker(it).bootstrapServer()).toList());
  }

  /** Partitions that the stop concerns, that are in order, and of which no harm was said. */
  private static List<TopicPartition> spared(Said said, int broker) {
    List<String> broken = Stopping.broken(said.answer());
    List<TopicPartition> spared = new ArrayList<>();
    said.before()
        .forEach(
            (name, partition) -> {
              int dash = name.lastIndexOf('-');
              if (partition.replicas().contains(broker)
                  && !partition.isBroken()
                  && !broken.contains(name)) {
                spared.add(
                    new TopicPartition(
                        name.substring(0, dash), Integer.parseInt(name.substring(dash + 1))));
              }
            });
    return spared;
  }

  private static Set<String> brokenNow(Map<String, Stopping.Seen> after, int broker) {
    Set<String> broken = new TreeSet<>();
    after.forEach(
        (name, partition) -> {
          if (partition.replicas().contains(broker) && partition.isBroken()) {
            broken.add(name);
          }
        });
    return broken;
  }

  private static void awaitMore(Producing producing) {
    long before = producing.acknowledged();
    Await.until(
        "50 more messages to be acknowledged",
        LIMIT,
        producing::acknowledged,
        now -> now >= before + 50 || producing.failed() > 0);
  }
}

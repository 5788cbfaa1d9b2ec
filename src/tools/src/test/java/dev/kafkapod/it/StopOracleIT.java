package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.tryout.Producing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Brokers of random clusters are really stopped, and what becomes of every partition is compared
 * with what {@code can-stop} has said.
 */
@Tag("oracle")
class StopOracleIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STATES = 3;
  private static final int ROUNDS = 8;

  private final Map<String, Integer> met = new HashMap<>();

  /** Topics of one to three replicas, deaths, minimums of all kinds, reassignments without end. */
  @ParameterizedTest
  @ValueSource(longs = 7)
  void exactlyTheNamedPartitionsBreakWhenABrokerStops(long seed) throws Exception {
    try (KafkaCluster cluster = noticingTheDeadSoon().brokers(4).start()) {
      RandomStates states = new RandomStates(cluster, seed, false);
      for (int i = 0; i < STATES; i++) {
        states.next();
        for (int broker : states.live()) {
          stop(cluster, states.live(), Set.of(broker), "seed " + seed + "\n" + states.history());
        }
      }
      assertThat(met).as(states.history()).containsKeys("broken", "spared");
    }
  }

  /** Topics with replicas to spare, so that a yes is common; several brokers stop together. */
  @ParameterizedTest
  @ValueSource(longs = {3, 5})
  void aYesIsKeptAndANoComesTrueForBrokersThatStopTogether(long seed) {
    Random random = new Random(seed);
    try (KafkaCluster cluster = noticingTheDeadSoon().brokers(5).start()) {
      List<Integer> all = cluster.brokers().stream().map(KafkaNode::id).toList();
      StringBuilder scene = new StringBuilder("seed " + seed);
      for (int topic = 0; topic < 6; topic++) {
        createTopic(cluster, "topic-" + topic, all, random, scene);
      }
      for (int round = 0; round < ROUNDS; round++) {
        List<Integer> live = new ArrayList<>(all);
        Collections.shuffle(live, random);
        if (round % 2 == 1) {
          int dead = live.remove(0);
          cluster.broker(dead).kill();
          cluster.awaitBrokers(live.toArray(Integer[]::new));
          scene.append("\nbroker ").append(dead).append(" is dead");
        }
        Set<Integer> stopped = new TreeSet<>(live.subList(0, 1 + random.nextInt(2)));
        stop(cluster, live, stopped, scene.toString());
        cluster.restore();
      }
      assertThat(met).as(scene.toString()).containsKeys("yes", "no", "broken", "spared");
    }
  }

  private static KafkaClusterBuilder noticingTheDeadSoon() {
    return KafkaCluster.kraft()
        .config("broker.session.timeout.ms", "3000")
        .config("broker.heartbeat.interval.ms", "500");
  }

  private static void createTopic(
      KafkaCluster cluster, String name, List<Integer> all, Random random, StringBuilder scene) {
    Map<Integer, List<Integer>> assignment = new LinkedHashMap<>();
    int replicas = 3 + random.nextInt(2);
    IntStream.range(0, 3)
        .forEach(
            partition -> {
              List<Integer> ids = new ArrayList<>(all);
              Collections.shuffle(ids, random);
              assignment.put(partition, ids.subList(0, replicas));
            });
    String minIsr = String.valueOf(1 + random.nextInt(2));
    cluster.createTopic(name, assignment, Map.of("min.insync.replicas", minIsr));
    scene.append('\n').append(name).append(' ').append(assignment).append(" min ").append(minIsr);
  }

  /** What was said of a cluster that stayed the same while it was asked. */
  private record Said(JsonNode answer, Map<String, Stopping.Seen> before, boolean settled) {
    String word() {
      return answer.get("answer").asText();
    }
  }

  /** Asks whether these may stop together, stops them, compares, and starts them again. */
  private void stop(
      KafkaCluster cluster, Collection<Integer> live, Set<Integer> stopped, String history) {
    Stopping stopping = new Stopping(cluster);
    String ids = String.join(",", stopped.stream().map(String::valueOf).toList());
    Said said =
        Await.until(
            "a state that lasts for the time of the question",
            LIMIT,
            () -> {
              String before = cluster.awaitAgreement();
              JsonNode answer =
                  stopping.canStopJson("--brokers=" + ids, "--allow-unavoidable=none");
              Map<String, Stopping.Seen> seen = stopping.partitions();
              return new Said(answer, seen, before.equals(cluster.awaitAgreement()));
            },
            Said::settled);
    String scene =
        "%s%nbrokers %s stop: %s%n%s"
            .formatted(history, ids, said.answer().toPrettyString(), said.before());
    Set<String> broken = new TreeSet<>(Stopping.broken(said.answer()));
    assertThat(said.word()).as(scene).isEqualTo(broken.isEmpty() ? "yes" : "no");
    List<Integer> left = live.stream().filter(it -> !stopped.contains(it)).toList();
    List<TopicPartition> spared = spared(said, stopped, broken);

    assertThat(failuresDuring(cluster, left, stopped, spared)).as(scene).isEqualTo("0");
    // a throttled reassignment doesn't complete so soon
    Set<String> brokenAtOnce = new TreeSet<>(broken);
    brokenAtOnce.removeAll(Stopping.brokenOnCompletion(said.answer()));
    assertThat(brokenNow(stopping.partitions(), stopped))
        .as(scene)
        .containsAll(brokenAtOnce)
        .isSubsetOf(broken);

    met.merge(said.word(), 1, Integer::sum);
    met.merge("broken", broken.size(), Integer::sum);
    met.merge("spared", spared.size(), Integer::sum);
    met.values().removeIf(count -> count == 0);
    stopped.forEach(id -> cluster.broker(id).start());
    stopped.forEach(id -> cluster.broker(id).awaitRunning());
    cluster.awaitBrokers(live.toArray(Integer[]::new));
    awaitReturnToIsrs(stopping, said, stopped);
  }

  /** Partitions that the stop concerns, that are in order, and of which no harm was said. */
  private static List<TopicPartition> spared(Said said, Set<Integer> stopped, Set<String> broken) {
    List<TopicPartition> spared = new ArrayList<>();
    said.before()
        .forEach(
            (name, partition) -> {
              int dash = name.lastIndexOf('-');
              if (partition.replicas().stream().anyMatch(stopped::contains)
                  && !partition.isBroken()
                  && !broken.contains(name)) {
                spared.add(
                    new TopicPartition(
                        name.substring(0, dash), Integer.parseInt(name.substring(dash + 1))));
              }
            });
    return spared;
  }

  private static String failuresDuring(
      KafkaCluster cluster, List<Integer> left, Set<Integer> stopped, List<TopicPartition> spared) {
    String servers =
        String.join(",", left.stream().map(it -> cluster.broker(it).bootstrapServer()).toList());
    if (spared.isEmpty()) {
      stopAll(cluster, left, stopped);
      return "0";
    }
    Producing producing = Producing.toPartitions(servers, spared, LIMIT);
    try (producing) {
      awaitMore(producing);
      stopAll(cluster, left, stopped);
      awaitMore(producing);
    }
    return producing.failures();
  }

  private static void stopAll(KafkaCluster cluster, List<Integer> left, Set<Integer> stopped) {
    stopped.forEach(id -> cluster.broker(id).stop());
    cluster.awaitBrokers(left.toArray(Integer[]::new));
  }

  private static Set<String> brokenNow(Map<String, Stopping.Seen> after, Set<Integer> stopped) {
    Set<String> broken = new TreeSet<>();
    after.forEach(
        (name, partition) -> {
          if (partition.replicas().stream().anyMatch(stopped::contains) && partition.isBroken()) {
            broken.add(name);
          }
        });
    return broken;
  }

  /** But where it is throttled. */
  private static void awaitReturnToIsrs(Stopping stopping, Said said, Set<Integer> started) {
    Await.until(
        "brokers " + started + " to be in sync where they were",
        LIMIT,
        () -> {
          Map<String, Stopping.Seen> now = stopping.partitions();
          List<String> missing = new ArrayList<>();
          said.before()
              .forEach(
                  (name, before) -> {
                    Set<Integer> expected = new TreeSet<>(before.isr());
                    expected.retainAll(started);
                    expected.retainAll(now.get(name).replicas());
                    if (!name.startsWith("heavy-") && !now.get(name).isr().containsAll(expected)) {
                      missing.add(name);
                    }
                  });
          return missing;
        },
        List::isEmpty);
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

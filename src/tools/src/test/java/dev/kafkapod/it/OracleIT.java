package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code status} counts what Kafka's own kafka-topics.sh counts, whatever has happened. */
@Tag("matrix")
class OracleIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int STATES = 6;

  /** What {@code status} calls what kafka-topics.sh filters by. */
  private static final Map<String, String> FILTERS =
      Map.of(
          "underReplicated", "--under-replicated-partitions",
          "unavailable", "--unavailable-partitions",
          "underMinIsr", "--under-min-isr-partitions",
          "atMinIsr", "--at-min-isr-partitions");

  private static final Pattern PARTITION = Pattern.compile("Topic: (\\S+)\\s+Partition: (\\d+)\\s");

  @Test
  @Tag("variant")
  void countsWhatKafkaTopicsCountsWhereBrokersHaveMinimumsOfTheirOwn() throws Exception {
    try (KafkaCluster cluster =
        fourBrokers().feature("eligible.leader.replicas.version", 0).start()) {
      assertAgreement(cluster, 9, true);
    }
  }

  @Test
  void countsWhatKafkaTopicsCountsWithEligibleLeaderReplicas() throws Exception {
    try (KafkaCluster cluster = fourBrokers().start()) {
      assertAgreement(cluster, 9, false);
    }
  }

  /** The dead are noticed after 3 s instead of 9. */
  private static KafkaClusterBuilder fourBrokers() {
    return KafkaCluster.kraft()
        .brokers(4)
        .config("broker.session.timeout.ms", "3000")
        .config("broker.heartbeat.interval.ms", "500");
  }

  private static void assertAgreement(KafkaCluster cluster, long seed, boolean brokersHaveMinimums)
      throws Exception {
    RandomStates states = new RandomStates(cluster, seed, brokersHaveMinimums);
    Map<String, Integer> most = new TreeMap<>();
    for (int i = 0; i < STATES; i++) {
      states.next();
      Answers answers = settledAnswers(cluster, states.liveBroker());

      assertThat(answers.ours())
          .as(
              "seed %d%n%s%n%s%n%s",
              seed, states.history(), answers.description(), answers.status().toPrettyString())
          .isEqualTo(answers.kafkas());
      answers.kafkas().forEach((filter, found) -> most.merge(filter, found.size(), Math::max));
    }
    assertThat(most)
        .as("a list that was empty in every state has shown nothing: %s", states.history())
        .hasSize(FILTERS.size())
        .allSatisfy((filter, size) -> assertThat(size).isPositive());
  }

  /**
   * Both answers to the same state.
   *
   * @param description the state, in the words that all brokers had for it before and after
   */
  private record Answers(
      String description,
      Map<String, List<String>> kafkas,
      Map<String, List<String>> ours,
      JsonNode status,
      boolean settled) {}

  private static Answers settledAnswers(KafkaCluster cluster, int broker) {
    return Await.until(
        "a state that lasts for the time of the questions",
        LIMIT,
        () -> {
          String before = cluster.awaitAgreement();
          Map<String, List<String>> kafkas = kafkaTopics(cluster);
          JsonNode status = Asking.of(cluster, broker).status();
          return new Answers(
              before, kafkas, ours(status), status, before.equals(cluster.awaitAgreement()));
        },
        Answers::settled);
  }

  private static Map<String, List<String>> kafkaTopics(KafkaCluster cluster) {
    Map<String, List<String>> found = new TreeMap<>();
    FILTERS.forEach(
        (name, filter) ->
            found.put(
                name,
                PARTITION
                    .matcher(cluster.topicCommand("--describe", filter))
                    .results()
                    .map(match -> match.group(1) + "-" + match.group(2))
                    .sorted()
                    .toList()));
    return found;
  }

  private static Map<String, List<String>> ours(JsonNode status) {
    Map<String, List<String>> found = new TreeMap<>();
    FILTERS.forEach(
        (name, filter) -> {
          JsonNode list = status.at("/cluster/kafkaTopics/" + name);
          List<String> partitions = new ArrayList<>(Asking.strings(list.at("/partitions")));
          assertThat(list.at("/count").asInt()).isEqualTo(partitions.size());
          found.put(name, partitions.stream().sorted().toList());
        });
    return found;
  }
}

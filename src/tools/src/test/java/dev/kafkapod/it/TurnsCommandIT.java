package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.TurnsTopic;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnRequest;
import dev.kafkapod.turns.TurnRequest.TurnKind;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an operator does with {@code kafka-pod turns}, in the order of a day. */
class TurnsCommandIT {

  private static final Duration TIME = Duration.ofSeconds(20);

  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = KafkaCluster.kraft().brokers(3).start();
    cluster.createTopic("orders", 1, 3, Map.of("min.insync.replicas", "2"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static Result run(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--bootstrap-server=" + cluster.bootstrapServers());
    all.add("--timeout=20s");
    return KafkaPodCli.packaged().run(all.toArray(String[]::new));
  }

  private static List<String> lines(Result result, int exitCode) {
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(exitCode);
    assertThat(result.err()).as(result.toString()).isEmpty();
    return result.out().lines().toList();
  }

  private static void write(TurnEntry entry) throws Exception {
    ClientSettings settings =
        new ClientSettings(
            Asked.BROKERS,
            List.of(cluster.bootstrapServers().split(",")),
            Map.of(),
            Optional.empty(),
            ClientSettings.Source.options(Asked.BROKERS));
    try (TurnsTopic topic = new TurnsTopic(settings, TurnsTopic.DEFAULT_NAME, TIME)) {
      Deadline deadline = Deadline.in(TIME);
      topic.check(true, deadline);
      topic.append(entry, deadline);
    }
  }

  private static TurnRequest request(int node, TurnKind kind) {
    Instant now = Instant.now();
    return new TurnRequest(
        "request-" + node,
        node,
        kind,
        false,
        1,
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        "kafka-" + node,
        now.minusSeconds(40),
        now.plusSeconds(3600),
        now,
        Duration.ofMinutes(10),
        kind == TurnKind.ASKS ? WaitsFor.TURN : WaitsFor.NOTHING,
        kind == TurnKind.ASKS ? "node 1 goes" : "");
  }

  @Test
  void listsAndReleasesAndTearsDown() throws Exception {
    String id = cluster.clusterId();

    // nobody has asked for a turn yet
    assertThat(lines(run("turns"), 0))
        .containsExactly(
            "nobody waits, and nobody goes",
            "note: there is no topic kafka-pod-stops yet; the first stop with turns makes it");
    assertThat(lines(run("turns", "release", "--broker=1", "--reason=x"), 1))
        .containsExactly(
            "nothing to release: node 1 has no request in topic kafka-pod-stops; kafka-pod turns lists who has");
    assertThat(lines(run("turns", "tear-down", "--end"), 0))
        .containsExactly("nobody has said that this cluster is torn down; nothing to take back");
    assertThat(lines(run("can-stop", "--brokers=0", "--turns=on"), 0))
        .contains("turns: nobody waits, and nobody goes");

    write(request(1, TurnKind.GOES));
    write(request(2, TurnKind.ASKS));

    List<String> queue = lines(run("turns", "list"), 0);
    assertThat(queue).hasSize(2);
    assertThat(queue.get(0))
        .matches("node 1 \\(kafka-1\\) goes after a wait of 40 s, and counts as stopped until .*");
    assertThat(queue.get(1))
        .matches("node 2 \\(kafka-2\\) waits for its turn, for .*: node 1 goes");

    // who goes counts as stopped, and only if turns are on
    assertThat(lines(run("can-stop", "--brokers=0"), 0).get(0)).startsWith("can stop broker 0: ");
    assertThat(lines(run("can-stop", "--brokers=0", "--turns=on"), 1))
        .anyMatch(it -> it.startsWith("turns: node 1 (kafka-1) goes "))
        .anyMatch(
            it ->
                it.startsWith(
                    "cannot stop broker 0: under-min-ISR 2 (kafka-pod-stops-0, orders-0)"));

    List<String> released =
        lines(
            run("turns", "release", "--broker=1", "--by=jane", "--reason=INC-4711 it is gone"), 0);
    assertThat(released.get(0)).startsWith("released: node 1 (kafka-1) goes ");
    assertThat(released.get(1)).startsWith("warning: node 1 may still stop");
    assertThat(lines(run("turns", "release", "--broker=1", "--reason=again"), 1)).hasSize(1);

    // no other cluster is torn down by mistake
    Result other = run("turns", "tear-down", "--cluster-id=other", "--reason=the move");
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.out()).isEmpty();
    assertThat(other.err().strip())
        .isEqualTo(
            "kafka-pod turns tear-down: --cluster-id: the cluster that answers is %s, and 'other' is meant; correct the id, or check --bootstrap-server; see kafka-pod turns tear-down --help"
                .formatted(id));
    assertThat(lines(run("turns"), 0)).noneMatch(it -> it.contains("torn down"));

    Result tornDown =
        run(
            "turns",
            "tear-down",
            "--cluster-id=" + id,
            "--by=jane",
            "--reason=the move",
            "--wait=2s");
    assertThat(lines(tornDown, 0).get(0))
        .matches("cluster %s is torn down, until \\S+Z at most, by jane: the move".formatted(id));
    assertThat(tornDown.took()).isGreaterThan(Duration.ofSeconds(2));
    assertThat(lines(run("turns"), 0).get(0)).startsWith("cluster " + id + " is torn down");
    assertThat(lines(run("turns", "tear-down", "--end"), 0))
        .containsExactly(
            "tear-down taken back (said by jane: the move); stops wait for their turn again");

    Result history = run("turns", "--history", "--output=json");
    assertThat(history.exitCode()).as(history.toString()).isZero();
    JsonNode json = new ObjectMapper().readTree(history.out());
    assertThat(json.at("/clusterId").asText()).isEqualTo(id);
    assertThat(json.at("/queue/0/node").asInt()).isEqualTo(2);
    assertThat(json.at("/history/0/what").asText()).isEqualTo("release");
    assertThat(json.at("/history/0/request").asText()).isEqualTo("request-1");
    assertThat(json.at("/history/0/by").asText()).isEqualTo("jane");
    assertThat(json.at("/history/0/reason").asText()).isEqualTo("INC-4711 it is gone");
    assertThat(json.at("/history/1/what").asText()).isEqualTo("tear-down");
    assertThat(json.at("/history/2/what").asText()).isEqualTo("end-of-tear-down");
  }
}

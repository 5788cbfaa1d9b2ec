package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.tryout.Producing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code can-stop} says, and what a stop then really does. */
@Tag("quiet")
class CanStopIT {

  private static final Map<String, String> MIN_ISR_2 = Map.of("min.insync.replicas", "2");
  private static KafkaCluster cluster;
  private static Stopping stopping;

  @BeforeAll
  static void startCluster() {
    cluster =
        KafkaCluster.kraft()
            .brokers(4)
            .brokerConfig(0, "broker.rack", "a/east")
            .brokerConfig(1, "broker.rack", "b/east")
            .brokerConfig(2, "broker.rack", "a/west")
            .brokerConfig(3, "broker.rack", "b/west")
            .start();
    cluster.createTopic("orders", Map.of(0, List.of(0, 1, 2), 1, List.of(1, 2, 0)), MIN_ISR_2);
    cluster.createTopic("roomy", Map.of(0, List.of(3, 2, 1, 0)), MIN_ISR_2);
    cluster.createTopic("pairs", Map.of(0, List.of(3, 2)), MIN_ISR_2);
    cluster.createTopic("solo", Map.of(0, List.of(3)), Map.of());
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
  void whereItSaysYesNoSendFails() {
    Result result = stopping.canStop("--brokers=1");
    assertThat(result.line()).isEqualTo("can stop broker 1: nothing breaks (partitions there: 3)");
    assertThat(result.exitCode()).isZero();

    Producing producing = produceTo("orders", 2, Duration.ofSeconds(60));
    try (producing) {
      awaitMore(producing);
      cluster.broker(1).stop();
      awaitMore(producing);
    }

    assertThat(producing.failures()).isEqualTo("0");
  }

  @Test
  @Tag("matrix")
  void whereItSaysNoTheNamedPartitionsBreakAndNoOthers() {
    cluster.broker(1).stop();
    cluster.awaitIsr("orders", 0, 2);
    Result result = stopping.canStop("--brokers=2");
    assertThat(result.out().lines().toList())
        .containsExactly(
            "cannot stop broker 2: under-min-ISR 3 (orders-0, orders-1, pairs-0)",
            "  orders-0: 1 of min ISR 2 would be left (0); missing already: 1",
            "  orders-1: 1 of min ISR 2 would be left (0); missing already: 1",
            "  pairs-0: 1 of min ISR 2 would be left (3); unavoidable with 2 replicas");
    assertThat(result.exitCode()).isEqualTo(1);

    cluster.broker(2).stop();
    cluster.awaitBrokers(0, 3);

    assertThat(failuresOf(new TopicPartition("orders", 0), new TopicPartition("roomy", 0)))
        .containsExactly("orders-0");
    assertThat(failuresOf(new TopicPartition("orders", 1), new TopicPartition("pairs", 0)))
        .containsExactly("orders-1", "pairs-0");
  }

  @Test
  void letsPassWhatIsUnavoidableOnlyAsFarAsItIsTold() {
    assertThat(stopping.canStop("--brokers=3").line())
        .isEqualTo("cannot stop broker 3: under-min-ISR 1 (pairs-0)");
    assertThat(stopping.canStop("--brokers=3", "--allow-unavoidable=none").line())
        .isEqualTo("cannot stop broker 3: leaderless 1 (solo-0), under-min-ISR 1 (pairs-0)");
    assertThat(stopping.canStop("--brokers=3", "--allow-unavoidable=all").line())
        .isEqualTo(
            "can stop broker 3: nothing breaks (partitions there: 3), but unavoidably leaderless 1 (solo-0), under-min-ISR 1 (pairs-0)");
  }

  @Test
  void takesZonesAndClustersFromTheRack() {
    assertThat(stopping.canStop("--cluster=east").out().lines().toList())
        .startsWith("cannot stop brokers 0, 1: under-min-ISR 2 (orders-0, orders-1)")
        .endsWith(
            "note: where controllers 100 run can't be seen; name those that would stop too with --brokers");
    assertThat(stopping.canStop("--zone=a", "--cluster=east").line())
        .isEqualTo("can stop broker 0: nothing breaks (partitions there: 3)");
  }

  @Test
  void listsEachBrokerAlone() {
    Result result = stopping.canStop("--all");

    assertThat(result.out().lines().toList())
        .containsExactly(
            "cannot stop each of these alone: not broker 2, not broker 3",
            "  broker 0  yes      nothing breaks (partitions there: 3)",
            "  broker 1  yes      nothing breaks (partitions there: 3)",
            "  broker 2  no       under-min-ISR 1 (pairs-0)",
            "  broker 3  no       under-min-ISR 1 (pairs-0)");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(stopping.canStop("--all", "--cluster=east").exitCode()).isZero();
  }

  @Test
  void neverSparesTheOnlyController() {
    JsonNode answer = stopping.canStopJson("--brokers=100");

    assertThat(answer.get("line").asText())
        .isEqualTo(
            "cannot stop controller 100: quorum lost (1 of 1 controllers are needed, left: none)");
    assertThat(answer.at("/stops/0/quorum/needed").asInt()).isEqualTo(1);
  }

  @Test
  void judgesTheLocalBrokerUnlessOthersAreNamed() {
    Result result = stopping.canStop("--jmx-url=" + cluster.broker(0).jmxUrl());

    assertThat(result.line()).isEqualTo("can stop broker 0: nothing breaks (partitions there: 3)");
  }

  @Test
  void judgesALocalControllerByItsQuorum() {
    Result result =
        KafkaPodCli.packaged()
            .run(
                "can-stop",
                "--bootstrap-controller=" + cluster.controllers().get(0).bootstrapServer(),
                "--jmx-url=" + cluster.controllers().get(0).jmxUrl());

    assertThat(result.line())
        .isEqualTo(
            "cannot stop controller 100: quorum lost (1 of 1 controllers are needed, left: none)");
  }

  @Test
  @Tag("matrix")
  void refusesNodesThatTheClusterDoesNotHave() {
    Result result = stopping.canStop("--brokers=1,9", "--zone=c");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().strip())
        .isEqualTo(
            "kafka-pod can-stop: --brokers: cluster %1$s has no node 9 (its nodes: 0, 1, 2, 3, 100); correct the ids, or check --bootstrap-server; --zone c: no broker of cluster %1$s runs there (their racks: a/east, a/west, b/east, b/west); correct it, and see broker.rack; see kafka-pod can-stop --help"
                .formatted(cluster.clusterId()));
  }

  @Test
  @Tag("matrix")
  void cannotTellWhileNoControllerAnswers() {
    cluster.controllers().get(0).pause();
    try {
      // on a busy machine the end of its time can come before its words, which is no yes either
      Result result =
          Await.until(
              "an answer in time",
              Duration.ofSeconds(60),
              () -> stopping.canStop("--brokers=1", "--timeout=4s"),
              it -> {
                assertThat(it.exitCode()).as(it.toString()).isEqualTo(3);
                return !it.line().equals("cannot tell: no end within --timeout")
                    && !it.line().endsWith(" gave no answer in time");
              });

      assertThat(result.line()).startsWith("cannot tell: no controller answers: ");
    } finally {
      cluster.controllers().get(0).resume();
    }
  }

  @Test
  @Tag("matrix")
  void letsGoWhereNobodyCanTellIfAnOverrideIgnoresThat(@TempDir Path runDirectory)
      throws IOException {
    Files.writeString(
        runDirectory.resolve("override"),
        "ignore = unknown\nreason = INC-4711\nsince = %s\nuntil = %s\n"
            .formatted(
                Instant.now(), Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS)));
    cluster.controllers().get(0).pause();
    try {
      Result result =
          stopping.run(
              "await-safe-stop",
              "--jmx-url=" + cluster.broker(1).jmxUrl(),
              "--max-wait=60s",
              "--timeout=5s",
              "--run-dir=" + runDirectory);

      assertThat(result.exitCode()).as(result.toString()).isZero();
      assertThat(result.took()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(45));
      assertThat(result.out().lines().reduce((first, last) -> last).orElseThrow())
          .matches(
              "can stop: override until \\S+Z: INC-4711; ignores unknown; hides: unknown: .*controller.*");
    } finally {
      cluster.controllers().get(0).resume();
    }
  }

  @Test
  @Tag("matrix")
  void waitsUntilTheStopIsSafeAndHasBeenForSomeSeconds() throws Exception {
    cluster.broker(1).stop();
    cluster.awaitIsr("orders", 0, 2);
    CompletableFuture<Result> waiting =
        CompletableFuture.supplyAsync(
            () -> stopping.run("await-safe-stop", "--brokers=0", "--max-wait=50s", "--timeout=5s"));
    // it asks at least every 5 s, so that it hears the no before the broker is back
    Result no = stopping.canStop("--brokers=0");
    assertThat(no.exitCode()).isEqualTo(1);
    cluster.broker(1).start();

    Result result = waiting.get();

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.took()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(51));
    assertThat(result.out().lines().toList())
        .contains(
            "waiting: cannot stop broker 0: under-min-ISR 2 (orders-0, orders-1)",
            "can stop broker 0: nothing breaks (partitions there: 3); asking once more, because another broker may have asked just now")
        .endsWith("can stop broker 0: nothing breaks (partitions there: 3)");
  }

  @Test
  @Tag("matrix")
  void givesUpInTimeWithTheLastAnswer() {
    cluster.broker(1).stop();
    cluster.awaitIsr("orders", 0, 2);

    Result result = stopping.run("await-safe-stop", "--brokers=0", "--max-wait=15s");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
    assertThat(result.took()).isLessThan(Duration.ofMillis(16_500));
    assertThat(result.out().lines())
        .startsWith("waiting: cannot stop broker 0: under-min-ISR 2 (orders-0, orders-1)")
        .contains("cannot stop broker 0: under-min-ISR 2 (orders-0, orders-1)");
  }

  private static Producing produceTo(String topic, int partitions, Duration patience) {
    return Producing.toPartitions(
        cluster.bootstrapServers(),
        IntStream.range(0, partitions).mapToObj(it -> new TopicPartition(topic, it)).toList(),
        patience);
  }

  private static void awaitMore(Producing producing) {
    long before = producing.acknowledged();
    Await.until(
        "100 more messages to be acknowledged",
        Duration.ofSeconds(60),
        producing::acknowledged,
        now -> now >= before + 100 || producing.failed() > 0);
  }

  private static List<String> failuresOf(TopicPartition... partitions) {
    Producing producing =
        Producing.toPartitions(
            cluster.bootstrapServers(), List.of(partitions), Duration.ofSeconds(4));
    try (producing) {
      Await.until(
          "messages to be delivered or given up",
          Duration.ofSeconds(60),
          () -> producing.failed() + producing.acknowledged(),
          count -> count >= 40);
    }
    return List.copyOf(producing.failedAt());
  }
}

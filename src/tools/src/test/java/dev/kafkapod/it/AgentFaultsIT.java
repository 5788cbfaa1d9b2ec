package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.testing.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the agent and its probe do when things go wrong. Broker 0 is like any other; broker 2's
 * agent is misconfigured; broker 3 has the agent twice; broker 4 has been given the run directory
 * and the HTTP port of broker 1.
 */
@Tag("matrix")
class AgentFaultsIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static KafkaCluster cluster;
  private static Agents agents;

  @BeforeAll
  static void startCluster() {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(5);
    agents = Agents.join(builder, 5);
    builder
        .brokerEnvironment(0, "KAFKA_POD_UNKNOWN_GRACE", "5s")
        .brokerEnvironment(4, "KAFKA_POD_RUN_DIR", agents.runDirectory(1).toString())
        .brokerEnvironment(4, "KAFKA_POD_HTTP", "127.0.0.1:" + agents.port(1))
        .brokerEnvironment(2, "KAFKA_POD_GATE", "balancd")
        .brokerEnvironment(2, "KAFKA_POD_HTTP", "8085")
        .brokerJvmOptions(3, "-javaagent:" + Agents.jar());
    cluster = builder.start();
    // started again, broker 4 finds everything taken
    cluster.broker(4).kill();
    agents.awaitReadyz(1, "anything", line -> !line.isEmpty());
    Await.until(
        "broker 1's verdict",
        LIMIT,
        () -> verdict(1),
        text -> text.contains("process " + cluster.broker(1).pid() + " "));
    cluster.broker(4).start();
    cluster.restore();
    cluster.createTopic("orders", 3, 4, Map.of("min.insync.replicas", "1"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsBackAndReady() {
    cluster.restore();
    agents.awaitReady(0);
    agents.awaitReady(3);
  }

  @Test
  void aPausedBrokerIsNoLongerReadyWithin15SecondsAndIsAgainOnceItGoesOn() {
    KafkaNode broker = cluster.broker(0);
    KafkaPodCli probe = agents.probe(broker);
    long begun = System.nanoTime();
    broker.pause();
    try {
      Result first =
          Await.until(
              "another answer than yes",
              Duration.ofSeconds(15),
              () -> probe.run("ready"),
              result -> result.exitCode() != 0);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
      assertThat(first.exitCode()).as(first.toString()).isEqualTo(3);
      assertThat(first.line()).contains("is stopped (SIGSTOP or a debugger), so it can't answer");
      assertThat(probe.run("started").exitCode()).isEqualTo(3);
      assertThat(probe.run("live").exitCode()).isZero();
    } finally {
      broker.resume();
    }
    Await.until("a yes again", LIMIT, () -> probe.run("ready"), result -> result.exitCode() == 0);
  }

  @Test
  void aPausedBrokerIsNotLiveOnceTwoWitnessesAgree() {
    KafkaNode broker = cluster.broker(0);
    KafkaPodCli probe = agents.probe(broker).with("KAFKA_POD_WEDGED_AFTER", "3s");
    broker.pause();
    try {
      Result result = Await.until("a no", LIMIT, () -> probe.run("live"), it -> it.exitCode() != 0);

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.line())
          .startsWith("not live: process " + broker.pid() + " is wedged: ")
          .contains("accepts connections and says nothing");
    } finally {
      broker.resume();
    }
    Await.until("a yes again", LIMIT, () -> probe.run("live"), it -> it.exitCode() == 0);
  }

  @Test
  void withoutControllersTheVerdictOutlivesTheGraceAndNoMore() {
    KafkaPodCli probe = agents.probe(cluster.broker(0));
    cluster.controllers().forEach(KafkaNode::pause);
    try {
      String kept =
          agents.awaitReadyz(
              0, "that it can't know", line -> line.contains("the state is unknown"));
      Result result =
          Await.until("cannot tell", LIMIT, () -> probe.run("ready"), it -> it.exitCode() == 3);

      assertThat(kept).startsWith("ready: broker 0").contains("no controller answers");
      assertThat(result.line()).startsWith("cannot tell: no controller answers");
      assertThat(probe.run("live").line()).isEqualTo("live: broker 0 RUNNING");
      assertThat(probe.run("started").line()).isEqualTo("started: broker 0 RUNNING");
    } finally {
      cluster.controllers().forEach(KafkaNode::resume);
    }
    agents.awaitReady(0);
  }

  @Test
  void aMisconfiguredAgentSaysSoOnceInTheLogAndLeavesTheRestToTheCommandLine() throws Exception {
    KafkaNode broker = cluster.broker(2);

    assertThat(linesOf(broker, "kafka-pod"))
        .singleElement()
        .asString()
        .contains(
            "kafka-pod's agent is off, and probes ask by themselves, until this is corrected and the broker restarted:"
                + " KAFKA_POD_GATE: there is no preset 'balancd' (did you mean balanced?); choose from startup, balanced, strict;"
                + " KAFKA_POD_HTTP: must be host:port with a port from 1 to 65535, got '8085'; write for example 127.0.0.1:9092");
    assertThat(agents.runDirectory(2)).isEmptyDirectory();
    assertThat(agents.probe(broker).run("ready").line()).startsWith("ready: broker 2");
    Result explained = agents.probe(broker).with("KAFKA_POD_GATE", "balancd").run("ready");
    assertThat(explained.exitCode()).isEqualTo(2);
    assertThat(explained.err()).contains("there is no preset 'balancd'");
  }

  @Test
  void twoAgentsNeverWriteOneVerdict() throws IOException {
    Await.until(
        "broker 4 to say why it can't",
        LIMIT,
        () ->
            List.of(
                linesOf(cluster.broker(4), "another process keeps its verdict there").size(),
                linesOf(cluster.broker(4), "can't answer over HTTP on").size()),
        counts -> counts.stream().allMatch(count -> count > 0));
    assertThat(verdict(1)).contains("\nprocess " + cluster.broker(1).pid() + " ");
  }

  @Test
  void theAgentTwiceOnOneCommandLineIsOneAgent() throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + cluster.broker(3).pid() + "/task"))) {
      assertThat(threads.filter(it -> name(it).equals("kafka-pod-agent"))).hasSize(1);
    }
    assertThat(linesOf(cluster.broker(3), "(WARN|ERROR) (?!.*can't be written).*kafkapod"))
        .isEmpty();
  }

  private static String name(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void aRunDirectoryThatIsDeletedIsMadeAgain() throws Exception {
    Path directory = agents.runDirectory(0);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);

    Await.until(
        "a new verdict", LIMIT, () -> verdict(0), text -> text.contains("ready 0 ready: broker 0"));
  }

  @Test
  void aFullRunDirectoryStopsTheVerdictAndNothingElse() throws Exception {
    Path directory = agents.runDirectory(3);
    try (Mount mount = Mount.tmpfs(directory, "size=16k")) {
      fill(directory.resolve("ballast"));
      KafkaPodCli probe = agents.probe(cluster.broker(3));
      Await.until(
          "the log to say so about " + mount,
          LIMIT,
          () -> linesOf(cluster.broker(3), "verdict can't be written: .*No space left on device"),
          lines -> !lines.isEmpty());

      Result fallback =
          Await.until(
              "the fallback",
              LIMIT,
              () -> probe.run("ready"),
              result -> result.err().contains("asks kafka-pod ready --direct instead"));
      assertThat(fallback.exitCode()).as(fallback.toString()).isZero();
      assertThat(agents.get(3, "/readyz").statusCode()).isEqualTo(200);
    }
    awaitVerdictOfBroker3();
  }

  @Test
  void aReadOnlyRunDirectoryStopsTheVerdictAndNothingElse() throws Exception {
    try (Mount mount = Mount.tmpfs(agents.runDirectory(3), "ro,size=16k")) {
      Await.until(
          "the log to say so about " + mount,
          LIMIT,
          () -> linesOf(cluster.broker(3), "verdict can't be written: .*Read-only file system"),
          lines -> !lines.isEmpty());

      Result fallback = agents.probe(cluster.broker(3)).run("ready");
      assertThat(fallback.exitCode()).as(fallback.toString()).isZero();
      assertThat(agents.get(3, "/readyz").statusCode()).isEqualTo(200);
    }
    awaitVerdictOfBroker3();
  }

  private static void awaitVerdictOfBroker3() {
    Await.until(
        "the verdict to be back",
        LIMIT,
        () -> agents.probe(cluster.broker(3)).run("ready"),
        result -> result.exitCode() == 0 && result.err().isEmpty());
  }

  private static void fill(Path file) {
    try {
      Files.write(file, new byte[16 * 1024]);
    } catch (IOException e) {
      // that was the intention
    }
  }

  @Test
  void aVerdictDoesNotSurviveItsProcess() {
    KafkaNode broker = cluster.broker(0);
    KafkaPodCli probe = agents.probe(broker);
    assertThat(probe.run("ready").exitCode()).isZero();

    broker.kill();

    Result result = probe.run("ready");
    assertThat(result.exitCode()).as(result.toString()).isNotZero();
    assertThat(result.err()).contains("which is gone");
    assertThat(probe.run("live").exitCode()).isZero();
  }

  private static String verdict(int broker) throws IOException {
    return Files.readString(agents.runDirectory(broker).resolve("verdict"));
  }

  private static List<String> linesOf(KafkaNode broker, String pattern) throws IOException {
    try (Stream<String> lines = Files.lines(broker.log(), StandardCharsets.UTF_8)) {
      return lines.filter(line -> line.matches(".*(" + pattern + ").*")).toList();
    }
  }
}

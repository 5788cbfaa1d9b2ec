package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The agent in three brokers that come and go, each with another set of gates. */
class AgentIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int CONTROLLER = 100;
  private static KafkaCluster cluster;
  private static Agents agents;

  @BeforeAll
  static void startCluster() {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(4);
    agents = Agents.join(builder, 4);
    agents.join(CONTROLLER, builder);
    builder
        .brokerEnvironment(0, "KAFKA_POD_GATE", "startup")
        .brokerEnvironment(2, "KAFKA_POD_GATE", "strict");
    cluster = builder.start();
    Map<String, String> minIsr = Map.of("min.insync.replicas", "1");
    cluster.createTopic("roomy", Map.of(0, List.of(0, 1, 2, 3)), minIsr);
    cluster.createTopic("pair", Map.of(0, List.of(2, 3)), minIsr);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsBackAndReady() {
    cluster.restore();
    for (int id = 0; id < 4; id++) {
      agents.awaitReady(id);
    }
  }

  @Test
  void theGateDecidesWhatAnotherBrokersDeathMeansOnceLatched() throws Exception {
    cluster.broker(3).kill();

    String balanced =
        agents.awaitReadyz(1, "at-min-ISR", line -> line.startsWith("not ready: at-min-ISR"));
    String strict =
        agents.awaitReadyz(2, "under-replicated", line -> line.contains("under-replicated"));
    // by now the third has asked too
    Await.until(
        "broker 0 to see the partition's ISR shrink",
        LIMIT,
        () -> status(0),
        status -> Asking.condition(status, "at-min-isr").get("count").asInt() == 1);

    assertThat(balanced).isEqualTo("not ready: at-min-ISR 1 (pair-0)");
    assertThat(strict).contains("under-replicated 2 (pair-0, roomy-0)");
    assertThat(agents.get(0, "/readyz").statusCode()).isEqualTo(200);
    assertThat(agents.get(1, "/readyz").statusCode()).isEqualTo(503);

    cluster.restore();
    agents.awaitReady(1);
    agents.awaitReady(2);
    assertThat(Files.readString(cluster.broker(1).log(), StandardCharsets.UTF_8))
        .containsPattern(
            // before the ISR shrinks, an agent may have seen that broker 3 is silent
            "INFO not ready: at-min-ISR 1 \\(pair-0\\) \\(had been \"(ready|cannot tell)\" for \\d+ \\w+.*\\)")
        .containsPattern(
            "INFO ready: broker 1, 4 brokers, 2 topics, 2 partitions \\(had been blocked for \\d+ s\\)");
  }

  @Test
  void aHealthyClusterIsAskedForMetadataOnceAtATimeAndForNoConfigs() throws Exception {
    long metadata = requests("Metadata");
    long configs = requests("DescribeConfigs");
    long begun = System.nanoTime();

    long asked =
        Await.until(
                "three rounds of metadata requests",
                LIMIT,
                () -> requests("Metadata"),
                count -> count - metadata >= 12)
            - metadata;

    double seconds = (System.nanoTime() - begun) / 1e9;
    assertThat(asked).as("in %.1f s", seconds).isLessThanOrEqualTo((long) (4 * (seconds / 5 + 2)));
    assertThat(requests("DescribeConfigs")).isEqualTo(configs);
  }

  private static long requests(String api) throws Exception {
    long sum = 0;
    for (KafkaNode broker : cluster.brokers()) {
      sum +=
          (Long)
              broker.attribute(
                  "kafka.network:type=RequestMetrics,name=TotalTimeMs,request=" + api, "Count");
    }
    return sum;
  }

  @Test
  @Tag("matrix")
  void aRestartedProcessStartsUnlatched() throws Exception {
    assertThat(status(0).get("latched").asBoolean()).isTrue();

    cluster.broker(3).kill();
    cluster.broker(0).kill();
    cluster.broker(0).start();

    // the gate of at-min-ISR is startup here, and counts again
    agents.awaitReadyz(0, "at-min-ISR", line -> line.contains("at-min-ISR 1 (pair-0)"));
    assertThat(status(0).get("latched").asBoolean()).isFalse();
  }

  @Test
  void allWaysToAskGiveTheSameAnswer() throws Exception {
    String ready = agents.awaitReady(1);

    Result script = agents.probe(cluster.broker(1)).run("ready");
    Result command = kafkaPod(1).run("ready");

    assertThat(script.line()).isEqualTo(ready);
    assertThat(script.exitCode()).isZero();
    assertThat(command.line()).isEqualTo(ready);
    assertThat(command.exitCode()).isZero();
    assertThat(cluster.broker(1).attribute("dev.kafkapod:type=Readiness", "Line")).isEqualTo(ready);
    assertThat(agents.probe(cluster.broker(1)).run("live").line())
        .isEqualTo("live: broker 1 RUNNING");
    assertThat(agents.probe(cluster.broker(1)).run("started").line())
        .isEqualTo("started: broker 1 RUNNING");
  }

  @Test
  void theCommandLineShowsTheAgentsStatus() {
    Result text = kafkaPod(1).run("status");
    Result json = kafkaPod(1).run("status", "--output=json");

    assertThat(text.exitCode()).as(text.toString()).isZero();
    assertThat(text.out()).contains("\nagent       asked the cluster ");
    assertThat(json.out()).contains("\"agent\" : {");
  }

  @Test
  @Tag("matrix")
  void theDirectAnswerDoesWithoutTheAgent() {
    Result direct =
        kafkaPod(1)
            .with("KAFKA_POD_PID", String.valueOf(cluster.broker(1).pid()))
            .run("ready", "--direct");

    assertThat(direct.line()).as(direct.toString()).startsWith("ready: broker 1, 4 brokers");
  }

  @Test
  void watchesAControllerToo() throws Exception {
    assertThat(agents.awaitReady(CONTROLLER)).isEqualTo("ready: controller 100");
    assertThat(agents.get(CONTROLLER, "/livez").body().strip())
        .isEqualTo("live: controller 100 up");
    assertThat(agents.get(CONTROLLER, "/startupz").statusCode()).isEqualTo(200);
  }

  @Test
  void leavesNothingBehindInTheRunDirectory() throws Exception {
    try (var files = Files.list(agents.runDirectory(1))) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("verdict", "verdict.lock");
    }
  }

  private static KafkaPodCli kafkaPod(int broker) {
    return KafkaPodCli.packaged().with("KAFKA_POD_RUN_DIR", agents.runDirectory(broker).toString());
  }

  private static JsonNode status(int broker) throws Exception {
    return new ObjectMapper().readTree(agents.get(broker, "/status").body());
  }
}

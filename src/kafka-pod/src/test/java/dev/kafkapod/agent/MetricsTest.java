package dev.kafkapod.agent;

import static dev.kafkapod.agent.AgentStates.at;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.fixtures.GoldenConditions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final AgentStates seen = new AgentStates(GatePreset.BALANCED);

  private String metrics(double seconds) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String type = Metrics.write(out, seen.now(), at(seconds));
    assertThat(type).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    return out.toString(UTF_8);
  }

  @Test
  void sayEverythingThatTheAgentKnows() throws IOException {
    seen.latched();
    seen.cluster(
        20,
        aCluster()
            .with(
                aPartition("orders", 0).leaderless(),
                aPartition("orders", 1).isr(1, 2),
                aPartition("clicks", 0).isr(1, 2))
            .withoutMinIsrOf("clicks"));
    seen.broker(21, aBroker(1).recovering(12, 3));

    GoldenConditions.assertHolds(
        Path.of("src/kafka-pod/src/test/resources/agent/metrics.txt"),
        metrics(22.5),
        condition -> "(?m)^.*\\{condition=\"" + condition + "\".*\n");
  }

  @Test
  void sayItOfEveryCondition() throws IOException {
    assertThat(
            metrics(22.5)
                .lines()
                .filter(it -> it.startsWith("kafka_pod_condition_count{"))
                .map(it -> it.split("\"", 3)[1]))
        .containsExactlyInAnyOrderElementsOf(Condition.optionNames());
  }

  @Test
  void areReadyOrNot() throws IOException {
    seen.latched();

    assertThat(metrics(12))
        .contains("\nkafka_pod_ready 1.0\n")
        .contains("\nkafka_pod_ready_exit_code 0.0\n")
        .contains("\nkafka_pod_latched 1.0\n")
        .contains("\nkafka_pod_blocked_seconds 0.0\n")
        .contains("\nkafka_pod_cluster_data_trusted 1.0\n");
  }

  @Test
  void neverTakeWhatNobodyKnowsForAYes() throws IOException {
    assertThat(metrics(3))
        .contains("\nkafka_pod_ready 0.0\n")
        .contains("\nkafka_pod_live 0.0\n")
        .contains("\nkafka_pod_started 0.0\n")
        .contains("\nkafka_pod_ready_exit_code 3.0\n")
        .contains("\nkafka_pod_latched 0.0\n")
        .contains("\nkafka_pod_blocked_seconds 3.0\n")
        .contains("\nkafka_pod_cluster_data_trusted 0.0\n")
        .contains("\nkafka_pod_condition_unknown{condition=\"offline\"} 1.0\n")
        .doesNotContain("kafka_pod_broker_state");
  }

  @Test
  void doNotTrustAClusterThatAnswersFromMemory() throws IOException {
    seen.latched();
    seen.cluster(20, aCluster().controllerSilent("no controller answers"));

    assertThat(metrics(20)).contains("\nkafka_pod_cluster_data_trusted 0.0\n");
  }

  @Test
  void haveNoStateOfAControllerWhichHasNone() throws IOException {
    seen.broker(1, aController(101));

    assertThat(metrics(1)).doesNotContain("kafka_pod_broker_state").contains("kafka_pod_live 1.0");
  }

  @Test
  void eachHaveHelpAndTypeAndTheirNameInTheFamily() throws IOException {
    seen.latched();
    List<String> lines = metrics(12).lines().toList();

    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("# HELP ")) {
        String name = lines.get(i).split(" ", -1)[2];
        assertThat(name).matches("kafka_pod_[a-z_]+");
        assertThat(lines.get(i)).hasSizeGreaterThan(("# HELP " + name + " ").length());
        assertThat(lines.get(i + 1)).isEqualTo("# TYPE " + name + " gauge");
        assertThat(lines.get(i + 2)).matches(name + "(\\{.*})? -?[0-9.E]+");
      }
    }
    assertThat(lines.stream().filter(it -> !it.startsWith("#")).map(it -> it.split("[ {]", 2)[0]))
        .allMatch(name -> lines.stream().anyMatch(it -> it.startsWith("# TYPE " + name + " ")));
  }
}

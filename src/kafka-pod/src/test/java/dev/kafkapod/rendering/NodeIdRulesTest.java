package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.MetadataLog;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A node id is the number that Kafka reads, however it is written. */
class NodeIdRulesTest {

  private static final String CONTROLLER =
      """
      process.roles=controller
      controller.listener.names=CONTROLLER
      listeners=CONTROLLER://:9093
      log.dirs=/data
      """;

  private static Rendering render(String more, Map<String, String> environment, int onDisk) {
    Directory disk =
        new Directory(
            "/data",
            true,
            new Directory.Formatted(
                Optional.of("6Gm2vrC4Tm2WPB0MqTpV8g"),
                OptionalInt.of(onDisk),
                Optional.empty(),
                Directory.Usage.NONE,
                MetadataLog.ABSENT));
    return new Renderer(directories -> List.of(disk), Optional.empty(), Clock.systemUTC())
        .render(Requests.of(CONTROLLER, more, environment, "kafka-2"));
  }

  private static List<String> problems(String more, int onDisk) {
    return Requests.problems(render(more, Map.of(), onDisk));
  }

  @Test
  void hasTenDigitsWhereKafkaTakesThem() {
    assertThat(
            problems(
                "node.id=1234567890\ncontroller.quorum.voters=1234567890@c:9093\n", 1234567890))
        .isEmpty();
    assertThat(
            problems(
                "node.id=2147483647\ncontroller.quorum.voters=2147483647@c:9093\n", 2147483647))
        .isEmpty();
    assertThat(problems("node.id=1234567890\ncontroller.quorum.voters=7@c:9093\n", 1234567890))
        .containsExactly(
            "server.properties:2: controller.quorum.voters: this controller's node id is 1234567890, and must be among the voters 7; add it, or correct KAFKA_POD_NODE_ID_BASE");
  }

  @Test
  void isTheSameNumberWithASignOrZerosBeforeIt() {
    assertThat(problems("node.id=007\ncontroller.quorum.voters=7@c:9093\n", 7)).isEmpty();
    assertThat(problems("node.id=+7\ncontroller.quorum.voters=07@c:9093\n", 7)).isEmpty();
  }

  @Test
  void isBrokerIdWhereThereIsNoNodeId() {
    assertThat(problems("broker.id=7\ncontroller.quorum.voters=7@c:9093\n", 7)).isEmpty();
    assertThat(problems("broker.id=7\nnode.id=8\ncontroller.quorum.voters=8@c:9093\n", 8))
        .containsExactly(
            "server.properties:1: broker.id: must be the same as node.id, which is 8, got '7'; remove broker.id");
  }

  @Test
  void isRefusedWhereKafkaRefusesIt() {
    assertThat(problems("node.id=2147483648\ncontroller.quorum.voters=7@c:9093\n", 7))
        .containsExactly(
            "server.properties:1: node.id: must be a whole number from 0 to 2147483647, got '2147483648'; correct it");
  }

  @Test
  void standsForItsNameAndInSums() {
    Rendering rendering =
        render(
            "controller.quorum.voters=${node.id}@c:${node.id-1234558797}\n",
            Map.of("KAFKA_NODE_ID", "1234567890"),
            1234567890);

    assertThat(Requests.problems(rendering)).isEmpty();
    assertThat(rendering.files().get(Rendering.SERVER))
        .contains("controller.quorum.voters=1234567890@c:9093");
  }

  @Test
  void namesNodeIdBeforeBrokerIdWhicheverIsWrittenLater() {
    assertThat(
            Requests.problems(
                render(
                    "node.id=7\ncontroller.quorum.voters=${node.id}@c:9093\n",
                    Map.of("KAFKA_BROKER_ID", "007"),
                    7)))
        .isEmpty();
  }
}

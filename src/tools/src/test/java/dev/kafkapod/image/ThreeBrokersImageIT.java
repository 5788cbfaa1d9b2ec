package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A StatefulSet's pods: one image, one environment, and each its own name. */
@Tag("image")
class ThreeBrokersImageIT {

  private static final String HOST = "127.0.0.5";

  private final List<Node> nodes = new ArrayList<>();

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @AfterEach
  void close() {
    nodes.forEach(Node::close);
  }

  @Test
  void threePodsBecomeAClusterWhoseProbesWaitForAMissingOne() {
    int internal = threePorts();
    int mesh = threePorts();
    int controller = threePorts();
    for (int ordinal = 0; ordinal < 3; ordinal++) {
      nodes.add(
          new Node(BuiltImage.get())
              .withEnv("KAFKA_POD_TEMPLATE", "combined")
              .withEnv("CLUSTER_ID", "MkU3OEVBNTcwNTJENDM2Qk")
              .withEnv("POD_NAMESPACE", "orders")
              .withEnv("KAFKA_POD_SERVICE", "kafka")
              .withEnv("KAFKA_POD_HTTP", "off")
              .withEnv(
                  "KAFKA_LISTENERS",
                  "INTERNAL://%1$s:${node.id+%2$d},MESH://%1$s:${node.id+%3$d},CONTROLLER://%1$s:${node.id+%4$d}"
                      .formatted(HOST, internal, mesh, controller))
              .withEnv(
                  "KAFKA_ADVERTISED_LISTENERS",
                  "INTERNAL://%1$s:${node.id+%2$d},MESH://%1$s:${node.id+%3$d}"
                      .formatted(HOST, internal, mesh))
              .withEnv(
                  "KAFKA_CONTROLLER_QUORUM_VOTERS",
                  "0@%1$s:%2$d,1@%1$s:%3$d,2@%1$s:%4$d"
                      .formatted(HOST, controller, controller + 1, controller + 2))
              .withEnv("POD_NAME", "kafka-" + ordinal));
    }
    nodes.parallelStream().forEach(Node::start);
    nodes.forEach(Node::awaitReady);

    String tools = " --bootstrap-server " + HOST + ":" + mesh + " --topic orders";
    assertThat(nodes.get(0).shell("kafka-topics.sh --create --partitions 3" + tools))
        .contains("Created topic orders.");
    nodes.get(0).shell("echo first | kafka-console-producer.sh" + tools);
    assertThat(
            nodes
                .get(2)
                .shell(
                    "kafka-console-consumer.sh --from-beginning --max-messages 1 --timeout-ms 30000"
                        + tools.replace(":" + mesh, ":" + (mesh + 2))))
        .contains("first");

    assertThat(nodes.get(2).terminate()).isEqualTo(143);
    String reason =
        Await.until(
            "another broker to be held back",
            Duration.ofMinutes(1),
            () -> nodes.get(0).shell("kafka-pod-probe ready; echo $?"),
            line -> line.endsWith("1") && line.contains("at-min-ISR"),
            nodes.get(0)::getLogs);
    // 50 of the offsets' topic and the three above
    assertThat(reason).startsWith("not ready: ").contains("at-min-ISR 53 (");

    nodes.get(2).startAgain();
    nodes.forEach(Node::awaitReady);
  }

  /** The first of three that follow each other. */
  private static int threePorts() {
    while (true) {
      int first = FreePorts.find(HOST);
      if (FreePorts.find(HOST) == first + 1 && FreePorts.find(HOST) == first + 2) {
        return first;
      }
    }
  }
}

package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.FreePorts;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Container.ExecResult;

/** How containers come and go. */
@Tag("image")
class StartAndStopImageIT {

  private static final String HOST = "127.0.0.1";

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @Test
  void stopsInOrderOnSigtermAndKeepsItsData() {
    int port = FreePorts.find(HOST);
    try (Node node =
        new Node(BuiltImage.get()).alone(port).withEnv("KAFKA_POD_STABLE_FOR", "10s")) {
      node.start();
      awaitFirstNo(node);
      node.awaitReady();
      String topics = "kafka-topics.sh --bootstrap-server " + HOST + ":" + port;
      assertThat(node.shell(topics + " --create --topic kept")).contains("Created topic kept.");

      assertThat(node.terminate()).isEqualTo(143);
      assertThat(node.logged("shut down completed")).isNotEmpty();

      node.startAgain();
      node.awaitReady();
      assertThat(node.shell(topics + " --list")).contains("kept");
    }
  }

  /** Not ready yet, which is a no and neither an error nor ignorance. */
  private static void awaitFirstNo(Node node) {
    ExecResult no =
        dev.kafkapod.testing.Await.until(
            "the first verdict",
            java.time.Duration.ofSeconds(60),
            () -> node.exec("kafka-pod-probe", "ready"),
            result -> result.getExitCode() == 1,
            node::getLogs);
    assertThat(no.getStdout()).startsWith("not ready: ");
  }

  @Test
  void aBrokenConfigurationEndsTheContainerWithAllThatIsWrong() {
    try (Node node =
        new Node(BuiltImage.get())
            .withEnv("KAFKA_NODE_ID", "1")
            .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
            .withEnv("KAFKA_LISTENERS", "PLAINTEXT://127.0.0.1:99999")) {
      node.start();

      assertThat(node.awaitExit()).isEqualTo(2);
      assertThat(node.getLogs())
          .contains("not rendered (node 1, broker and controller): 3 problems")
          .contains("controller.listener.names: must be set")
          .contains("controller.quorum.voters: must be set")
          .contains("a port must be from 1 to 65535, got 99999");
    }
  }

  @Test
  void leavesTheArchiveOfClassesOutWhereFlagsAreOthers() {
    try (Node node =
        new Node(BuiltImage.get())
            .alone(FreePorts.find(HOST))
            .withEnv("KAFKA_OPTS", "-Dsome.property=value")) {
      node.start();
      node.awaitReady();

      assertThat(node.shell("tr '\\0' ' ' </proc/1/cmdline"))
          .contains(" -Dsome.property=value ")
          .doesNotContain("AOTCache");
    }
  }

  @Test
  void runsACommandInsteadOfABroker() {
    try (Node node = new Node(BuiltImage.get()).withCommand("kafka-topics.sh", "--version")) {
      node.start();

      assertThat(node.awaitExit()).isZero();
      assertThat(node.getLogs().strip()).isEqualTo(System.getProperty("kafkapod.kafka.version"));
    }
  }
}

package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Docker makes of the image's HEALTHCHECK. */
@Tag("image")
class HealthImageIT {

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @Test
  void noticesABrokerThatHangsAfterItsStartAndOneThatGoesOn() throws Exception {
    try (Node node =
        new Node(BuiltImage.get())
            .alone(FreePorts.find("127.0.0.1"))
            .withEnv("KAFKA_POD_WEDGED_AFTER", "5s")) {
      node.start();
      assertThat(node.health()).isEqualTo("starting");
      awaitHealth(node, "healthy");

      signal("-STOP", node);
      awaitHealth(node, "unhealthy");

      signal("-CONT", node);
      awaitHealth(node, "healthy");
    }
  }

  private static void awaitHealth(Node node, String health) {
    Await.until(
        "Docker to say " + health,
        Duration.ofMinutes(3),
        node::health,
        health::equals,
        node::getLogs);
  }

  /** From outside: within its container process 1 can't be stopped. */
  private static void signal(String signal, Node node) throws IOException, InterruptedException {
    long pid =
        node.getDockerClient()
            .inspectContainerCmd(node.getContainerId())
            .exec()
            .getState()
            .getPidLong();
    assertThat(
            new ProcessBuilder("sh", "-c", "kill %s %d".formatted(signal, pid)).start().waitFor())
        .isZero();
  }
}

package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code can-stop} says of three controllers, and that it is right about two of them. */
class QuorumStopIT {

  private static KafkaCluster cluster;
  private static Stopping stopping;

  @BeforeAll
  static void startCluster() {
    cluster = KafkaCluster.kraft().brokers(1).controllers(3).start();
    stopping = new Stopping(cluster);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @Test
  @Tag("matrix")
  void sparesOneOfThreeControllersAndNoneOfTwo() {
    int gone = id(0);
    int next = id(1);
    int last = id(2);
    assertThat(awaited("--brokers=" + gone, 0).line())
        .isEqualTo("can stop controller %d: nothing breaks".formatted(gone));
    assertThat(stopping.canStop("--brokers=" + gone + "," + next).line())
        .isEqualTo(
            "cannot stop controllers %d, %d: quorum lost (2 of 3 controllers are needed, left: %d)"
                .formatted(gone, next, last));

    cluster.controllers().get(0).stop();

    assertThat(awaited("--brokers=" + next, 1).line())
        .isEqualTo(
            "cannot stop controller %d: quorum lost (2 of 3 controllers are needed, left: %d; behind: %d)"
                .formatted(next, last, gone));
    assertThat(stopping.canStop("--brokers=" + gone).line())
        .as("of one that is down already nothing more can break")
        .isEqualTo("can stop controller %d: nothing breaks".formatted(gone));
    // the yes was right: there is a quorum
    cluster.createTopic("made-by-two", Map.of(0, List.of(0)), Map.of());

    cluster.controllers().get(1).stop();

    // and so was the no
    assertThat(awaited("--brokers=" + last, 3).line()).startsWith("cannot tell: ");
  }

  private static int id(int controller) {
    KafkaNode node = cluster.controllers().get(controller);
    return node.id();
  }

  /** The voters catch up, or fall behind, within seconds. */
  private static Result awaited(String nodes, int exitCode) {
    return Await.until(
        "exit code " + exitCode + " for " + nodes,
        Duration.ofSeconds(60),
        () -> stopping.canStop(nodes),
        result -> result.exitCode() == exitCode);
  }
}

package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What two of three controllers say while the third is gone, and when it is back. */
@Timeout(300)
class AtMinQuorumIT {

  @Test
  void controllersAreNotReadyWhileNoneOfThemCouldGo() {
    try (KafkaCluster cluster = KafkaCluster.kraft().brokers(1).controllers(3).start()) {
      KafkaNode first = cluster.controllers().get(0);
      KafkaNode second = cluster.controllers().get(1);
      KafkaNode gone = cluster.controllers().get(2);
      awaitReady(controller(first, first));
      awaitReady(controller(second, first));

      gone.kill();

      String reason =
          "not ready: at-min-quorum (2 of 3 controllers have caught up, and 2 are needed; missing: %d); let none stop until more have caught up"
              .formatted(gone.id());
      assertThat(awaited(controller(first, first), 1).line()).isEqualTo(reason);
      assertThat(awaited(controller(second, first), 1).line()).isEqualTo(reason);
      assertThat(Asking.of(cluster, 0).ready().exitCode())
          .as("a broker's restart costs the quorum nothing")
          .isZero();

      gone.start();

      awaitReady(controller(first, first));
      awaitReady(controller(second, first));
      awaitReady(controller(gone, first));
    }
  }

  @Test
  @Tag("matrix")
  void nodesThatAreControllersTooAreNotReadyWhileNoneOfThemCouldGo() {
    try (KafkaCluster cluster = KafkaCluster.kraft().brokers(3).combined().start()) {
      awaitReady(() -> combined(cluster, 0));
      awaitReady(() -> combined(cluster, 1));

      cluster.broker(2).kill();

      String reason =
          "not ready: at-min-quorum (2 of 3 controllers have caught up, and 2 are needed; missing: 2); let none stop until more have caught up";
      assertThat(awaited(() -> combined(cluster, 0), 1).line()).isEqualTo(reason);
      assertThat(awaited(() -> combined(cluster, 1), 1).line()).isEqualTo(reason);

      cluster.broker(2).start();

      for (int id : List.of(0, 1, 2)) {
        awaitReady(() -> combined(cluster, id));
      }
    }
  }

  private interface Question {
    Result ask();
  }

  /** By the default gates, once it has been ready. */
  private static Question controller(KafkaNode controller, KafkaNode asked) {
    return () ->
        KafkaPodCli.packaged()
            .run(
                "ready",
                "--latched",
                "--jmx-url=" + controller.jmxUrl(),
                "--listener=" + controller.bootstrapServer(),
                "--bootstrap-controller=" + asked.bootstrapServer());
  }

  private static Result combined(KafkaCluster cluster, int id) {
    return Asking.of(cluster.broker(id), cluster.broker(id).bootstrapServer()).ready("--latched");
  }

  private static void awaitReady(Question question) {
    awaited(question, 0);
  }

  private static Result awaited(Question question, int exitCode) {
    return Await.until(
        "exit code " + exitCode,
        Duration.ofSeconds(90),
        question::ask,
        result -> result.exitCode() == exitCode);
  }
}

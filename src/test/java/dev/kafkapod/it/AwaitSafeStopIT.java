package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long {@code await-safe-stop} waits. */
@Tag("quiet")
class AwaitSafeStopIT {

  private static KafkaCluster cluster;
  private static Stopping stopping;

  @BeforeAll
  static void startCluster() {
    cluster = KafkaCluster.kraft().brokers(3).start();
    cluster.createTopic("orders", Map.of(0, List.of(0, 1, 2)), Map.of("min.insync.replicas", "2"));
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
  @Tag("matrix")
  void waitsForAllOfTheTimeWhereNobodyAnswers() {
    Result result =
        KafkaPodCli.packaged()
            .run(
                "await-safe-stop",
                "--brokers=0",
                "--bootstrap-server=127.0.0.1:" + FreePorts.find("127.0.0.1"),
                "--max-wait=30s");

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.took()).isBetween(Duration.ofMillis(29_500), Duration.ofMillis(31_500));
  }

  @Test
  @Tag("matrix")
  void waitsForAllOfTheTimeWhileAPeerIsStuck() {
    cluster.broker(1).pause();
    try {
      Result result = stopping.run("await-safe-stop", "--brokers=0", "--max-wait=30s");

      assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
      assertThat(result.took()).isBetween(Duration.ofMillis(29_500), Duration.ofMillis(31_500));
      assertThat(result.out()).contains("cannot stop broker 0: under-min-ISR 1 (orders-0)");
    } finally {
      cluster.broker(1).resume();
    }
  }
}

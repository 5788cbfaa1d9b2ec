package dev.kafkapod.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The launcher's own heap, and one that is too small, against a stand-in of 250,000 partitions. */
@Tag("quiet")
@Tag("matrix")
class LargeClusterIT {

  private static final StandInShape SHAPE = new StandInShape(6, 2000, 125, 100);
  private static ChildJvm standIn;
  private static String servers;

  @BeforeAll
  static void startStandIn() throws IOException {
    standIn = ChildJvm.start(StandInCluster.class, List.of("-Xmx1g"), SHAPE.arguments());
    servers = standIn.line();
  }

  @AfterAll
  static void stopStandIn() throws IOException {
    standIn.close();
  }

  @Test
  void theLaunchersHeapIsEnough() {
    Result result =
        KafkaPodCli.packaged()
            .run("can-stop", "--brokers=1", "--bootstrap-server=" + servers, "--timeout=40s");

    assertThat(result.line())
        .as(result.toString())
        .startsWith("cannot stop broker 1: under-min-ISR");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aHeapThatIsTooSmallIsNamedWithItsRemedy() {
    Result result =
        KafkaPodCli.packaged()
            .with("KAFKA_POD_JVM_OPTIONS", "-Xmx64m")
            .run("can-stop", "--brokers=1", "--bootstrap-server=" + servers, "--timeout=40s");

    assertThat(result.err())
        .matches(
            "kafka-pod can-stop: Java's memory isn't enough \\(.*, with a heap of at most 6\\d MB\\); raise it, for example by KAFKA_POD_JVM_OPTIONS=-Xmx\\d+m, and the container's limit with it; see kafka-pod can-stop --help\n");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
  }

  @Test
  void aHookWaitsForMemoryUntilItsTimeIsOver() {
    Result result =
        KafkaPodCli.packaged()
            .with("KAFKA_POD_JVM_OPTIONS", "-Xmx64m")
            .run(
                "await-safe-stop",
                "--brokers=1",
                "--bootstrap-server=" + servers,
                "--max-wait=25s");

    assertThat(result.out()).startsWith("waiting: cannot tell: Java's memory isn't enough");
    assertThat(result.err()).contains("KAFKA_POD_JVM_OPTIONS=-Xmx");
    assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
    assertThat(result.took()).isBetween(Duration.ofMillis(24_500), Duration.ofMillis(26_500));
  }
}

package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A broker of a ZooKeeper mode cluster dies, and the cluster lists it as in sync for as long as its
 * session lasts: 18 s by default.
 */
@Tag("matrix")
class ZooKeeperSessionIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** Two looks 5 s apart, the time for a sign of life, and what a busy machine adds. */
  private static final Duration TO_TAKE_IT_BACK = Duration.ofSeconds(14);

  private static KafkaCluster cluster;
  private static Agents agents;
  private static Stopping stopping;

  @BeforeAll
  static void startCluster() {
    KafkaClusterBuilder builder = KafkaCluster.zookeeper().brokers(3);
    for (int id = 0; id < 3; id++) {
      builder.brokerJvmOptions(id, "-XX:+DisableAttachMechanism");
    }
    agents = Agents.join(builder, 3);
    cluster = builder.start();
    cluster.createTopic("orders", 3, 3, Map.of("min.insync.replicas", "2"));
    stopping = new Stopping(cluster);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsReady() {
    cluster.restore();
    cluster.brokers().forEach(it -> agents.awaitReadyByANewVerdict(it.id()));
  }

  private static int controller() throws ExecutionException, InterruptedException {
    return cluster.admin().describeCluster().controller().get().id();
  }

  @ParameterizedTest
  @ValueSource(booleans = true)
  void nobodyIsReadyAndNobodyMayStopWhileTheIsrStillListsADeadBroker(boolean theController)
      throws Exception {
    int controller = controller();
    int dead = theController ? controller : (controller + 1) % 3;
    int one = (dead + 1) % 3;
    int other = (dead + 2) % 3;
    cluster.broker(dead).kill();
    long killed = System.nanoTime();
    CompletableFuture<Result> stop =
        CompletableFuture.supplyAsync(
            () -> stopping.run("await-safe-stop", "--brokers=" + one, "--max-wait=50s"));

    for (int id : List.of(one, other)) {
      String line = agents.awaitReadyz(id, "no yes", it -> !it.startsWith("ready: "));

      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(TO_TAKE_IT_BACK);
      assertThat(line)
          .isEqualTo(
              "cannot tell: broker %d is listed as live, but doesn't answer, so the cluster's answers may be old"
                      .formatted(dead)
                  + " (a dead broker's session with ZooKeeper lasts for up to 18.0 s)");
    }
    List<String> said =
        agents.readyzUntil(
            "both neighbours to see what is missing",
            LIMIT,
            List.of(one, other),
            it -> it.startsWith("not ready: at-min-ISR 3"));
    assertThat(said).noneMatch(it -> it.startsWith("ready: "));
    assertThat(stop.get().exitCode()).as(stop.get().toString()).isEqualTo(1);
    assertThat(stop.get().out()).doesNotContain("can stop broker " + one);
  }

  @ParameterizedTest
  @ValueSource(booleans = false)
  @Tag("variant")
  void norWhenTheDeadOneIsNotTheController(boolean theController) throws Exception {
    nobodyIsReadyAndNobodyMayStopWhileTheIsrStillListsADeadBroker(theController);
  }

  /** It can't be attached to, and nobody has named its JMX port; the session is what counts. */
  @Test
  void theLocalBrokersAgentTellsWhoItIsAndOfItsSession() {
    Result result =
        stopping.run(
            "can-stop", "--pid=" + cluster.broker(2).pid(), "--run-dir=" + agents.runDirectory(2));

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.line()).isEqualTo("can stop broker 2: nothing breaks (partitions there: 3)");
  }

  @Test
  void anotherBrokersAgentDoesNotSpeakForTheLocalOne() {
    Result result =
        stopping.run(
            "can-stop", "--pid=" + cluster.broker(2).pid(), "--run-dir=" + agents.runDirectory(1));

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.line()).contains(" is that of broker 1, but by ", " this is broker 2; ");
  }

  @Test
  void theLocalBrokersConfigurationTellsWhoItIsAndNothingOfItsSession(@TempDir Path empty) {
    Result result =
        stopping.run("can-stop", "--pid=" + cluster.broker(2).pid(), "--run-dir=" + empty);

    assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
    assertThat(result.line())
        .startsWith(
            "cannot tell: the broker's session with ZooKeeper is unknown, so what it knows of the cluster may be old")
        .contains("; that it is broker 2 is known from " + cluster.broker(2).directory());
  }

  @Test
  void aYesHoldsForLongerThanASession() {
    Result result = stopping.run("await-safe-stop", "--brokers=1", "--max-wait=60s");

    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(result.took()).isGreaterThan(Duration.ofSeconds(23));
  }

  @Test
  void aHungBrokerGivesNoSignOfLife() throws Exception {
    int hung = controller();
    cluster.broker(hung).pause();
    try {
      Result result = stopping.run("can-stop", "--brokers=" + (hung + 1) % 3);

      assertThat(result.exitCode()).as(result.toString()).isEqualTo(3);
      // that broker may also be the one that was asked for the partitions until the time was over
      assertThat(result.line())
          .matches("cannot tell: (broker %d is listed as live, but|asking) .*".formatted(hung));
    } finally {
      cluster.broker(hung).resume();
    }
  }
}

package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What agents say while the cluster can't tell: a dead broker's neighbours take their word back,
 * and silence is waited out. The session time-out is so long that fencing comes late.
 */
class GraceIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** BROKER_LAG, two looks 5 s apart, and what a busy machine adds; the session is 40 s. */
  private static final Duration TO_TAKE_IT_BACK = Duration.ofSeconds(16);

  private static KafkaCluster cluster;
  private static Agents agents;

  @BeforeAll
  static void startCluster() {
    KafkaClusterBuilder builder =
        KafkaCluster.kraft().brokers(3).controllers(3).config("broker.session.timeout.ms", "40000");
    agents = Agents.join(builder, 3);
    cluster = builder.start();
    cluster.createTopic("orders", 3, 3, Map.of("min.insync.replicas", "2"));
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsReady() {
    cluster.controllers().stream().filter(it -> !it.isAlive()).forEach(KafkaNode::start);
    cluster.restore();
    cluster.brokers().forEach(it -> agents.awaitReadyByANewVerdict(it.id()));
  }

  private static String line(int broker) throws IOException {
    return agents.readyz(broker);
  }

  private static int leader() throws ExecutionException, InterruptedException {
    return cluster.admin().describeMetadataQuorum().quorumInfo().get().leaderId();
  }

  /** Takes down what the neighbours say until both have seen that the ISR has shrunk. */
  private static List<String> untilBothKnow(int one, int other) {
    return agents.readyzUntil(
        "both neighbours to see what is missing",
        LIMIT,
        List.of(one, other),
        it -> it.startsWith("not ready: at-min-ISR 3"));
  }

  @Test
  void theNeighboursOfADeadBrokerTakeTheirYesBackLongBeforeItIsFenced() {
    cluster.broker(2).kill();
    long killed = System.nanoTime();

    for (int id : List.of(0, 1)) {
      String line = agents.awaitReadyz(id, "no yes", it -> !it.startsWith("ready: "));

      assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(TO_TAKE_IT_BACK);
      assertThat(line)
          .startsWith("cannot tell: broker 2 last caught up with the controller ")
          .endsWith(", so the cluster's answers may be old");
    }
    assertThat(untilBothKnow(0, 1)).noneMatch(it -> it.startsWith("ready: "));
  }

  @Test
  @Tag("matrix")
  void anElectionOfALeaderIsWaitedOut() throws Exception {
    int leader = leader();
    KafkaNode controller =
        cluster.controllers().stream().filter(it -> it.id() == leader).findFirst().orElseThrow();
    controller.kill();
    Await.until("a new leader", LIMIT, GraceIT::leader, it -> it != leader);

    // longer than two looks at it
    long end = System.nanoTime() + Duration.ofSeconds(12).toNanos();
    while (System.nanoTime() < end) {
      for (KafkaNode broker : cluster.brokers()) {
        assertThat(line(broker.id())).startsWith("ready: ");
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  @Test
  @Tag("matrix")
  void aQuorumWithoutMajorityIsWaitedOut() throws Exception {
    int leader = leader();
    List<KafkaNode> followers =
        cluster.controllers().stream().filter(it -> it.id() != leader).toList();
    followers.forEach(KafkaNode::pause);
    try {
      for (KafkaNode broker : cluster.brokers()) {
        assertThat(
                agents.awaitReadyz(
                    broker.id(), "a doubt", it -> it.contains("the state is unknown")))
            .startsWith("ready: ");
      }
    } finally {
      followers.forEach(KafkaNode::resume);
    }
  }
}

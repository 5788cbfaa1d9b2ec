package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How far behind a voter may be is the cluster's own setting. */
@Tag("matrix")
class QuorumFetchTimeoutIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** So long that a whole command fits in between Kafka's default of 2 s and this. */
  private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration BEYOND_THE_DEFAULT = Duration.ofSeconds(3);

  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster =
        KafkaCluster.kraft()
            .brokers(1)
            .controllers(3)
            .config("controller.quorum.fetch.timeout.ms", String.valueOf(FETCH_TIMEOUT.toMillis()))
            .start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static QuorumInfo quorum() throws ExecutionException, InterruptedException {
    return cluster.admin().describeMetadataQuorum().quorumInfo().get();
  }

  private static Duration lag(int id) throws ExecutionException, InterruptedException {
    QuorumInfo quorum = quorum();
    return Duration.ofMillis(caughtUp(quorum, quorum.leaderId()) - caughtUp(quorum, id));
  }

  private static long caughtUp(QuorumInfo quorum, int id) {
    return quorum.voters().stream()
        .filter(it -> it.replicaId() == id)
        .findFirst()
        .orElseThrow()
        .lastCaughtUpTimestamp()
        .orElseThrow();
  }

  @Test
  void aVoterCountsForAsLongAsTheFetchTimeoutAndNoLonger() throws Exception {
    Stopping stopping = new Stopping(cluster);
    int leader = quorum().leaderId();
    List<KafkaNode> followers =
        cluster.controllers().stream().filter(it -> it.id() != leader).toList();
    KafkaNode paused = followers.get(0);
    String other = "--brokers=" + followers.get(1).id();
    paused.pause();
    try {
      Await.until(
          "more lag than Kafka's default allows",
          LIMIT,
          () -> lag(paused.id()),
          it -> it.compareTo(BEYOND_THE_DEFAULT) > 0);
      Result within = stopping.canStop(other);

      assertThat(lag(paused.id())).as("too slow a machine to tell").isLessThan(FETCH_TIMEOUT);
      assertThat(within.exitCode()).as(within.toString()).isZero();

      Result beyond =
          Await.until("a no", LIMIT, () -> stopping.canStop(other), it -> it.exitCode() == 1);
      assertThat(lag(paused.id())).isGreaterThan(FETCH_TIMEOUT);
      assertThat(beyond.line())
          .contains("quorum lost (2 of 3 controllers are needed, left: %d;".formatted(leader));
    } finally {
      paused.resume();
    }
  }
}

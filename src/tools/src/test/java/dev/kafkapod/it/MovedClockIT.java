package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A leader whose clock is set back by an hour while it leads, by libfaketime. */
@Tag("matrix")
@Timeout(300)
class MovedClockIT {

  private static final List<Integer> CONTROLLERS = List.of(100, 101, 102);

  @TempDir private Path directory;
  private Path library;

  @BeforeEach
  void needsFaketime() throws IOException {
    Tools.require("faketime");
    try (Stream<Path> files = Files.walk(Path.of("/usr/lib"), 3)) {
      library =
          files
              .filter(it -> it.endsWith("libfaketimeMT.so.1"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("faketime has no libfaketimeMT.so.1"));
    }
  }

  @Test
  void offsetsTellWhoFollowsALeaderWhoseClockWasSetBack() throws Exception {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(2).controllers(3);
    for (int id : CONTROLLERS) {
      Files.writeString(clock(id), "+0");
      builder
          .brokerEnvironment(id, "LD_PRELOAD", library.toString())
          .brokerEnvironment(id, "FAKETIME_TIMESTAMP_FILE", clock(id).toString())
          .brokerEnvironment(id, "FAKETIME_CACHE_DURATION", "1")
          .brokerEnvironment(id, "FAKETIME_DISABLE_SHM", "1")
          // the JVM waits by the monotonic clock, which libfaketime must leave alone
          .brokerEnvironment(id, "FAKETIME_FORCE_MONOTONIC_FIX", "0")
          .brokerEnvironment(id, "FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }
    try (KafkaCluster cluster = builder.start()) {
      Stopping stopping = new Stopping(cluster);
      Asking asking = Asking.of(cluster, 0);
      asking.awaitReady("a yes", it -> it.exitCode() == 0);
      int leader = quorum(cluster).leaderId();

      Files.writeString(clock(leader), "-3600");
      Await.until(
          "a clock that was set back",
          Duration.ofSeconds(60),
          () -> quorum(cluster),
          it -> it.leaderId() == leader && isSetBack(it));

      // the healthy are told by offsets, each time
      for (int i = 0; i < 3; i++) {
        assertThat(inTime(() -> asking.ready("--timeout=10s")).line())
            .isEqualTo("ready: broker 0, 2 brokers, 0 topics, 0 partitions");
        assertIsYes(inTime(() -> stopping.canStop("--brokers=1")));
      }
      assertIsYes(inTime(() -> stopping.canStop("--brokers=" + follower(leader, 0))));

      // and so are the dead
      KafkaNode gone = cluster.controllers().get(follower(leader, 1) - 100);
      gone.kill();
      Result no =
          Await.until(
              "a no",
              Duration.ofSeconds(30),
              () -> stopping.canStop("--brokers=" + follower(leader, 0)),
              it -> it.exitCode() == 1);
      assertThat(no.line())
          .isEqualTo(
              "cannot stop controller %d: quorum lost (2 of 3 controllers are needed, left: %d; behind: %d)"
                  .formatted(follower(leader, 0), leader, gone.id()));

      cluster.broker(1).kill();
      Result unknown = asking.awaitReady("a doubt", it -> it.exitCode() != 0, "--timeout=10s");
      assertThat(unknown.line())
          .contains(
              "broker 1 has fetched nothing new from the controller, whose clock was set back");
      assertThat(quorum(cluster).leaderId()).isEqualTo(leader);
      assertThat(isSetBack(quorum(cluster))).isTrue();
    }
  }

  /** An answer for which there was enough time, which a busy machine may lack for two looks. */
  private static Result inTime(Callable<Result> question) {
    return Await.until(
        "an answer in time",
        Duration.ofSeconds(60),
        question,
        it -> !(it.exitCode() == 3 && it.line().contains("time")));
  }

  private static void assertIsYes(Result result) {
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }

  private Path clock(int controller) {
    return directory.resolve("clock-" + controller);
  }

  private static int follower(int leader, int index) {
    return CONTROLLERS.stream().filter(it -> it != leader).toList().get(index);
  }

  private static QuorumInfo quorum(KafkaCluster cluster) throws Exception {
    return cluster.admin().describeMetadataQuorum().quorumInfo().get(10, TimeUnit.SECONDS);
  }

  private static boolean isSetBack(QuorumInfo quorum) {
    long now =
        quorum.voters().stream()
            .filter(it -> it.replicaId() == quorum.leaderId())
            .mapToLong(it -> it.lastCaughtUpTimestamp().orElse(0))
            .max()
            .orElseThrow();
    return quorum.voters().stream()
        .map(ReplicaState::lastCaughtUpTimestamp)
        .anyMatch(it -> it.orElse(0) > now + 60_000);
  }
}

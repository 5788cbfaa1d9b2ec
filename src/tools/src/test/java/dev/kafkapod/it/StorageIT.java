package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.EntrypointNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of empty disks, in real controllers and brokers that the entrypoint starts. */
@Tag("matrix")
@Timeout(300)
class StorageIT {

  @TempDir private Path directory;

  @Test
  void controllersThatStartTogetherBecomeOneClusterAndTakeBackTheOneThatLosesItsDisk()
      throws Exception {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 3)) {
      List<EntrypointNode> nodes =
          List.of(quorum.controller(1), quorum.controller(2), quorum.controller(3));
      nodes.forEach(EntrypointNode::start);
      QuorumInfo info = quorum.awaitCaughtUp(1, 2, 3);
      for (EntrypointNode node : nodes) {
        assertThat(Files.readString(node.data().resolve("meta.properties")))
            .contains("cluster.id=" + Quorums.CLUSTER);
        assertThat(node.log()).contains("formatted " + node.data() + " for the cluster ");
      }

      int lost = info.leaderId() % 3 + 1;
      EntrypointNode victim = nodes.get(lost - 1);
      victim
          .kill()
          .loseDisk()
          .with("KAFKA_POD_BOOTSTRAP", "false")
          .with("KAFKA_POD_TIMEOUT", "20s")
          .start();

      assertThat(victim.awaitLine("a loss or a new node"))
          .matches(
              "formatted \\S+ for the cluster \\S+: a loss or a new node: controller \\d leads, and 2 of 3 voters have caught up without this one");
      quorum.awaitCaughtUp(1, 2, 3);
    }
  }

  @Test
  void aLeaderWithoutAMajorityButTheOneThatLostItsDiskMakesThatOneStop() {
    // a leader gives up when it hasn't heard of a majority for one and a half times this long
    String patient = "controller.quorum.fetch.timeout.ms=60000";
    try (Quorums quorum = new Quorums(directory, "4.3.1", 3)) {
      List<EntrypointNode> nodes =
          List.of(
              quorum.controller(1, patient),
              quorum.controller(2, patient),
              quorum.controller(3, patient));
      nodes.forEach(EntrypointNode::start);
      int leader = quorum.awaitCaughtUp(1, 2, 3).leaderId();
      int dead = leader % 3 + 1;
      int lost = dead % 3 + 1;
      nodes.get(dead - 1).kill();
      // until it lacks a record, its disk has all that is committed, and it counts as caught up
      quorum.awaitQuorum(
          "more to be committed than controller %d has".formatted(dead),
          info ->
              info.voters().stream()
                  .anyMatch(
                      it -> it.replicaId() == dead && it.logEndOffset() < info.highWatermark()));
      EntrypointNode victim = nodes.get(lost - 1).kill().loseDisk().start();

      assertThat(victim.awaitEnd()).as(victim.tail()).isEqualTo(1);
      assertThat(victim.awaitLine("must not be formatted: "))
          .isEqualTo(
              "must not be formatted: %s is empty, and of 3 voters only 1 (%d) have caught up with the quorum without controller %d, where 2 are needed: if it voted again without its log, what the cluster has committed could be lost; let the others catch up (not yet: %d), then this one is formatted by itself, or bring its disk back"
                  .formatted(victim.data(), leader, lost, dead));
      assertThat(victim.data()).doesNotExist();

      nodes.get(dead - 1).start();
      quorum.awaitQuorum(
          "controller %d to be back".formatted(dead),
          info ->
              info.voters().stream()
                  .anyMatch(
                      it ->
                          it.replicaId() == dead
                              && it.lastCaughtUpTimestamp().orElse(0)
                                  > System.currentTimeMillis() - 2000));
      victim.start();
      quorum.awaitCaughtUp(1, 2, 3);
    }
  }

  @Test
  void aControllerOfALivingClusterStopsIfNobodyAnswers() {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 3)) {
      EntrypointNode node = quorum.controller(1).with("KAFKA_POD_BOOTSTRAP", "false").start();

      assertThat(node.awaitEnd()).as(node.tail()).isEqualTo(1);
      assertThat(node.awaitLine("must not be formatted: "))
          .isEqualTo(
              "must not be formatted: %s is empty, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but no other controller answers: %s (Connection refused), %s (Connection refused); start the other controllers, or bring the disk back; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true"
                  .formatted(node.data(), quorum.address(2), quorum.address(3)));
      assertThat(node.data()).doesNotExist();
    }
  }

  @Test
  void brokersAreFormattedQuietlyWhenTheyAreNewAndLoudlyWhenTheyAreKnown() throws Exception {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 1)) {
      quorum.controller(1).start();
      quorum.awaitCaughtUp(1);
      EntrypointNode stranger = quorum.broker(9).with("CLUSTER_ID", "another-cluster").start();
      assertThat(stranger.awaitEnd()).as(stranger.tail()).isEqualTo(1);
      assertThat(stranger.awaitLine("must not be formatted: "))
          .isEqualTo(
              "must not be formatted: controller %s belongs to the cluster %s, but broker 9 is meant for another-cluster; correct KAFKA_POD_CLUSTER_ID or the controllers' addresses"
                  .formatted(quorum.address(1), Quorums.CLUSTER));

      EntrypointNode broker = quorum.broker(10);
      broker.start();
      assertThat(broker.awaitLine("formatted "))
          .endsWith(": a new broker, because the cluster doesn't know broker 10");
      broker.awaitLine("Transitioning from RECOVERY to RUNNING");
      assertThat(broker.log()).doesNotContain("WARNING");

      broker.kill().loseDisk().start();

      assertThat(broker.awaitLine("WARNING: "))
          .isEqualTo("WARNING: broker 10 comes back with an empty disk: " + broker.data());
      broker.awaitLine(
          "formatted %s for the cluster %s: the cluster knows broker 10"
              .formatted(broker.data(), Quorums.CLUSTER));
    }
  }
}

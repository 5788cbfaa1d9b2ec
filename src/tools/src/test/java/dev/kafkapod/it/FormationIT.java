package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.storage.ControllerReply.Following;
import dev.kafkapod.storage.ControllerReply.Leaderless;
import dev.kafkapod.storage.ControllerReply.Led;
import dev.kafkapod.storage.ControllerReply.Outcome;
import dev.kafkapod.testing.EntrypointNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A new cluster forms although its controllers don't start together, and one that has formed isn't
 * taken for a new one.
 */
@Timeout(400)
class FormationIT {

  private static final Leaderless NEW = new Leaderless(false);

  @TempDir private Path directory;

  private Quorums quorum(String version) {
    return new Quorums(directory, version, 3).restartingWhatEnds();
  }

  private static void assertNeverInDoubt(EntrypointNode node) {
    assertThat(node.log()).as(node.tail()).doesNotContain("cannot tell");
  }

  private static boolean isLedWithAllVotersCaughtUp(Outcome reply) {
    return reply instanceof Led led
        && led.quorum().highWatermark() > 6 // all that a new quorum writes at first
        && led.quorum().voters().stream()
            .allMatch(voter -> voter.logEndOffset() >= led.quorum().highWatermark() - 5);
  }

  @Test
  void theFirstOfThreeControllersStartsLongBeforeTheOthers() {
    try (Quorums quorum = quorum("4.3.1")) {
      List<EntrypointNode> nodes = quorum.controllers();
      nodes.get(0).start();
      quorum.awaitReply(1, NEW::equals);
      nodes.get(1).start();
      nodes.get(2).start();

      quorum.awaitCaughtUp(1, 2, 3);
      nodes.forEach(FormationIT::assertNeverInDoubt);
    }
  }

  /** Each starts only when the one before it runs, and has said all that it can. */
  @ParameterizedTest
  @CsvSource({"4.3.1, true, '2,3,1'", "3.9.2, false, '3,1,2'"})
  @Tag("matrix")
  void controllersStartOneAfterTheOtherInAnyOrder(String version, boolean dynamic, String order) {
    try (Quorums quorum = quorum(version).dynamic(dynamic)) {
      List<EntrypointNode> nodes = quorum.controllers();
      int[] ids = List.of(order.split(",")).stream().mapToInt(Integer::parseInt).toArray();
      nodes.get(ids[0] - 1).start();
      quorum.awaitReply(ids[0], NEW::equals);
      nodes.get(ids[1] - 1).start();
      quorum.awaitReply(ids[1], Led.class::isInstance);
      nodes.get(ids[2] - 1).with("KAFKA_POD_TIMEOUT", "20s").start();

      quorum.awaitCaughtUp(1, 2, 3);
      nodes.forEach(FormationIT::assertNeverInDoubt);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4.3.1, false, '1,2,3'",
    "4.3.1, false, '3,2,1'",
    "4.3.1, true, '1,2,3'",
    "3.9.2, false, '1,2,3'",
    "3.9.2, true, '2,1,3'"
  })
  @Tag("matrix")
  @Tag("variant")
  void andInOthers(String version, boolean dynamic, String order) {
    controllersStartOneAfterTheOtherInAnyOrder(version, dynamic, order);
  }

  /** The first dies as soon as it is formatted, the second while it is alone. */
  @ParameterizedTest
  @ValueSource(booleans = true)
  @Tag("matrix")
  void controllersThatCrashWhileTheClusterFormsDoNotKeepItFromForming(boolean dynamic) {
    try (Quorums quorum = quorum("4.3.1").dynamic(dynamic)) {
      List<EntrypointNode> nodes = quorum.controllers();
      nodes.get(0).start().awaitLine("formatted " + nodes.get(0).data());
      nodes.get(0).kill();
      nodes.get(1).start();
      quorum.awaitReply(2, NEW::equals);
      nodes.get(1).kill().start();
      nodes.get(2).start();
      quorum.awaitReply(2, Led.class::isInstance);
      nodes.get(2).kill();
      nodes.get(0).start();
      quorum.awaitReply(1, Led.class::isInstance);
      nodes.get(2).start();

      quorum.awaitCaughtUp(1, 2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = false)
  @Tag("variant")
  @Tag("matrix")
  void norDoStaticOnes(boolean dynamic) {
    controllersThatCrashWhileTheClusterFormsDoNotKeepItFromForming(dynamic);
  }

  /** Starts and kills them at random; what was started last stays. */
  @ParameterizedTest
  @ValueSource(longs = 2)
  @Tag("matrix")
  void controllersThatComeAndGoAtRandomFormInTheEnd(long seed) {
    Random random = new Random(seed);
    try (Quorums quorum = quorum("4.3.1").dynamic(seed % 2 == 0)) {
      List<EntrypointNode> nodes = quorum.controllers();
      for (int i = 0; i < 6; i++) {
        EntrypointNode node = nodes.get(random.nextInt(3));
        if (node.isAlive()) {
          node.kill();
        }
        node.start();
        switch (random.nextInt(3)) {
          case 0 -> node.awaitLineOrEnd("formatted " + node.data());
          case 1 -> node.awaitLineOrEnd("Kafka version: ");
          default -> {} // killed, perhaps, before it has done anything
        }
      }

      quorum.awaitCaughtUp(1, 2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  @Tag("variant")
  @Tag("matrix")
  void soDoThoseThatComeAndGoOtherwise(long seed) {
    controllersThatComeAndGoAtRandomFormInTheEnd(seed);
  }

  @Test
  @Tag("matrix")
  void oneThatIsToldTooEarlyThatTheClusterLivesOnlyWaits() {
    try (Quorums quorum = quorum("4.3.1")) {
      List<EntrypointNode> nodes = quorum.controllers();
      nodes.get(0).start();
      quorum.awaitReply(1, NEW::equals);
      EntrypointNode told = nodes.get(1).with("KAFKA_POD_BOOTSTRAP", "false").start();
      assertThat(told.awaitEnd()).as(told.tail()).isEqualTo(1);
      assertThat(told.awaitLine("must not be formatted: "))
          .contains("but the other controllers name no leader: " + quorum.address(1));
      nodes.get(2).start();
      quorum.awaitReply(3, Led.class::isInstance);
      told.with("KAFKA_POD_TIMEOUT", "20s").start();

      quorum.awaitCaughtUp(1, 2, 3);
    }
  }

  @Test
  @Tag("matrix")
  void aLeaderThatLosesItsDiskWaitsForTheElectionOfAnother() {
    try (Quorums quorum = quorum("4.3.1")) {
      List<EntrypointNode> nodes = quorum.controllers();
      nodes.forEach(EntrypointNode::start);
      int leader = quorum.awaitCaughtUp(1, 2, 3).leaderId();
      EntrypointNode lost = nodes.get(leader - 1).kill().loseDisk();

      lost.with("KAFKA_POD_TIMEOUT", "20s").start();

      lost.awaitLine("2 of 3 voters have caught up without this one");
      quorum.awaitCaughtUp(1, 2, 3);
    }
  }

  @Test
  @Tag("matrix")
  void combinedNodesAndBrokersThatComeFirstFindTheirCluster() {
    try (Quorums quorum = quorum("4.3.1")) {
      EntrypointNode broker = quorum.broker(10).start();
      broker.awaitLine("formatted " + broker.data());
      List<EntrypointNode> nodes =
          List.of(quorum.combined(1), quorum.combined(2), quorum.combined(3));
      nodes.get(2).start();
      quorum.awaitReply(3, NEW::equals);
      EntrypointNode second = quorum.broker(11).start();
      second.awaitLine("formatted " + second.data());
      nodes.get(0).start();
      nodes.get(1).start();

      quorum.awaitCaughtUp(1, 2, 3);
      for (EntrypointNode node : List.of(broker, second, nodes.get(0), nodes.get(2))) {
        node.awaitLine("Transitioning from RECOVERY to RUNNING");
        assertNeverInDoubt(node);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "3.9.2"})
  @Tag("matrix")
  void whatHasFormedIsNotNewWhenItsLeaderIsLost(String version) {
    try (Quorums quorum = quorum(version)) {
      List<EntrypointNode> nodes = quorum.controllers();
      nodes.forEach(EntrypointNode::start);
      // not by Kafka's Admin: a 3.9.2 controller whose registration went down with a leader doesn't
      // repeat it, and Admin finds no leader that isn't registered
      int leader =
          ((Led) quorum.awaitReply(1, FormationIT::isLedWithAllVotersCaughtUp)).quorum().leaderId();
      int left = leader % 3 + 1;
      int other = left % 3 + 1;
      // a follower may have all records before it hears what of them is committed
      nodes.get(left - 1).awaitLine("oader finished catching up to the current high water mark");
      nodes.get(leader - 1).kill().loseDisk();
      nodes.get(other - 1).kill();
      quorum.awaitReply(left, it -> it instanceof Following || it.equals(new Leaderless(true)));

      EntrypointNode lost = nodes.get(leader - 1).start();

      assertThat(lost.awaitEnd()).as(lost.tail()).isEqualTo(1);
      assertThat(lost.awaitLine("must not be formatted: "))
          .contains("the cluster isn't new, but no leader can be asked");
      EntrypointNode broker = quorum.broker(10).start();
      assertThat(broker.awaitEnd()).as(broker.tail()).isEqualTo(1);

      nodes.get(other - 1).start();
      lost.with("KAFKA_POD_TIMEOUT", "20s").start();
      quorum.awaitReply(leader, FormationIT::isLedWithAllVotersCaughtUp);
    }
  }

  /** With a metadata.version before 3.7, controllers refuse Kafka's Admin for good. */
  @Test
  @Tag("matrix")
  void aClusterOfOldMetadataIsAskedAllTheSame() {
    try (Quorums quorum = quorum("3.9.2")) {
      List<EntrypointNode> nodes = quorum.controllers();
      for (EntrypointNode node : nodes) {
        node.formatBy("3.9.2", Quorums.CLUSTER, "--release-version", "3.6").start();
      }
      int leader = ((Led) quorum.awaitReply(1, Led.class::isInstance)).quorum().leaderId();
      int lost = leader % 3 + 1;
      EntrypointNode victim = nodes.get(lost - 1).kill().loseDisk();

      victim.with("KAFKA_POD_BOOTSTRAP", "false").with("KAFKA_POD_TIMEOUT", "20s").start();

      victim.awaitLine("2 of 3 voters have caught up without this one");
      EntrypointNode broker = quorum.broker(10).start();
      broker.awaitLine(": a new broker, because the cluster doesn't know broker 10");
      EntrypointNode stranger = quorum.broker(11).with("CLUSTER_ID", "another-cluster").start();
      assertThat(stranger.awaitEnd()).as(stranger.tail()).isEqualTo(1);
      stranger.awaitLine(" belongs to another cluster, but broker 11 is meant for another-cluster");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "4.3.1")
  @Tag("matrix")
  void controllersBehindTlsAndPasswordsFormOneAfterTheOther(String version) {
    try (Quorums quorum = quorum(version).secured()) {
      List<EntrypointNode> nodes = quorum.controllers();
      nodes.get(1).start();
      quorum.awaitReply(2, NEW::equals);
      nodes.get(0).start();
      nodes.get(2).start();

      quorum.awaitCaughtUp(1, 2, 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  @Tag("matrix")
  @Tag("variant")
  void soDoThoseOfFormerKafka(String version) {
    controllersBehindTlsAndPasswordsFormOneAfterTheOther(version);
  }
}

package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Finding.Clear;
import dev.kafkapod.readiness.Finding.Holds;
import dev.kafkapod.readiness.Finding.NotApplicable;
import dev.kafkapod.readiness.Finding.Unknown;
import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a process with the controller role is a sound member of its quorum. */
class QuorumConditionTest {

  @Test
  void findsAControllerThatFollowsItsLeaderInOrder() {
    assertThat(quorum(aController(102), aCluster())).isEqualTo(new Clear());
  }

  @Test
  void findsTheLeaderOfAMajorityInOrder() {
    assertThat(quorum(aController(101), aCluster())).isEqualTo(new Clear());
  }

  @Test
  void findsABrokerThatIsAlsoAControllerInOrder() {
    assertThat(quorum(aBroker(2).alsoController(), aCluster().voters(1, 2, 3)))
        .isEqualTo(new Clear());
  }

  @Test
  void asksNothingOfABroker() {
    assertThat(quorum(aBroker(1), aCluster()))
        .isEqualTo(new NotApplicable("this process isn't a controller"));
  }

  @Test
  void holdsWhileTheControllerKnowsOfNoLeader() {
    assertThat(quorum(anObservation().of(aController(102).withoutQuorumLeader())))
        .isEqualTo(new Holds("has no leader, says controller 102"));
  }

  @Test
  void holdsWithoutALeaderThoughTheClusterDoesNotAnswer() {
    assertThat(
            quorum(
                anObservation()
                    .of(aBroker(1).alsoController().withoutQuorumLeader())
                    .clusterUnknown("no cluster")))
        .isEqualTo(new Holds("has no leader, says broker 1"));
  }

  @Test
  void goesByTheLeadersWordWhereTheControllerSaysNothingOfTheQuorum() {
    assertThat(quorum(aController(102).withoutRaft(), aCluster())).isEqualTo(new Clear());
  }

  @Test
  void findsAControllerUpToTwoSecondsBehindInOrder() {
    assertThat(quorum(aController(102), aCluster().lag(102, Duration.ofSeconds(2))))
        .isEqualTo(new Clear());
  }

  @Test
  void holdsForAControllerThatIsFurtherBehind() {
    assertThat(quorum(aController(102), aCluster().lag(102, Duration.ofMillis(2_001))))
        .isEqualTo(new Holds("leader 101: controller 102 last caught up 2.0 s ago"));
  }

  @Test
  void goesByTheFetchTimeoutOfThisQuorum() {
    ClusterTimeouts longer =
        ClusterTimeouts.in(Map.of("controller.quorum.fetch.timeout.ms", "10000"));
    ClusterTimeouts shorter =
        ClusterTimeouts.in(Map.of("controller.quorum.fetch.timeout.ms", "1000"));

    assertThat(
            quorum(aController(102), aCluster().timeouts(longer).lag(102, Duration.ofSeconds(10))))
        .isEqualTo(new Clear());
    assertThat(
            quorum(
                aController(102), aCluster().timeouts(longer).lag(102, Duration.ofMillis(10_001))))
        .isInstanceOf(Holds.class);
    assertThat(
            quorum(
                aController(102), aCluster().timeouts(shorter).lag(102, Duration.ofMillis(1_001))))
        .isInstanceOf(Holds.class);
  }

  @Test
  void holdsForAControllerThatHasNeverCaughtUp() {
    assertThat(quorum(aController(102), aCluster().neverCaughtUp(102)))
        .isEqualTo(new Holds("leader 101: controller 102 has never caught up"));
  }

  @Test
  void holdsForAControllerThatIsNoVoter() {
    assertThat(quorum(aController(104), aCluster()))
        .isEqualTo(
            new Holds(
                "of leader 101 doesn't count controller 104 among its voters;"
                    + " add it with kafka-metadata-quorum.sh add-controller"));
  }

  @Test
  void holdsForAControllerThatOnlyObserves() {
    assertThat(quorum(aController(104), aCluster().lag(104, Duration.ZERO)))
        .isEqualTo(
            new Holds(
                "of leader 101 doesn't count controller 104 among its voters;"
                    + " add it with kafka-metadata-quorum.sh add-controller"));
  }

  @Test
  void holdsForANewDiskThoughTheLostOneWasHeardOfJustNow() {
    assertThat(
            quorum(
                aController(102).inQuorum("observer"),
                aCluster().replacedDisk(102, Duration.ofSeconds(1))))
        .isEqualTo(
            new Holds(
                "of leader 101 knows controller 102 by another disk (directory old-102),"
                    + " and this one has no vote; remove the old voter, then add this one:"
                    + " kafka-metadata-quorum.sh remove-controller and add-controller"));
  }

  @Test
  void holdsForANewDiskWhereKafkaDoesNotTellDisksApart() {
    assertThat(quorum(aController(102).inQuorum("observer"), aCluster()))
        .isEqualTo(
            new Holds(
                "of leader 101 knows controller 102 by another disk,"
                    + " and this one has no vote; remove the old voter, then add this one:"
                    + " kafka-metadata-quorum.sh remove-controller and add-controller"));
  }

  @Test
  void goesByTheVotersOwnDiskAndNotByTheNewOneOfItsNode() {
    assertThat(quorum(aController(102), aCluster().replacedDisk(102, Duration.ofSeconds(60))))
        .isEqualTo(new Holds("leader 101: controller 102 last caught up 60.0 s ago"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"unattached", "voted"})
  void cannotTellWhichOfTwoDisksAProcessHasThatNeitherLeadsNorFollows(String role) {
    assertThat(quorum(aController(102).inQuorum(role), aCluster().replacedDisk(102, Duration.ZERO)))
        .isEqualTo(
            new Unknown(
                "controller 102 is listed both as a voter and as an observer,"
                    + " and doesn't say which of them it is"));
  }

  @Test
  void cannotTellWhichOfTwoDisksAProcessHasThatSaysNothingOfTheQuorum() {
    assertThat(quorum(aController(102).withoutRaft(), aCluster().replacedDisk(102, Duration.ZERO)))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void findsTheVoterInOrderWhoseLostDiskIsStillListed() {
    assertThat(quorum(aController(102), aCluster().replacedDisk(102, Duration.ZERO)))
        .isEqualTo(new Clear());
  }

  @Test
  void doesNotMindThatABrokerLagsBehind() {
    assertThat(quorum(aController(102), aCluster().lag(1, Duration.ofSeconds(60))))
        .isEqualTo(new Clear());
  }

  @Test
  void cannotTellOfALeaderWithoutAMajority() {
    ClusterBuilder cluster =
        aCluster().lag(102, Duration.ofSeconds(6)).lag(103, Duration.ofSeconds(6));

    assertThat(quorum(aController(101), cluster))
        .isEqualTo(
            new Unknown(
                "controller 101 answers as the quorum's leader,"
                    + " but no majority of the 3 voters has followed it for 5.0 s"));
  }

  @Test
  void cannotTellFromALeaderWithoutAMajorityWhoIsAVoter() {
    ClusterBuilder cluster = aCluster().neverCaughtUp(102).neverCaughtUp(103);

    assertThat(quorum(aController(104), cluster))
        .isEqualTo(
            new Unknown(
                "controller 101 answers as the quorum's leader,"
                    + " but no majority of the 3 voters has followed it for 5.0 s"));
  }

  @Test
  void findsALeaderInOrderWhoseMajorityIsWithinFiveSeconds() {
    ClusterBuilder cluster =
        aCluster().lag(102, Duration.ofSeconds(5)).lag(103, Duration.ofSeconds(6));

    assertThat(quorum(aController(101), cluster)).isEqualTo(new Clear());
  }

  @Test
  void cannotTellWhileNoControllerAnswers() {
    assertThat(quorum(aController(102), aCluster().controllerSilent("no controller answers")))
        .isEqualTo(new Unknown("no controller answers"));
  }

  @Test
  void cannotTellWithoutTheCluster() {
    assertThat(quorum(anObservation().of(aController(102)).clusterUnknown("no cluster")))
        .isEqualTo(new Unknown("no cluster"));
  }

  @Test
  void cannotTellOfAProcessThatDoesNotAnswer() {
    assertThat(quorum(anObservation().brokerUnknown("no JMX"))).isEqualTo(new Unknown("no JMX"));
  }

  @Test
  void cannotTellOfAControllerWithoutANodeId() {
    assertThat(quorum(aController(102).withoutNodeId(), aCluster()))
        .isEqualTo(new Unknown("the controller's node id isn't known yet"));
  }

  @Test
  void cannotTellFromAnotherCluster() {
    assertThat(quorum(aController(104), aCluster().id("cluster-B")))
        .isEqualTo(
            new Unknown(
                "controller 104 belongs to cluster cluster-A,"
                    + " but the bootstrap servers answer for cluster cluster-B;"
                    + " check --bootstrap-server"));
  }

  @Test
  void cannotTellFromAClusterThatRunsOnZooKeeper() {
    assertThat(
            quorum(
                aController(102).withZooKeeperSession("CONNECTED"), aCluster().inZooKeeperMode()))
        .isEqualTo(new Unknown("the cluster has no controller quorum"));
  }

  private static Finding quorum(BrokerBuilder process, ClusterBuilder cluster) {
    return quorum(anObservation().of(process).in(cluster));
  }

  private static Finding quorum(ObservationBuilder observation) {
    return Judging.finding(Condition.QUORUM, observation);
  }
}

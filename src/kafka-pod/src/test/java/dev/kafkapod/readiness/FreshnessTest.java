package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

  @Test
  void believesAClusterWhoseBrokersAllFollowTheController() {
    assertThat(distrust(aCluster())).isEmpty();
  }

  @Test
  void believesNobodyWhileNoControllerAnswers() {
    assertThat(distrust(aCluster().controllerSilent("no controller answers: timed out")))
        .contains("no controller answers: timed out");
  }

  @Test
  void believesABrokerUpToFiveSecondsBehind() {
    assertThat(distrust(aCluster().lag(2, Duration.ofSeconds(5)))).isEmpty();
  }

  @Test
  void namesABrokerThatIsFurtherBehind() {
    assertThat(distrust(aCluster().lag(2, Duration.ofMillis(5001))))
        .contains(
            "broker 2 last caught up with the controller 5.0 s ago,"
                + " so the cluster's answers may be old");
  }

  @Test
  void believesABrokerByTheDiskThatItFollowsByNow() {
    assertThat(distrust(aCluster().voters(1, 2, 3).replacedDisk(2, Duration.ofMinutes(1))))
        .isEmpty();
  }

  @Test
  void countsNoMajorityByDisksThatReplacedThoseOfVoters() {
    ClusterBuilder cluster =
        aCluster()
            .voters(1, 2, 3)
            .replacedDisk(2, Duration.ofMinutes(1))
            .replacedDisk(3, Duration.ofMinutes(1));

    assertThat(distrust(cluster))
        .contains(
            "controller 1 answers as the quorum's leader,"
                + " but no majority of the 3 voters has followed it for 5.0 s");
  }

  @Test
  void namesABrokerThatTheControllerDoesNotKnow() {
    assertThat(distrust(aCluster().unknownToTheLeader(2)))
        .contains(
            "broker 2 isn't following the controller at all,"
                + " so the cluster's answers may be old");
  }

  @Test
  void namesEveryLaggardInOrder() {
    ClusterBuilder cluster =
        aCluster().lag(3, Duration.ofSeconds(60)).neverCaughtUp(2).lag(1, Duration.ofMillis(7_390));

    assertThat(distrust(cluster))
        .contains(
            "broker 1 last caught up with the controller 7.3 s ago,"
                + " broker 2 isn't following the controller at all,"
                + " broker 3 last caught up with the controller 60.0 s ago,"
                + " so the cluster's answers may be old");
  }

  @Test
  void asksNothingOfABrokerThatTheControllerHasFenced() {
    assertThat(distrust(aCluster().fenced(3).lag(3, Duration.ofSeconds(60)))).isEmpty();
  }

  @Test
  void doesNotBelieveABrokerThatAnsweredButIsNotListed() {
    ClusterBuilder cluster =
        aCluster().notListing(3).answeredBy(1, 3).lag(3, Duration.ofSeconds(60));

    assertThat(distrust(cluster))
        .contains(
            "broker 3 last caught up with the controller 60.0 s ago,"
                + " so the cluster's answers may be old");
  }

  @Test
  void believesALeaderThatAMajorityFollows() {
    assertThat(distrust(aCluster().lag(103, Duration.ofSeconds(60)))).isEmpty();
  }

  @Test
  void doesNotBelieveALeaderThatNoMajorityFollows() {
    ClusterBuilder cluster = aCluster().lag(102, Duration.ofSeconds(6)).neverCaughtUp(103);

    assertThat(distrust(cluster))
        .contains(
            "controller 101 answers as the quorum's leader,"
                + " but no majority of the 3 voters has followed it for 5.0 s");
  }

  @Test
  void believesTheLeaderForItselfWhenControllersWereAsked() {
    assertThat(distrust(aCluster().unknownToTheLeader(1).askedThroughControllers())).isEmpty();
  }

  @Test
  void doesNotBelieveALeaderWithoutMajorityWhenControllersWereAskedEither() {
    ClusterBuilder cluster =
        aCluster().neverCaughtUp(102).neverCaughtUp(103).askedThroughControllers();

    assertThat(distrust(cluster))
        .contains(
            "controller 101 answers as the quorum's leader,"
                + " but no majority of the 3 voters has followed it for 5.0 s");
  }

  @Test
  void believesAZooKeeperClusterWhileTheBrokersSessionIsConnected() {
    assertThat(distrust(aCluster().inZooKeeperMode(), aBroker(1).withZooKeeperSession("CONNECTED")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"CONNECTING", "CLOSED", "connected"})
  void doesNotBelieveAZooKeeperClusterOnceTheBrokersSessionIsLost(String session) {
    assertThat(distrust(aCluster().inZooKeeperMode(), aBroker(1).withZooKeeperSession(session)))
        .contains(
            "the broker's session with ZooKeeper is "
                + session
                + ", so what it knows of the cluster may be old");
  }

  @Test
  void doesNotBelieveAZooKeeperClusterWhileTheBrokerSaysNothingOfItsSession() {
    assertThat(distrust(aCluster().inZooKeeperMode(), aBroker(1)))
        .contains(
            "the broker's session with ZooKeeper is unknown,"
                + " so what it knows of the cluster may be old");
  }

  @Test
  void doesNotBelieveAZooKeeperClusterThatListsABrokerAsLiveThatDoesNotAnswer() {
    BrokerBuilder connected = aBroker(1).withZooKeeperSession("CONNECTED");

    assertThat(distrust(aCluster().inZooKeeperModeWithSilent(2), connected))
        .contains(
            "broker 2 is listed as live, but doesn't answer, so the cluster's answers may be old"
                + " (a dead broker's session with ZooKeeper lasts for up to 18.0 s)");
    assertThat(
            distrust(
                aCluster()
                    .timeouts(ClusterTimeouts.in(Map.of("zookeeper.session.timeout.ms", "6000")))
                    .inZooKeeperModeWithSilent(3, 2),
                connected))
        .contains(
            "brokers 2, 3 are listed as live, but don't answer, so the cluster's answers may be old"
                + " (a dead broker's session with ZooKeeper lasts for up to 6.0 s)");
  }

  @Test
  void goesByTheControllerAloneWhereTheBrokersSessionIsNotKnown() {
    Optional<String> distrust =
        Freshness.staleBecause(aCluster().inZooKeeperMode().build(), Answer.unknown("no JMX"));

    assertThat(distrust).isEmpty();
  }

  @Test
  void ignoresASessionWithZooKeeperInKraftMode() {
    assertThat(distrust(aCluster(), aBroker(1).withZooKeeperSession("CLOSED"))).isEmpty();
  }

  private static Optional<String> distrust(ClusterBuilder cluster) {
    return distrust(cluster, aBroker(1));
  }

  private static Optional<String> distrust(ClusterBuilder cluster, BrokerBuilder broker) {
    return Freshness.staleBecause(cluster.build(), Answer.known(broker.build()));
  }
}

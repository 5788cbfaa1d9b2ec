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
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether the controller has fenced the broker, which the broker itself doesn't know. */
class FencedConditionTest {

  @Test
  void findsABrokerThatTheClusterListsAsLiveInOrder() {
    assertThat(fenced(aCluster())).isEqualTo(new Clear());
  }

  @Test
  void holdsForABrokerThatIsListedAsFenced() {
    assertThat(fenced(aCluster().fenced(1)))
        .isEqualTo(new Holds("(broker 1 isn't among the cluster's live brokers: 2, 3)"));
  }

  @Test
  void holdsForABrokerThatIsMissingWhereFencedOnesAreNotListed() {
    assertThat(fenced(aCluster().notListingFenced().notListing(1).answeredBy(2)))
        .isEqualTo(new Holds("(broker 1 isn't among the cluster's live brokers: 2, 3)"));
  }

  @Test
  void saysSoWhereNoBrokerIsLiveAtAll() {
    assertThat(fenced(aCluster().fenced(1, 2, 3).answeredBy()))
        .isEqualTo(new Holds("(broker 1 isn't among the cluster's live brokers: none)"));
  }

  @Test
  void cannotTellOfABrokerThatIsMissingWhereFencedOnesAreListedToo() {
    assertThat(fenced(aCluster().notListing(1).answeredBy(2)))
        .isEqualTo(
            new Unknown(
                "broker 1 isn't among the nodes of cluster cluster-A (2, 3);"
                    + " check that --bootstrap-server names its own cluster"));
  }

  @Test
  void holdsForABrokerBeyondItsSessionTimeout() {
    assertThat(fenced(aCluster().lag(1, Duration.ofMillis(9_001))))
        .isEqualTo(new Holds("(broker 1 last caught up with the controller 9.0 s ago)"));
  }

  @Test
  void cannotTellOfABrokerThatLagsWithinItsSessionTimeout() {
    assertThat(fenced(aCluster().lag(1, Duration.ofSeconds(9))))
        .isEqualTo(
            new Unknown(
                "broker 1 last caught up with the controller 9.0 s ago,"
                    + " so the cluster's answers may be old"));
  }

  @Test
  void goesByTheSessionTimeoutOfThisCluster() {
    ClusterTimeouts longer = ClusterTimeouts.in(Map.of("broker.session.timeout.ms", "30000"));
    ClusterTimeouts shorter = ClusterTimeouts.in(Map.of("broker.session.timeout.ms", "3000"));

    assertThat(fenced(aCluster().timeouts(longer).lag(1, Duration.ofSeconds(30))))
        .isInstanceOf(Unknown.class);
    assertThat(fenced(aCluster().timeouts(longer).lag(1, Duration.ofMillis(30_001))))
        .isEqualTo(new Holds("(broker 1 last caught up with the controller 30.0 s ago)"));
    assertThat(fenced(aCluster().timeouts(shorter).lag(1, Duration.ofSeconds(4))))
        .as("the metadata is fresh enough, and the list says that it isn't fenced")
        .isEqualTo(new Clear());
    assertThat(fenced(aCluster().timeouts(shorter).lag(1, Duration.ofSeconds(6))))
        .isEqualTo(new Holds("(broker 1 last caught up with the controller 6.0 s ago)"));
  }

  @Test
  void holdsForABrokerBeyondItsSessionTimeoutThoughOthersLagToo() {
    ClusterBuilder cluster =
        aCluster().lag(1, Duration.ofSeconds(30)).lag(2, Duration.ofSeconds(30));

    assertThat(fenced(cluster))
        .isEqualTo(new Holds("(broker 1 last caught up with the controller 30.0 s ago)"));
  }

  @Test
  void cannotTellFromALeaderThatNoMajorityFollows() {
    ClusterBuilder cluster =
        aCluster().lag(1, Duration.ofSeconds(30)).neverCaughtUp(102).neverCaughtUp(103);

    assertThat(fenced(cluster))
        .isEqualTo(
            new Unknown(
                "controller 101 answers as the quorum's leader,"
                    + " but no majority of the 3 voters has followed it for 5.0 s"));
  }

  @Test
  void cannotTellWhileNoControllerAnswersWhateverTheListShows() {
    assertThat(fenced(aCluster().fenced(1).controllerSilent("no controller answers")))
        .isEqualTo(new Unknown("no controller answers"));
  }

  @Test
  void cannotTellFromAListThatAnotherBrokersLagMakesDoubtful() {
    assertThat(fenced(aCluster().fenced(1).lag(2, Duration.ofSeconds(6))))
        .isEqualTo(
            new Unknown(
                "broker 2 last caught up with the controller 6.0 s ago,"
                    + " so the cluster's answers may be old"));
  }

  @Test
  void cannotTellFromAnotherCluster() {
    assertThat(
            fenced(
                anObservation()
                    .of(aBroker(1).ofCluster("cluster-A"))
                    .in(aCluster().id("cluster-B").lag(1, Duration.ofSeconds(30)))))
        .isEqualTo(
            new Unknown(
                "broker 1 belongs to cluster cluster-A,"
                    + " but the bootstrap servers answer for cluster cluster-B;"
                    + " check --bootstrap-server"));
  }

  @Test
  void goesByTheNodeIdWhereTheBrokerDoesNotNameItsClusterYet() {
    assertThat(fenced(anObservation().of(aBroker(1).withoutClusterId()).in(aCluster().fenced(1))))
        .isEqualTo(new Holds("(broker 1 isn't among the cluster's live brokers: 2, 3)"));
  }

  @Test
  void cannotTellOfABrokerWithoutANodeId() {
    assertThat(fenced(anObservation().of(aBroker(1).withoutNodeId())))
        .isEqualTo(new Unknown("the broker's node id isn't known yet"));
  }

  @Test
  void cannotTellOfABrokerThatDoesNotAnswer() {
    assertThat(fenced(anObservation().brokerUnknown("no JMX").clusterUnknown("no cluster")))
        .isEqualTo(new Unknown("no JMX"));
  }

  @Test
  void cannotTellWithoutTheCluster() {
    assertThat(fenced(anObservation().clusterUnknown("no cluster")))
        .isEqualTo(new Unknown("no cluster"));
  }

  @Test
  void cannotTellFromControllersWhichBrokersAreLive() {
    assertThat(fenced(aCluster().askedThroughControllers()))
        .isEqualTo(
            new Unknown(
                "controllers were asked, and they don't list the live brokers;"
                    + " name brokers with --bootstrap-server"));
  }

  @Test
  void isToldByControllersOfABrokerBeyondItsSessionTimeout() {
    assertThat(fenced(aCluster().lag(1, Duration.ofSeconds(12)).askedThroughControllers()))
        .isEqualTo(new Holds("(broker 1 last caught up with the controller 12.0 s ago)"));
  }

  @Test
  void cannotFenceAController() {
    assertThat(
            fenced(anObservation().of(aController(102)).in(aCluster().askedThroughControllers())))
        .isEqualTo(new NotApplicable("a controller can't be fenced"));
  }

  @Test
  void findsAConnectedBrokerInZooKeeperModeInOrder() {
    assertThat(
            fenced(
                anObservation()
                    .of(aBroker(1).withZooKeeperSession("CONNECTED"))
                    .in(aCluster().inZooKeeperMode())))
        .isEqualTo(new Clear());
  }

  @Test
  void holdsForABrokerThatIsMissingInZooKeeperMode() {
    assertThat(
            fenced(
                anObservation()
                    .of(aBroker(1).withZooKeeperSession("CONNECTED"))
                    .in(aCluster().inZooKeeperMode().notListing(1))))
        .isEqualTo(new Holds("(broker 1 isn't among the cluster's live brokers: 2, 3)"));
  }

  @Test
  void cannotTellOnceTheSessionWithZooKeeperIsLost() {
    assertThat(
            fenced(
                anObservation()
                    .of(aBroker(1).withZooKeeperSession("CONNECTING"))
                    .in(aCluster().inZooKeeperMode().notListing(1))))
        .isEqualTo(
            new Unknown(
                "the broker's session with ZooKeeper is CONNECTING,"
                    + " so what it knows of the cluster may be old"));
  }

  private static Finding fenced(ClusterBuilder cluster) {
    return fenced(anObservation().in(cluster));
  }

  private static Finding fenced(ObservationBuilder observation) {
    return Judging.finding(Condition.FENCED, observation);
  }
}

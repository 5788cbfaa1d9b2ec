package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is silence, and may be waited out, and what is a reason for doubt. */
class GraceTest {

  private static final Duration LATE = Freshness.BROKER_LAG.plusMillis(1);

  private static Grace grace(ObservationBuilder observation) {
    return grace(observation, false);
  }

  private static Grace grace(ObservationBuilder observation, boolean latched) {
    Assessment assessment =
        ReadinessPolicy.of(GatePreset.BALANCED).assess(observation.build(), latched);
    assertThat(assessment.verdict()).isInstanceOf(Verdict.CannotTell.class);
    return assessment.grace();
  }

  private static Grace grace(ClusterBuilder cluster) {
    return grace(anObservation().in(cluster));
  }

  @Test
  void isFullWhereNobodyAnswers() {
    assertThat(grace(anObservation().clusterUnknown("no answer in time"))).isEqualTo(Grace.FULL);
    assertThat(grace(aCluster().controllerSilent("no controller answers"))).isEqualTo(Grace.FULL);
  }

  @Test
  void isNoneWhereAnOldAnswerAlreadyShowsWhatWouldBeANo() {
    ClusterBuilder silent = aCluster().controllerSilent("no controller answers");

    assertThat(grace(silent.with(aPartition("orders", 0).leaderless()))).isEqualTo(Grace.NONE);
    assertThat(
            grace(
                aCluster()
                    .lag(102, LATE)
                    .lag(103, LATE)
                    .with(aPartition("orders", 0).leaderless())))
        .isEqualTo(Grace.NONE);
    assertThat(grace(aCluster().controllerSilent("no controller answers").fenced(1)))
        .isEqualTo(Grace.NONE);
  }

  @Test
  void isFullWhereAnOldAnswerShowsWhatDoesNotCountOrIsLetPass() {
    ObservationBuilder shrunk =
        anObservation()
            .in(
                aCluster()
                    .controllerSilent("no controller answers")
                    .with(aPartition("orders", 0).isr(1, 2))
                    .minIsr("orders", 1));

    assertThat(grace(shrunk, true)).as("under-replicated counts at startup").isEqualTo(Grace.FULL);
    assertThat(grace(shrunk, false)).isEqualTo(Grace.NONE);
    ReadinessPolicy lenient =
        new ReadinessPolicy(
            GatePreset.BALANCED.gates(), Map.of(Condition.UNDER_REPLICATED, 1), topic -> false);
    assertThat(lenient.assess(shrunk.build(), false).grace()).isEqualTo(Grace.FULL);
  }

  @Test
  void isFullWhereALeaderHasNobodyBehindIt() {
    assertThat(grace(aCluster().lag(102, LATE).lag(103, LATE).lag(2, LATE))).isEqualTo(Grace.FULL);
  }

  @Test
  void isBriefWhereTheLeaderHasNotHeardOfABrokerYet() {
    assertThat(grace(aCluster().unknownToTheLeader(2))).isEqualTo(Grace.BRIEF);
    assertThat(grace(aCluster().neverCaughtUp(2))).isEqualTo(Grace.BRIEF);
    assertThat(grace(aCluster().answeredBy(1, 7))).isEqualTo(Grace.BRIEF);
  }

  @Test
  void isNoneWhereTheLeaderNamesABrokerThatLags() {
    assertThat(grace(aCluster().lag(2, LATE))).isEqualTo(Grace.NONE);
    assertThat(grace(aCluster().lag(1, LATE))).isEqualTo(Grace.NONE);
    assertThat(grace(aCluster().lag(2, LATE).unknownToTheLeader(3))).isEqualTo(Grace.NONE);
    assertThat(grace(aCluster().unknownToTheLeader(2).lag(3, LATE))).isEqualTo(Grace.NONE);
  }

  @Test
  void isNoneForAnotherCluster() {
    assertThat(grace(aCluster().id("another"))).isEqualTo(Grace.NONE);
  }

  @Test
  void isNoneForABrokerThatIsNotRegistered() {
    assertThat(grace(aCluster().notListing(1))).isEqualTo(Grace.NONE);
  }

  @Test
  void isNoneWhereTopicsAreHidden() {
    assertThat(grace(aCluster().hidingTopics("no ACL"))).isEqualTo(Grace.NONE);
  }

  @Test
  void isNoneWhereAnIsrHasShrunkAndTheMinimumIsNotKnown() {
    assertThat(
            grace(
                anObservation()
                    .in(
                        aCluster()
                            .with(aPartition("orders", 0).isr(1, 2))
                            .withoutMinIsrOf("orders")
                            .minIsrProblem("no ACL")),
                true))
        .isEqualTo(Grace.NONE);
  }

  @Test
  void isNoneForTheLocalBroker() {
    assertThat(grace(anObservation().brokerUnknown("no MBeans"))).isEqualTo(Grace.NONE);
    assertThat(grace(anObservation().listenerUnknown("no such name"))).isEqualTo(Grace.NONE);
    assertThat(
            grace(
                anObservation()
                    .brokerUnknown("no MBeans")
                    .in(aCluster().controllerSilent("no controller answers"))))
        .isEqualTo(Grace.NONE);
  }

  @Test
  void isFullWhileTheBrokerLooksForZooKeeperAndNoneOnceItsSessionIsLost() {
    ClusterBuilder cluster = aCluster().inZooKeeperMode();

    assertThat(grace(anObservation().of(aBroker(1).withZooKeeperSession("CONNECTING")).in(cluster)))
        .isEqualTo(Grace.FULL);
    assertThat(grace(anObservation().of(aBroker(1).withZooKeeperSession("CLOSED")).in(cluster)))
        .isEqualTo(Grace.NONE);
  }

  @Test
  void isNoneWhereABrokerThatZooKeeperListsDoesNotAnswer() {
    assertThat(
            grace(
                anObservation()
                    .of(aBroker(1).withZooKeeperSession("CONNECTED"))
                    .in(aCluster().inZooKeeperModeWithSilent(2))))
        .isEqualTo(Grace.NONE);
  }

  @Test
  void isFullForAControllerWhoseLeaderHasNobodyBehindIt() {
    assertThat(
            grace(
                anObservation()
                    .of(aController(102))
                    .in(aCluster().askedThroughControllers().lag(102, LATE).lag(103, LATE))))
        .isEqualTo(Grace.FULL);
  }
}

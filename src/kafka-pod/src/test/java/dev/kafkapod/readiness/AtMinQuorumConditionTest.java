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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the controller quorum can spare a voter, where it has one to spare at all. */
class AtMinQuorumConditionTest {

  private static final Holds WITHOUT_103 =
      new Holds(
          "(2 of 3 controllers have caught up, and 2 are needed; missing: 103);"
              + " let none stop until more have caught up");

  @ParameterizedTest(name = "{0} voters, {1} gone: {2}")
  @CsvSource({
    "1, 0, false",
    "2, 0, false",
    "3, 0, false",
    "3, 1, true",
    "4, 0, false",
    "4, 1, true",
    "5, 1, false",
    "5, 2, true",
    "7, 2, false",
    "7, 3, true"
  })
  void holdsWhereNoMoreVotersHaveCaughtUpThanAMajorityTakes(int voters, int gone, boolean holds) {
    Integer[] ids = IntStream.rangeClosed(1, voters).boxed().toArray(Integer[]::new);
    ClusterBuilder cluster = aCluster().voters(ids);
    IntStream.range(0, gone).forEach(i -> cluster.neverCaughtUp(voters - i));

    assertThat(atMinQuorum(aController(1), cluster) instanceof Holds).isEqualTo(holds);
  }

  @Test
  void holdsForTheLeaderAndForItsFollowers() {
    ClusterBuilder cluster = aCluster().lag(103, Duration.ofMinutes(1));

    assertThat(atMinQuorum(aController(101), cluster)).isEqualTo(WITHOUT_103);
    assertThat(atMinQuorum(aController(102), cluster)).isEqualTo(WITHOUT_103);
    assertThat(atMinQuorum(aController(103), cluster)).isEqualTo(WITHOUT_103);
  }

  @Test
  void holdsForACombinedNode() {
    ClusterBuilder cluster = aCluster().voters(1, 2, 3).neverCaughtUp(3);

    assertThat(atMinQuorum(aBroker(2).alsoController(), cluster))
        .isEqualTo(
            new Holds(
                "(2 of 3 controllers have caught up, and 2 are needed; missing: 3);"
                    + " let none stop until more have caught up"));
  }

  @Test
  void holdsWhileFewerThanAMajorityHaveCaughtUpAndTheLeaderIsStillBelieved() {
    ClusterBuilder cluster =
        aCluster().lag(102, Duration.ofSeconds(3)).lag(103, Duration.ofSeconds(4));

    assertThat(atMinQuorum(aController(102), cluster))
        .isEqualTo(
            new Holds(
                "(1 of 3 controllers have caught up, and 2 are needed; missing: 102, 103);"
                    + " let none stop until more have caught up"));
  }

  @Test
  void countsAVoterUpToTwoSecondsBehind() {
    assertThat(atMinQuorum(aController(102), aCluster().lag(103, Duration.ofSeconds(2))))
        .isEqualTo(new Clear());
    assertThat(atMinQuorum(aController(102), aCluster().lag(103, Duration.ofMillis(2_001))))
        .isEqualTo(WITHOUT_103);
  }

  @Test
  void doesNotCountANewDiskForTheVoterThatWasLost() {
    assertThat(atMinQuorum(aController(102), aCluster().replacedDisk(103, Duration.ofMinutes(1))))
        .isEqualTo(
            new Holds(
                "(2 of 3 controllers have caught up, and 2 are needed; missing: 103);"
                    + " controller 103 follows by another disk that has no vote:"
                    + " remove the old voter, then add the new one"
                    + " (kafka-metadata-quorum.sh remove-controller and add-controller)"));
  }

  @Test
  void asksNothingOfABroker() {
    assertThat(atMinQuorum(aBroker(1), aCluster().neverCaughtUp(103)))
        .isEqualTo(new NotApplicable("this process isn't a controller"));
  }

  @Test
  void cannotTellOfALeaderWithoutAMajority() {
    assertThat(atMinQuorum(aController(101), aCluster().neverCaughtUp(102).neverCaughtUp(103)))
        .isEqualTo(
            new Unknown(
                "controller 101 answers as the quorum's leader,"
                    + " but no majority of the 3 voters has followed it for 5.0 s"));
  }

  @Test
  void cannotTellWhileNoControllerAnswers() {
    assertThat(atMinQuorum(aController(102), aCluster().controllerSilent("no controller answers")))
        .isEqualTo(new Unknown("no controller answers"));
  }

  @Test
  void cannotTellWithoutTheCluster() {
    assertThat(atMinQuorum(anObservation().of(aController(102)).clusterUnknown("no cluster")))
        .isEqualTo(new Unknown("no cluster"));
  }

  @Test
  void cannotTellFromAnotherCluster() {
    assertThat(atMinQuorum(aController(102), aCluster().id("cluster-B")))
        .isInstanceOf(Unknown.class);
  }

  private static Finding atMinQuorum(BrokerBuilder process, ClusterBuilder cluster) {
    return atMinQuorum(anObservation().of(process).in(cluster));
  }

  private static Finding atMinQuorum(ObservationBuilder observation) {
    return Judging.finding(Condition.AT_MIN_QUORUM, observation);
  }
}

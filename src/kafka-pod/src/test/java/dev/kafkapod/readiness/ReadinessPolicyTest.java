package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.Judging.cannotTell;
import static dev.kafkapod.readiness.Judging.no;
import static dev.kafkapod.readiness.Judging.strictly;
import static dev.kafkapod.readiness.Judging.yes;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadinessPolicyTest {

  @Test
  void isReadyWhenBrokerAndClusterAreInOrder() {
    ClusterBuilder cluster =
        aCluster().withTopics("orders", "payments").partitionCount(7).fenced(3);

    assertThat(strictly(anObservation().in(cluster)))
        .isEqualTo(yes("broker 1, 2 brokers, 2 topics, 7 partitions"));
  }

  @Test
  void isReadyAsAControllerThatFollowsItsQuorum() {
    assertThat(
            strictly(anObservation().of(aController(102)).in(aCluster().askedThroughControllers())))
        .isEqualTo(yes("controller 102"));
  }

  @Test
  void isReadyInZooKeeperMode() {
    assertThat(
            strictly(
                anObservation()
                    .of(aBroker(1).withZooKeeperSession("CONNECTED"))
                    .in(aCluster().inZooKeeperMode())))
        .isEqualTo(yes("broker 1, 3 brokers, 0 topics, 0 partitions"));
  }

  @Test
  void isNotReadyWhileTheBrokerRecoversItsLogs() {
    assertThat(strictly(anObservation().of(aBroker(1).recovering(12, 3))))
        .isEqualTo(no("broker state RECOVERY (recovering logs: 12 logs and 3 segments remain)"));
  }

  @Test
  void isNotReadyForEveryReasonAtOnceInTheOrderOfTheTable() {
    ObservationBuilder observation =
        anObservation()
            .of(
                aBroker(1)
                    .alsoController()
                    .withoutQuorumLeader()
                    .inState(BrokerState.SHUTTING_DOWN)
                    .withOfflineLogDirs(1))
            .listenerFailing("Connection refused")
            .in(
                aCluster()
                    .fenced(1)
                    .with(
                        aPartition("orders", 0).isr().leaderless(),
                        aPartition("orders", 1).isr(2, 3)));

    assertThat(strictly(observation))
        .isEqualTo(
            no(
                "broker state SHUTTING_DOWN",
                "listener broker-1:9092: Connection refused",
                "fenced (broker 1 isn't among the cluster's live brokers: 2, 3)",
                "offline log dirs 1",
                "offline 1 (orders-0)",
                "under-min-ISR 1 (orders-0)",
                "at-min-ISR 1 (orders-1)",
                "out-of-sync 2 (orders-0, orders-1)",
                "under-replicated 2 (orders-0, orders-1)",
                "quorum has no leader, says broker 1"));
  }

  @Test
  void aKnownNoBeatsAnUnknown() {
    assertThat(
            strictly(
                anObservation()
                    .of(aBroker(1).inState(BrokerState.STARTING))
                    .listenerUnknown("no listener")
                    .clusterUnknown("no cluster")))
        .isEqualTo(no("broker state STARTING"));
  }

  @Test
  void anUnknownBeatsAYesAndEachCauseIsNamedOnce() {
    assertThat(strictly(anObservation().brokerUnknown("no JMX").clusterUnknown("no cluster")))
        .isEqualTo(cannotTell("no JMX", "no cluster"));
  }

  @Test
  void whatAnUntrustedClusterShowsIsUnknown() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("orders", 0).isr().leaderless())
            .fenced(1)
            .controllerSilent("no controller answers");

    assertThat(strictly(anObservation().in(cluster)))
        .isEqualTo(cannotTell("no controller answers"));
  }

  @Test
  void theAssessmentSaysWhyTheClusterIsNotTrusted() {
    Assessment assessment =
        assess(GatePreset.BALANCED, anObservation().in(aCluster().lag(2, Duration.ofSeconds(8))));

    assertThat(assessment.distrust())
        .contains(
            "broker 2 last caught up with the controller 8.0 s ago,"
                + " so the cluster's answers may be old");
  }

  @Test
  void theAssessmentDistrustsNobodyWhoSaidNothing() {
    assertThat(assess(GatePreset.BALANCED, anObservation().clusterUnknown("down")).distrust())
        .isEmpty();
  }

  @Test
  void theAssessmentHasOneResultForEachCondition() {
    assertThat(assess(GatePreset.BALANCED, anObservation()).results())
        .extracting(ConditionResult::condition)
        .containsExactly(Condition.values());
  }

  /** Each row of the documented table: an observation in which that condition alone is wrong. */
  static Stream<Arguments> rows() {
    ObservationBuilder offline =
        anObservation()
            .in(aCluster().with(aPartition("t", 0).withReplicas(1).leaderless()).minIsr("t", 1));
    return Stream.of(
        Arguments.of(
            Condition.BROKER_STATE,
            anObservation().of(aBroker(1).inState(BrokerState.PENDING_CONTROLLED_SHUTDOWN)),
            "broker state PENDING_CONTROLLED_SHUTDOWN"),
        Arguments.of(
            Condition.LISTENER,
            anObservation().listenerFailing("Connection refused"),
            "listener broker-1:9092: Connection refused"),
        Arguments.of(
            Condition.FENCED,
            anObservation().in(aCluster().fenced(1)),
            "fenced (broker 1 isn't among the cluster's live brokers: 2, 3)"),
        Arguments.of(
            Condition.LOG_DIR,
            anObservation().of(aBroker(1).withOfflineLogDirs(1)),
            "offline log dirs 1"),
        Arguments.of(Condition.OFFLINE, offline, "offline 1 (t-0)"),
        Arguments.of(Condition.UNDER_MIN_ISR, withIsrOf(1, 3), "under-min-ISR 1 (t-0)"),
        Arguments.of(Condition.AT_MIN_ISR, withIsrOf(2, 2), "at-min-ISR 1 (t-0)"),
        Arguments.of(
            Condition.OUT_OF_SYNC,
            anObservation().in(aCluster().with(aPartition("t", 0).isr(2, 3)).minIsr("t", 1)),
            "out-of-sync 1 (t-0)"),
        Arguments.of(Condition.UNDER_REPLICATED, withIsrOf(2, 1), "under-replicated 1 (t-0)"),
        Arguments.of(
            Condition.QUORUM,
            anObservation()
                .of(aController(102))
                .in(aCluster().lag(102, Duration.ofSeconds(3)).askedThroughControllers()),
            "quorum leader 101: controller 102 last caught up 3.0 s ago"),
        Arguments.of(
            Condition.AT_MIN_QUORUM,
            anObservation()
                .of(aController(102))
                .in(aCluster().lag(103, Duration.ofMinutes(1)).askedThroughControllers()),
            "at-min-quorum (2 of 3 controllers have caught up, and 2 are needed; missing: 103);"
                + " let none stop until more have caught up"));
  }

  @Test
  void eachConditionHasARow() {
    assertThat(rows().map(it -> it.get()[0])).containsExactly((Object[]) Condition.values());
  }

  /** What is found where this condition alone is wrong. */
  static Finding alone(Condition condition) {
    ObservationBuilder wrong =
        rows()
            .filter(it -> it.get()[0] == condition)
            .map(it -> (ObservationBuilder) it.get()[1])
            .findFirst()
            .orElseThrow();
    return assess(GatePreset.STRICT, wrong).result(condition).finding();
  }

  /** Broker 1 and perhaps others are in sync, so that it has no replica out of sync itself. */
  private static ObservationBuilder withIsrOf(int inSync, int minIsr) {
    Integer[] isr = Stream.of(1, 2, 3).limit(inSync).toArray(Integer[]::new);
    return anObservation().in(aCluster().with(aPartition("t", 0).isr(isr)).minIsr("t", minIsr));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void blocksBehindAGateThatIsAlwaysInForce(
      Condition condition, ObservationBuilder observation, String reason) {
    assertThat(alone(condition, Gate.ALWAYS).assess(observation.build(), true).verdict())
        .isEqualTo(no(reason));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void blocksBehindAStartupGateUntilLatched(
      Condition condition, ObservationBuilder observation, String reason) {
    assertThat(alone(condition, Gate.STARTUP).assess(observation.build(), false).verdict())
        .isEqualTo(no(reason));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isToleratedBehindAStartupGateOnceLatched(
      Condition condition, ObservationBuilder observation, String reason) {
    Verdict verdict = alone(condition, Gate.STARTUP).assess(observation.build(), true).verdict();

    assertThat(verdict).isInstanceOf(Verdict.Yes.class);
    assertThat(verdict.summary()).contains(", " + reason + " (counts only at startup)");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isToleratedBehindAGateThatIsOff(
      Condition condition, ObservationBuilder observation, String reason) {
    Verdict verdict = alone(condition, Gate.OFF).assess(observation.build(), false).verdict();

    assertThat(verdict).isInstanceOf(Verdict.Yes.class);
    assertThat(verdict.summary()).contains(", " + reason + " (gate is off)");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void countsInEachPresetAsThePresetsGateSays(
      Condition condition, ObservationBuilder observation, String reason) {
    for (GatePreset preset : GatePreset.values()) {
      for (boolean latched : List.of(true, false)) {
        Verdict verdict = ReadinessPolicy.of(preset).assess(observation.build(), latched).verdict();

        boolean named = verdict instanceof Verdict.No no && no.reasons().contains(reason);
        assertThat(named)
            .as("%s blocks in %s, latched %s, verdict %s", condition, preset, latched, verdict)
            .isEqualTo(preset.gates().get(condition).isInForce(latched));
      }
    }
  }

  /** A policy that looks at one condition alone. */
  private static ReadinessPolicy alone(Condition condition, Gate gate) {
    return new ReadinessPolicy(Map.of(condition, gate), Map.of(), topic -> false);
  }

  @Test
  void saysEverythingThatItTolerates() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).isr(1, 2), aPartition("orders", 1).isr(1, 2));
    Map<Condition, Gate> gates = new EnumMap<>(GatePreset.BALANCED.gates());
    gates.put(Condition.AT_MIN_ISR, Gate.OFF);
    ReadinessPolicy policy =
        new ReadinessPolicy(gates, Map.of(Condition.UNDER_REPLICATED, 2), topic -> false);

    assertThat(policy.assess(anObservation().in(cluster).build(), false).verdict())
        .isEqualTo(
            yes(
                "broker 1, 3 brokers, 1 topic, 2 partitions,"
                    + " at-min-ISR 2 (orders-0, orders-1) (gate is off),"
                    + " under-replicated 2 (orders-0, orders-1) (up to 2 allowed)"));
  }

  @Test
  void isReadyForTheAskingWhereNothingIsAskedAndNobodyAnswers() {
    ReadinessPolicy policy = new ReadinessPolicy(Map.of(), Map.of(), topic -> false);
    ObservationBuilder nobody =
        anObservation().brokerUnknown("a").listenerUnknown("b").clusterUnknown("c");

    assertThat(policy.assess(nobody.build(), false).verdict()).isEqualTo(yes("nothing is asked"));
  }

  @Test
  void isReadyWithoutTheClusterOnceNoGateInForceAsksForIt() {
    ReadinessPolicy policy = alone(Condition.BROKER_STATE, Gate.ALWAYS);

    assertThat(policy.assess(anObservation().clusterUnknown("down").build(), true).verdict())
        .isEqualTo(yes("broker 1"));
  }

  @Test
  void takesAConditionThatIsNotListedForOff() {
    ConditionResult result =
        alone(Condition.BROKER_STATE, Gate.ALWAYS)
            .assess(anObservation().build(), false)
            .result(Condition.OFFLINE);

    assertThat(result.gate()).isEqualTo(Gate.OFF);
  }

  @Test
  void namesTheTopicsThatAreLeftOutInOrder() {
    ReadinessPolicy policy =
        new ReadinessPolicy(
            GatePreset.STRICT.gates(), Map.of(), topic -> topic.startsWith("test-"));
    ClusterBuilder cluster = aCluster().withTopics("test-b", "orders", "test-a");

    assertThat(policy.assess(anObservation().in(cluster).build(), false).excludedTopics())
        .containsExactly("test-a", "test-b");
  }

  @Test
  void namesNoTopicsThatAreLeftOutWithoutACluster() {
    ReadinessPolicy policy =
        new ReadinessPolicy(GatePreset.STRICT.gates(), Map.of(), topic -> true);

    assertThat(
            policy.assess(anObservation().clusterUnknown("down").build(), false).excludedTopics())
        .isEmpty();
  }

  @Test
  void leavesNoTopicOutByItself() {
    ClusterBuilder cluster = aCluster().withTopics("__consumer_offsets");

    assertThat(assess(GatePreset.STRICT, anObservation().in(cluster)).excludedTopics()).isEmpty();
  }

  private static Assessment assess(GatePreset preset, ObservationBuilder observation) {
    return ReadinessPolicy.of(preset).assess(observation.build(), false);
  }
}

package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.fixtures.Counted;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.StopPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What has to be true of every verdict, whatever was observed and whatever the policy. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // there are too many combinations of them
class ReadinessPolicyPropertyTest {

  @Provide
  Arbitrary<Observation> observations() {
    return Scenarios.observations();
  }

  @Provide
  Arbitrary<ReadinessPolicy> policies() {
    return Scenarios.policies();
  }

  @Provide
  Arbitrary<Condition> counting() {
    return Scenarios.countingConditions();
  }

  @Property
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void meetsEveryKindOfVerdict(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll boolean latched) {
    Statistics.collect(verdict(policy, observation, latched).getClass());

    Statistics.coverage(
        coverage -> {
          coverage.check(Verdict.Yes.class).percentage(it -> it > 10);
          coverage.check(Verdict.No.class).percentage(it -> it > 10);
          coverage.check(Verdict.CannotTell.class).percentage(it -> it > 10);
        });
  }

  @Property
  void neverSaysYesWhileMorePartitionsAreWrongThanAllowed(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll boolean latched) {
    List<Condition> broken =
        policy.gates().entrySet().stream()
            .filter(gate -> gate.getValue().isInForce(latched))
            .map(Map.Entry::getKey)
            .filter(it -> wrongPartitions(it, observation, policy) > allowed(it, policy))
            .toList();
    Verdict verdict = verdict(policy, observation, latched);

    assertThat(verdict instanceof Verdict.Yes ? broken : List.of()).as("%s", verdict).isEmpty();
  }

  private static int allowed(Condition condition, ReadinessPolicy policy) {
    return policy.thresholds().getOrDefault(condition, 0);
  }

  /** The rules once more, in other words: every partition, one after the other. */
  private static int wrongPartitions(
      Condition condition, Observation observation, ReadinessPolicy policy) {
    int count = 0;
    if (observation.cluster() instanceof Answer.Known<ClusterSnapshot> known
        && known.it().asked() == ClusterSnapshot.Asked.BROKERS) {
      for (PartitionState partition : known.it().partitions()) {
        boolean wrong =
            isWrong(
                condition,
                known.it(),
                partition,
                known.it().minIsr().get(partition.topic()),
                ownId(observation));
        count += wrong && !policy.excludedTopics().test(partition.topic()) ? 1 : 0;
      }
    }
    return count;
  }

  private static OptionalInt ownId(Observation observation) {
    return observation
        .broker()
        .value()
        .filter(it -> !it.isControllerOnly())
        .map(BrokerSnapshot::nodeId)
        .orElse(OptionalInt.empty());
  }

  private static boolean isWrong(
      Condition condition,
      ClusterSnapshot cluster,
      PartitionState partition,
      Integer minIsr,
      OptionalInt ownId) {
    List<Integer> meant = new ArrayList<>(partition.replicas());
    meant.removeAll(partition.adding());
    Counted now = Counted.of(cluster, partition, List.of());
    return switch (condition) {
      case OFFLINE -> partition.leader().isEmpty();
      case UNDER_REPLICATED -> meant.size() > now.isr().size();
      case OUT_OF_SYNC ->
          ownId.isPresent()
              && meant.contains(ownId.getAsInt())
              && !partition.isr().contains(ownId.getAsInt());
      case UNDER_MIN_ISR -> minIsr != null && now.isBroken(minIsr);
      case AT_MIN_ISR ->
          minIsr != null
              && !now.isBroken(minIsr)
              && now.isr().size() == minIsr
              && now.isr().size() < meant.size();
      case BROKER_STATE, LISTENER, FENCED, LOG_DIR, QUORUM, AT_MIN_QUORUM -> false;
    };
  }

  /** Ready means that another broker may be disrupted: so can-stop has to say the same. */
  @Property
  void neverSaysYesWhileTheStopOfAnyBrokerIsWorthWaitingFor(
      @ForAll("smallClusters") Observation observation) {
    ClusterSnapshot cluster = observation.cluster().value().orElseThrow();
    Verdict verdict = verdict(ReadinessPolicy.of(GatePreset.BALANCED), observation, false);
    Statistics.collect(verdict.getClass());
    if (verdict instanceof Verdict.Yes) {
      for (int broker : cluster.liveIds()) {
        assertThat(new StopPolicy(Allowance.ALL).assessOthers(cluster, Set.of(broker)).verdict())
            .as("%d stops in %s %s", broker, cluster.partitions(), cluster.minIsr())
            .isInstanceOf(Verdict.Yes.class);
      }
    }
    Statistics.coverage(it -> it.check(Verdict.Yes.class).percentage(share -> share > 2));
  }

  /** With every gate on min ISR in force, a no that no stop bears out would block for nothing. */
  @Property
  void isAtItsMinimumOnlyWhereSomeStopIsWorthWaitingFor(
      @ForAll("shrunkClusters") Observation observation) {
    ClusterSnapshot cluster = observation.cluster().value().orElseThrow();
    boolean atMinimum =
        ReadinessPolicy.of(GatePreset.BALANCED)
            .assess(observation, false)
            .result(Condition.AT_MIN_ISR)
            .holds();
    boolean anyNo =
        cluster.liveIds().stream()
            .map(it -> new StopPolicy(Allowance.ALL).assessOthers(cluster, Set.of(it)).verdict())
            .anyMatch(Verdict.No.class::isInstance);

    assertThat(atMinimum && !anyNo).as("%s %s", cluster.partitions(), cluster.minIsr()).isFalse();
  }

  @Property
  void alwaysSaysNoWhileTheBrokerIsKnownNotToRun(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll BrokerState state,
      @ForAll boolean latched) {
    Assume.that(state != BrokerState.RUNNING);
    BrokerSnapshot broker = aBroker(1).inState(state).build();
    Observation notRunning =
        new Observation(Answer.known(broker), observation.listener(), observation.cluster());

    assertThat(verdict(with(policy, Condition.BROKER_STATE, Gate.ALWAYS), notRunning, latched))
        .isInstanceOf(Verdict.No.class);
  }

  @Property
  void neverSaysYesWithoutTheClusterWhileOneOfItsConditionsIsInForce(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll boolean latched) {
    Observation alone =
        new Observation(observation.broker(), observation.listener(), Answer.unknown("no cluster"));

    assertThat(verdict(with(policy, Condition.OFFLINE, Gate.ALWAYS), alone, latched))
        .isNotInstanceOf(Verdict.Yes.class);
  }

  private static ReadinessPolicy with(ReadinessPolicy policy, Condition condition, Gate gate) {
    Map<Condition, Gate> gates = new EnumMap<>(policy.gates());
    gates.put(condition, gate);
    return new ReadinessPolicy(gates, policy.thresholds(), policy.excludedTopics());
  }

  @Property
  void neverSaysYesWhileAConditionInForceIsUnknown(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll boolean latched) {
    Assessment assessment = policy.assess(observation, latched);
    boolean unknown =
        assessment.results().stream()
            .filter(it -> it.gate().isInForce(latched))
            .anyMatch(it -> it.finding() instanceof Finding.Unknown);

    assertThat(unknown && assessment.verdict() instanceof Verdict.Yes).isFalse();
  }

  @Property
  void neverCountsWhatAnUntrustedClusterShows(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll boolean latched) {
    Assessment assessment = policy.assess(observation, latched);
    boolean counted =
        assessment.results().stream()
            .filter(it -> it.condition().countsPartitions())
            .anyMatch(ConditionResult::holds);

    assertThat(counted && assessment.distrust().isPresent()).isFalse();
  }

  @Property
  void raisingAThresholdNeverTakesAYesBack(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll("counting") Condition condition,
      @ForAll @IntRange(min = 1, max = 3) int more,
      @ForAll boolean latched) {
    Map<Condition, Integer> raised = new EnumMap<>(Condition.class);
    raised.putAll(policy.thresholds());
    raised.merge(condition, more, Integer::sum);

    ReadinessPolicy lenient = new ReadinessPolicy(policy.gates(), raised, policy.excludedTopics());

    assertAtLeastAsReady(
        verdict(lenient, observation, latched), verdict(policy, observation, latched));
  }

  @Property
  void turningAGateOffNeverTakesAYesBack(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll Condition condition,
      @ForAll boolean latched) {
    ReadinessPolicy lenient = with(policy, condition, Gate.OFF);

    assertAtLeastAsReady(
        verdict(lenient, observation, latched), verdict(policy, observation, latched));
  }

  @Property
  void leavingATopicOutNeverTakesAYesBack(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll boolean latched) {

    ReadinessPolicy lenient =
        new ReadinessPolicy(
            policy.gates(), policy.thresholds(), policy.excludedTopics().or("a"::equals));

    assertAtLeastAsReady(
        verdict(lenient, observation, latched), verdict(policy, observation, latched));
  }

  @Property
  void havingBeenReadyBeforeNeverTakesAYesBack(
      @ForAll("observations") Observation observation, @ForAll("policies") ReadinessPolicy policy) {
    assertAtLeastAsReady(verdict(policy, observation, true), verdict(policy, observation, false));
  }

  @Provide
  Arbitrary<Blinding> blindings() {
    return Arbitraries.of(Blinding.class);
  }

  /** Ways of seeing less. */
  enum Blinding {
    NO_BROKER,
    NO_LISTENER,
    NO_CLUSTER,
    NO_CONTROLLER,
    HIDDEN_TOPIC,
    NO_MIN_ISR;

    Observation of(Observation seen) {
      return switch (this) {
        case NO_BROKER ->
            new Observation(Answer.unknown("no JMX"), seen.listener(), seen.cluster());
        case NO_LISTENER ->
            new Observation(seen.broker(), Answer.unknown("no listener"), seen.cluster());
        case NO_CLUSTER ->
            new Observation(seen.broker(), seen.listener(), Answer.unknown("no cluster"));
        case NO_CONTROLLER, HIDDEN_TOPIC, NO_MIN_ISR ->
            new Observation(
                seen.broker(), seen.listener(), seen.cluster().then(it -> Answer.known(of(it))));
      };
    }

    private ClusterSnapshot of(ClusterSnapshot seen) {
      Map<String, Integer> minIsr = new HashMap<>(seen.minIsr());
      List<PartitionState> partitions = new ArrayList<>(seen.partitions());
      if (this == NO_MIN_ISR) {
        minIsr.remove("a");
      } else if (this == HIDDEN_TOPIC) {
        partitions.removeIf(partition -> partition.topic().equals("a"));
      }
      return new ClusterSnapshot(
          seen.clusterId(),
          seen.asked(),
          seen.nodes(),
          seen.listsFenced(),
          seen.respondents(),
          this == NO_CONTROLLER ? new ControlPlane.Silent("no controller") : seen.controlPlane(),
          seen.topics(),
          seen.partitionCount(),
          partitions,
          minIsr,
          seen.minIsrProblem(),
          this == HIDDEN_TOPIC ? Optional.of("topics may be hidden") : seen.hiddenTopics());
    }
  }

  @Property
  void seeingLessNeverMakesAYes(
      @ForAll("observations") Observation observation,
      @ForAll("policies") ReadinessPolicy policy,
      @ForAll("blindings") Blinding blinding,
      @ForAll boolean latched) {
    assertAtLeastAsReady(
        verdict(policy, observation, latched), verdict(policy, blinding.of(observation), latched));
  }

  @Provide
  Arbitrary<Observation> smallClusters() {
    return Scenarios.shrunkClusters(1);
  }

  @Provide
  Arbitrary<Observation> shrunkClusters() {
    return Scenarios.shrunkClusters();
  }

  @Provide
  Arbitrary<ReadinessPolicy> tolerantPolicies() {
    return Scenarios.tolerantPolicies();
  }

  @Property
  void seeingFewerPartitionsNeverMakesAYesWhereSomeAreAllowedToBeWrong(
      @ForAll("shrunkClusters") Observation observation,
      @ForAll("tolerantPolicies") ReadinessPolicy policy,
      @ForAll("blindings") Blinding blinding) {
    assertAtLeastAsReady(
        verdict(policy, observation, false), verdict(policy, blinding.of(observation), false));
  }

  @Property
  void doesNotDependOnTheOrderOfPartitions(
      @ForAll("observations") Observation observation, @ForAll("policies") ReadinessPolicy policy) {
    assertThat(policy.assess(backwards(observation), false).results())
        .isEqualTo(policy.assess(observation, false).results());
  }

  private static Observation backwards(Observation seen) {
    return new Observation(
        seen.broker(),
        seen.listener(),
        seen.cluster().then(cluster -> Answer.known(backwards(cluster))));
  }

  private static ClusterSnapshot backwards(ClusterSnapshot cluster) {
    List<PartitionState> partitions = new ArrayList<>(cluster.partitions());
    Collections.reverse(partitions);
    return new ClusterSnapshot(
        cluster.clusterId(),
        cluster.asked(),
        cluster.nodes(),
        cluster.listsFenced(),
        cluster.respondents(),
        cluster.controlPlane(),
        cluster.topics(),
        cluster.partitionCount(),
        partitions,
        cluster.minIsr(),
        cluster.minIsrProblem(),
        cluster.hiddenTopics());
  }

  private static void assertAtLeastAsReady(Verdict lenient, Verdict strict) {
    if (strict instanceof Verdict.Yes) {
      assertThat(lenient).isInstanceOf(Verdict.Yes.class);
    }
  }

  private static Verdict verdict(ReadinessPolicy policy, Observation observation, boolean latched) {
    return policy.assess(observation, latched).verdict();
  }
}

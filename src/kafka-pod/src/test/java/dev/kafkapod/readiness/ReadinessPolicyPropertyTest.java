package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.fixtures.Counted;
import dev.kafkapod.readiness.fixtures.Snapshots;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.StopPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What has to be true of every verdict, whatever was observed and whatever the policy. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // there are too many combinations of them
class ReadinessPolicyPropertyTest extends ScenarioProperties {

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
      default -> false;
    };
  }

  @Provide
  Arbitrary<Observation> smallClusters() {
    return Scenarios.shrunkClusters(1);
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
    return Snapshots.with(cluster, cluster.nodes(), partitions);
  }
}

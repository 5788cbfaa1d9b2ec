package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Who asks for less is never told less, and who sees less is never told yes for it. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // there are too many combinations of them
class LeniencePropertyTest extends ScenarioProperties {

  @Provide
  Arbitrary<Condition> counting() {
    return Scenarios.countingConditions();
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

  private static void assertAtLeastAsReady(Verdict lenient, Verdict strict) {
    if (strict instanceof Verdict.Yes) {
      assertThat(lenient).isInstanceOf(Verdict.Yes.class);
    }
  }
}

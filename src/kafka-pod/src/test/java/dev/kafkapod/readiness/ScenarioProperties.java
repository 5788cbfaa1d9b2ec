package dev.kafkapod.readiness;

import dev.kafkapod.common.Verdict;
import java.util.EnumMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;

/** What properties of verdicts are tried with. */
abstract class ScenarioProperties {

  @Provide
  Arbitrary<Observation> observations() {
    return Scenarios.observations();
  }

  @Provide
  Arbitrary<Observation> shrunkClusters() {
    return Scenarios.shrunkClusters();
  }

  @Provide
  Arbitrary<ReadinessPolicy> policies() {
    return Scenarios.policies();
  }

  static ReadinessPolicy with(ReadinessPolicy policy, Condition condition, Gate gate) {
    Map<Condition, Gate> gates = new EnumMap<>(policy.gates());
    gates.put(condition, gate);
    return new ReadinessPolicy(gates, policy.thresholds(), policy.excludedTopics());
  }

  static Verdict verdict(ReadinessPolicy policy, Observation observation, boolean latched) {
    return policy.assess(observation, latched).verdict();
  }
}

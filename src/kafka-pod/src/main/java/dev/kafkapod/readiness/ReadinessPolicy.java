package dev.kafkapod.readiness;

import dev.kafkapod.common.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Judges whether another broker may be disrupted, from what was observed.
 *
 * @param gates when each condition counts; a condition that isn't listed never counts
 * @param thresholds how many partitions a condition may hold for before it counts; 0 where none is
 *     given
 * @param excludedTopics topics that no condition looks at
 */
public record ReadinessPolicy(
    Map<Condition, Gate> gates,
    Map<Condition, Integer> thresholds,
    Predicate<String> excludedTopics) {

  public ReadinessPolicy {
    gates = Map.copyOf(gates);
    thresholds = Map.copyOf(thresholds);
    thresholds.forEach(ReadinessPolicy::validate);
  }

  private static void validate(Condition condition, int threshold) {
    if (threshold < 0) {
      throw new IllegalArgumentException(
          "the threshold of " + condition.optionName() + " must be at least 0, got " + threshold);
    }
    if (!condition.countsPartitions()) {
      throw new IllegalArgumentException(
          condition.optionName() + " doesn't count partitions, so it has no threshold");
    }
  }

  /** A preset with no thresholds and no topics left out. */
  public static ReadinessPolicy of(GatePreset preset) {
    return new ReadinessPolicy(preset.gates(), Map.of(), topic -> false);
  }

  /**
   * Judges an observation. A known no beats an unknown, and an unknown beats a yes.
   *
   * @param latched whether this broker process has been ready before
   */
  public Assessment assess(Observation observation, boolean latched) {
    Optional<Doubt> doubt =
        observation.cluster().value().flatMap(it -> Freshness.doubt(it, observation.broker()));
    ConditionChecks findings = new ConditionChecks(observation, doubt, excludedTopics);
    ConditionChecks asSaid = new ConditionChecks(observation, Optional.empty(), excludedTopics);
    List<ConditionResult> results =
        Arrays.stream(Condition.values())
            .map(condition -> result(condition, findings, latched))
            .map(it -> doubt.isEmpty() ? it : impatient(it, asSaid, latched))
            .toList();
    return new Assessment(verdict(observation, results), results, doubt, excluded(observation));
  }

  /**
   * An old answer is no ground for a yes, but it is one for giving the last yes up: where it shows
   * what would be a no, it isn't silence, whoever vouches for it.
   */
  private ConditionResult impatient(
      ConditionResult doubted, ConditionChecks asSaid, boolean latched) {
    Condition condition = doubted.condition();
    boolean ofTheCluster = condition.countsPartitions() || condition == Condition.FENCED;
    return doubted.finding() instanceof Finding.Unknown unknown
            && unknown.grace() != Grace.NONE
            && ofTheCluster
            && result(condition, asSaid, latched).blocks()
        ? doubted.of(new Finding.Unknown(unknown.cause()))
        : doubted;
  }

  private ConditionResult result(Condition condition, ConditionChecks findings, boolean latched) {
    Gate gate = gates.getOrDefault(condition, Gate.OFF);
    return new ConditionResult(
        condition,
        gate,
        gate.isInForce(latched),
        thresholds.getOrDefault(condition, 0),
        findings.of(condition));
  }

  private static Verdict verdict(Observation observation, List<ConditionResult> results) {
    List<String> reasons =
        results.stream().filter(ConditionResult::blocks).map(ConditionResult::describe).toList();
    if (!reasons.isEmpty()) {
      return new Verdict.No(reasons);
    }
    List<String> causes =
        results.stream()
            .filter(ConditionResult::isUnknown)
            .flatMap(result -> result.unknownBecause().stream())
            .distinct()
            .toList();
    return causes.isEmpty()
        ? new Verdict.Yes(praise(observation, results))
        : new Verdict.CannotTell(causes);
  }

  private static String praise(Observation observation, List<ConditionResult> results) {
    List<String> parts = new ArrayList<>();
    observation.broker().value().ifPresent(broker -> parts.add(broker.name()));
    observation
        .cluster()
        .value()
        .filter(cluster -> cluster.asked() == ClusterSnapshot.Asked.BROKERS)
        .ifPresent(
            cluster ->
                parts.add(
                    String.join(
                        ", ",
                        Wording.count(cluster.liveIds().size(), "broker"),
                        Wording.count(cluster.topics().size(), "topic"),
                        Wording.count(cluster.partitionCount(), "partition"))));
    Stream<String> tolerated =
        results.stream().filter(ConditionResult::holds).map(ReadinessPolicy::tolerated);
    return Stream.concat(parts.stream(), tolerated)
        .reduce((a, b) -> a + ", " + b)
        .orElse("nothing is asked");
  }

  private static String tolerated(ConditionResult result) {
    String why =
        result.inForce()
            ? "up to " + result.threshold() + " allowed"
            : result.gate() == Gate.OFF ? "gate is off" : "counts only at startup";
    return result.describe() + " (" + why + ")";
  }

  private List<String> excluded(Observation observation) {
    return observation
        .cluster()
        .value()
        .map(cluster -> cluster.topics().stream().filter(excludedTopics).sorted().toList())
        .orElse(List.of());
  }
}

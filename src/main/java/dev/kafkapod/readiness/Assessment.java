package dev.kafkapod.readiness;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The outcome of judging readiness: the verdict, and what became of every condition.
 *
 * @param verdict whether the broker is ready
 * @param results one for each condition, in their order
 * @param distrust why what the cluster said wasn't believed; empty if it was, or if it said nothing
 * @param excludedTopics topics that were left out of every condition, sorted by name
 */
public record Assessment(
    Verdict verdict,
    List<ConditionResult> results,
    Optional<String> distrust,
    List<String> excludedTopics) {
  public Assessment {
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(distrust);
    results = List.copyOf(results);
    excludedTopics = List.copyOf(excludedTopics);
  }

  /** The result for one condition. */
  public ConditionResult result(Condition condition) {
    return results.stream().filter(it -> it.condition() == condition).findFirst().orElseThrow();
  }
}

package dev.kafkapod.readiness;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The outcome of judging readiness: the verdict, and what became of every condition.
 *
 * @param verdict whether the broker is ready
 * @param results one for each condition, in their order
 * @param doubt why what the cluster said wasn't believed; empty if it was, or if it said nothing
 * @param excludedTopics topics that were left out of every condition, sorted by name
 */
public record Assessment(
    Verdict verdict,
    List<ConditionResult> results,
    Optional<Doubt> doubt,
    List<String> excludedTopics) {
  public Assessment {
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(doubt);
    results = List.copyOf(results);
    excludedTopics = List.copyOf(excludedTopics);
  }

  /** Why what the cluster said wasn't believed; empty if it was, or if it said nothing. */
  public Optional<String> distrust() {
    return doubt.map(Doubt::why);
  }

  /** Whether the cluster, whose answer this was made of, has answered and can be believed. */
  public boolean trusts(Answer<ClusterSnapshot> cluster) {
    return cluster.value().isPresent() && doubt.isEmpty();
  }

  /** For how long the last verdict may be kept, if this one is "cannot tell". */
  public Grace grace() {
    return grace(results.stream().filter(ConditionResult::isUnknown));
  }

  /** The least that any of these allows; none if there are none. */
  public static Grace grace(Stream<ConditionResult> unknown) {
    return unknown.map(ConditionResult::grace).min(Comparator.naturalOrder()).orElse(Grace.NONE);
  }

  /** The conditions that are reasons not to be ready. */
  public Set<Condition> blocking() {
    return results.stream()
        .filter(ConditionResult::blocks)
        .map(ConditionResult::condition)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The result for one condition. */
  public ConditionResult result(Condition condition) {
    return results.stream().filter(it -> it.condition() == condition).findFirst().orElseThrow();
  }
}

package dev.kafkapod.readiness;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What became of one condition in an assessment.
 *
 * @param condition which one
 * @param gate when it counts
 * @param inForce whether it counts now
 * @param threshold how many partitions it may hold for before it counts, at least 0
 * @param finding what was found
 */
public record ConditionResult(
    Condition condition, Gate gate, boolean inForce, int threshold, Finding finding) {

  private static final int EXAMPLES = 3;

  /** The same condition with another finding. */
  ConditionResult of(Finding other) {
    return new ConditionResult(condition, gate, inForce, threshold, other);
  }

  /**
   * The number of partitions (or 1 for a condition that doesn't count any) that it holds for; 0 if
   * it doesn't hold.
   */
  public int count() {
    if (finding instanceof Finding.HoldsFor held) {
      return held.partitions().size();
    }
    return finding instanceof Finding.Holds ? 1 : 0;
  }

  /** The partitions that it holds for, sorted by name. */
  public List<PartitionState> partitions() {
    return finding instanceof Finding.HoldsFor held ? held.partitions() : List.of();
  }

  /** Whether it holds, whether or not it counts. */
  public boolean holds() {
    return count() > 0;
  }

  /** Whether it is a reason not to be ready. */
  public boolean blocks() {
    return inForce && count() > threshold;
  }

  /** Whether it might be a reason not to be ready, and nobody can tell. */
  public boolean isUnknown() {
    return inForce && !blocks() && unknownBecause().isPresent();
  }

  /** Why nobody can tell whether it holds, or for how many partitions. */
  public Optional<String> unknownBecause() {
    if (finding instanceof Finding.HoldsFor held) {
      return held.incomplete();
    }
    return finding instanceof Finding.Unknown unknown
        ? Optional.of(unknown.cause())
        : Optional.empty();
  }

  /** For how long the last verdict may be kept while nobody can tell. */
  public Grace grace() {
    return finding instanceof Finding.Unknown unknown ? unknown.grace() : Grace.NONE;
  }

  /** The same as {@link #describe} without names: {@code at-min-ISR 12}. */
  public String brief() {
    return finding instanceof Finding.HoldsFor ? condition.label() + " " + count() : describe();
  }

  /**
   * For people: {@code at-min-ISR 12 (orders-3, orders-7, …)}, or {@code broker state RECOVERY}.
   */
  public String describe() {
    if (finding instanceof Finding.HoldsFor held) {
      List<PartitionState> partitions = held.partitions();
      String names =
          partitions.stream()
              .limit(EXAMPLES)
              .map(PartitionState::name)
              .collect(Collectors.joining(", "));
      return condition.label()
          + " "
          + partitions.size()
          + " ("
          + names
          + (partitions.size() > EXAMPLES ? ", …)" : ")");
    }
    if (finding instanceof Finding.Holds held) {
      return condition.label() + " " + held.detail();
    }
    return condition.label() + " 0";
  }
}

package dev.kafkapod.overrides;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.readiness.Grace;
import java.util.List;
import java.util.stream.Stream;

/** Judges again without what an override ignores. Everything else still counts. */
public final class OverrideRules {

  private OverrideRules() {}

  /** The verdict; never worse than without the override. */
  public static Verdict verdict(ReadinessOverride override, Assessment assessment) {
    List<String> reasons =
        assessment.results().stream()
            .filter(result -> result.blocks() && !override.ignores(result))
            .map(ConditionResult::describe)
            .toList();
    if (!reasons.isEmpty()) {
      return new Verdict.No(reasons);
    }
    List<String> causes = causes(override, assessment, false);
    if (!causes.isEmpty()) {
      return new Verdict.CannotTell(causes);
    }
    return assessment.verdict().isYes()
        ? assessment.verdict()
        : new Verdict.Yes("nothing else is wrong");
  }

  /** For how long the last verdict may be kept, if this one is "cannot tell". */
  public static Grace grace(ReadinessOverride override, Assessment assessment) {
    return Assessment.grace(
        assessment.results().stream()
            .filter(result -> result.isUnknown() && !override.ignoresUnknown(result)));
  }

  /**
   * Whether a stop may go on, as far as an override has a say: one that ignores what the cluster
   * can't tell makes a yes of that, and of nothing else. What is known to break goes on being a no,
   * whatever conditions are ignored: those are about how the cluster is, and not about what one
   * more stop would do to it.
   *
   * @param verdict of can-stop, with the local broker's part of it known
   */
  public static Verdict ofStop(InForce inForce, Verdict verdict) {
    return inForce.override().ignoresUnknown() && verdict.isUnknown()
        ? new Verdict.Yes(inForce.wording() + "; hides: unknown: " + verdict.summary())
        : verdict;
  }

  /** What would be a reason, and isn't because of the override. */
  static List<String> hidden(ReadinessOverride override, Assessment assessment) {
    Stream<String> conditions =
        assessment.results().stream()
            .filter(result -> result.blocks() && override.ignores(result))
            .map(ConditionResult::brief);
    List<String> counting = causes(override, assessment, false);
    Stream<String> unknown =
        causes(override, assessment, true).stream()
            .filter(cause -> !counting.contains(cause))
            .map(cause -> "unknown: " + cause);
    return Stream.concat(conditions, unknown).toList();
  }

  /** Why nobody can tell of the conditions of which the override ignores that, or of the others. */
  private static List<String> causes(
      ReadinessOverride override, Assessment assessment, boolean ignored) {
    return assessment.results().stream()
        .filter(result -> result.isUnknown() && override.ignoresUnknown(result) == ignored)
        .flatMap(result -> result.unknownBecause().stream())
        .distinct()
        .toList();
  }
}

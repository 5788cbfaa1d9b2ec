package dev.kafkapod.overrides;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.ConditionResult;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A verdict with overrides taken into account, and what it would be without them.
 *
 * @param overrides what the override files come to
 * @param without the verdict without them
 * @param verdict the verdict, which says so where an override is in force or a file is wrong
 * @param hides what would be a reason not to be ready, and isn't because of the override
 */
public record EffectiveVerdict(
    Overrides overrides, Verdict without, Verdict verdict, List<String> hides) {

  public EffectiveVerdict {
    Objects.requireNonNull(overrides);
    Objects.requireNonNull(without);
    Objects.requireNonNull(verdict);
    hides = List.copyOf(hides);
  }

  /** Without any override. */
  public static EffectiveVerdict none(Verdict verdict) {
    return new EffectiveVerdict(Overrides.NONE, verdict, verdict, List.of());
  }

  /**
   * Applies what is in force.
   *
   * @param without the verdict without it
   * @param relaxed the verdict without what it ignores; counts only for {@code evaluate}
   * @param assessment what both rest on
   */
  public static EffectiveVerdict of(
      Overrides overrides, Verdict without, Verdict relaxed, Assessment assessment) {
    if (overrides.inForce().isEmpty()) {
      return new EffectiveVerdict(overrides, without, warned(without, overrides), List.of());
    }
    InForce inForce = overrides.inForce().get();
    Readiness readiness = inForce.override().readiness();
    List<String> hides =
        switch (readiness) {
          case READY -> objections(without, assessment);
          case NOT_READY -> List.of();
          case EVALUATE -> OverrideRules.hidden(inForce.override(), assessment);
        };
    Verdict said =
        switch (readiness) {
          case READY -> yes(without, note(inForce, hides));
          case NOT_READY -> new Verdict.No(List.of(inForce.wording()));
          case EVALUATE -> evaluated(without, relaxed, note(inForce, hides));
        };
    return new EffectiveVerdict(overrides, without, warned(said, overrides), hides);
  }

  /**
   * Applies an override that needs nobody to be asked.
   *
   * @throws IllegalStateException if there is none, or it has to be evaluated
   */
  public static EffectiveVerdict unasked(Overrides overrides) {
    InForce inForce = overrides.inForce().orElseThrow(IllegalStateException::new);
    Verdict said =
        switch (inForce.override().readiness()) {
          case READY ->
              Verdict.Yes.noted(
                  inForce.wording() + "; what it hides is unknown, because no check was made");
          case NOT_READY -> new Verdict.No(List.of(inForce.wording()));
          case EVALUATE -> throw new IllegalStateException("evaluate needs an assessment");
        };
    return new EffectiveVerdict(
        overrides,
        new Verdict.CannotTell(List.of("no check was made")),
        warned(said, overrides),
        List.of());
  }

  private static Verdict evaluated(Verdict without, Verdict relaxed, String note) {
    return without.isYes() || relaxed.isYes() ? yes(without, note) : relaxed.noting(note);
  }

  private static Verdict yes(Verdict without, String note) {
    return without.isYes() ? without.noting(note) : Verdict.Yes.noted(note);
  }

  private static String note(InForce inForce, List<String> hides) {
    return inForce.wording()
        + "; hides: "
        + (hides.isEmpty() ? "nothing" : String.join(", ", hides));
  }

  private static List<String> objections(Verdict without, Assessment assessment) {
    return switch (without.kind()) {
      case YES -> List.of();
      case NO -> blocking(without, assessment);
      case CANNOT_TELL -> List.of("cannot tell: " + without.summary());
    };
  }

  private static List<String> blocking(Verdict without, Assessment assessment) {
    List<String> conditions =
        assessment.results().stream()
            .filter(ConditionResult::blocks)
            .map(ConditionResult::brief)
            .toList();
    return conditions.isEmpty() ? without.reasons() : conditions;
  }

  private static Verdict warned(Verdict verdict, Overrides overrides) {
    if (overrides.problems().isEmpty()) {
      return verdict;
    }
    String warning =
        "warning: "
            + overrides.problems().stream()
                .map(Overrides.Warning::text)
                .collect(Collectors.joining("; "));
    return verdict.noting(warning);
  }
}

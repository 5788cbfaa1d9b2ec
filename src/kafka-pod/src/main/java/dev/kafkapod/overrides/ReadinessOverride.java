package dev.kafkapod.overrides;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.ConditionResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator, in an incident, has said about a broker's readiness.
 *
 * @param readiness the answer, or that it is evaluated as usual
 * @param ignored conditions that don't count; only with EVALUATE
 * @param ignoresUnknown whether it doesn't count either that the cluster can't tell; only with
 *     EVALUATE
 * @param brokers the node ids that it is for; empty for all
 * @param since when it was written, by the wall clock; it counts from then on
 * @param until when it ends, by the wall clock
 * @param reason why, in words for people, not blank and printable
 * @param by who says so
 */
public record ReadinessOverride(
    Readiness readiness,
    Set<Condition> ignored,
    boolean ignoresUnknown,
    Set<Integer> brokers,
    Instant since,
    Instant until,
    String reason,
    Optional<String> by) {

  /** The word in {@code ignore} for what the cluster doesn't tell. */
  public static final String UNKNOWN = "unknown";

  /** The answer that an override asks for. */
  public enum Readiness {
    READY,
    NOT_READY,
    EVALUATE;

    /** {@code ready}, {@code not-ready} or {@code evaluate}. */
    public String optionName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public ReadinessOverride {
    Objects.requireNonNull(readiness);
    Objects.requireNonNull(since);
    Objects.requireNonNull(until);
    Objects.requireNonNull(by);
    ignored = Set.copyOf(ignored);
    brokers = Set.copyOf(brokers);
    if (readiness != Readiness.EVALUATE && (ignoresUnknown || !ignored.isEmpty())) {
      throw new IllegalArgumentException(
          readiness.optionName() + " has nothing left to ignore; only evaluate has");
    }
    PrintableText.check("reason", reason);
    by.ifPresent(it -> PrintableText.check("by", it));
  }

  /** Whether a condition that holds is no reason here. */
  public boolean ignores(ConditionResult result) {
    return ignored.contains(result.condition());
  }

  /** Whether it is no reason here that nobody can tell whether a condition holds. */
  public boolean ignoresUnknown(ConditionResult result) {
    return ignores(result) || (ignoresUnknown && !result.condition().isLocal());
  }

  /** The names of all that is ignored, as a file lists them: conditions in their order. */
  public List<String> ignoredNames() {
    List<String> names = new ArrayList<>();
    if (!ignored.isEmpty()) {
      EnumSet.copyOf(ignored).forEach(condition -> names.add(condition.optionName()));
    }
    if (ignoresUnknown) {
      names.add(UNKNOWN);
    }
    return names;
  }
}

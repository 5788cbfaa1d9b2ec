package dev.kafkapod.stopping;

import dev.kafkapod.readiness.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether some nodes may stop together, and what that is said by.
 *
 * @param verdict yes, no or neither
 * @param consequences what would happen; empty where the cluster isn't known or isn't to be
 *     believed
 */
public record StopAssessment(Verdict verdict, Optional<Consequences> consequences) {
  public StopAssessment {
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(consequences);
  }

  static StopAssessment unknown(String cause) {
    return new StopAssessment(new Verdict.CannotTell(List.of(cause)), Optional.empty());
  }
}

package dev.kafkapod.stopping;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.ClusterTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether some nodes may stop together, and what that is said by.
 *
 * @param verdict yes, no or neither
 * @param consequences what would happen; empty where the cluster isn't known or isn't to be
 *     believed
 * @param toNotice how long after a node's death the cluster's answers may still be as if it lived
 */
public record StopAssessment(
    Verdict verdict, Optional<Consequences> consequences, Duration toNotice) {
  public StopAssessment {
    Objects.requireNonNull(verdict);
    Objects.requireNonNull(toNotice);
    Objects.requireNonNull(consequences);
  }

  /** One by a cluster with a quorum and Kafka's default time-outs. */
  public StopAssessment(Verdict verdict, Optional<Consequences> consequences) {
    this(verdict, consequences, ClusterTimeouts.DEFAULT.toNoticeByQuorum());
  }

  static StopAssessment unknown(String cause) {
    return new StopAssessment(new Verdict.CannotTell(List.of(cause)), Optional.empty());
  }
}

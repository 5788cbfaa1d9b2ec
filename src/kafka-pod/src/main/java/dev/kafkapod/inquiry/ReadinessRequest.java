package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.FirstReady;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.verdictfile.VerdictFile;
import java.util.Optional;

/**
 * What somebody was given who wants to know whether the local broker is ready. Each part is found
 * out only when it is asked for: an answer of the agent needs none of what comes after {@link
 * #agent}.
 */
public interface ReadinessRequest {

  /** When to stop waiting for answers. */
  Deadline deadline();

  /** What the override files come to now. */
  Overrides overrides();

  /** The agent's verdict, if it may be used and speaks of now. */
  Optional<VerdictFile> agent();

  /**
   * What asks the broker and its cluster.
   *
   * @throws Misconfigured if nobody knows how to ask them
   */
  Observer observer();

  /** What counts as a reason not to be ready. */
  ReadinessPolicy policy();

  /** Whether startup gates no longer count. */
  boolean latched();

  /** What a process's first ready takes. */
  FirstReady firstReady();
}

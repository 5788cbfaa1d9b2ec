package dev.kafkapod.agent;

import java.time.Duration;

/**
 * How often the cluster is asked: as often as is useful, and as seldom as it takes to stay within
 * one percent of one core. What isn't used is saved up to a second of CPU time, for the first
 * questions of a process, which cost many times more than later ones, and for a rollout.
 */
final class EvaluationBudget {

  private static final Duration WHILE_READY = Duration.ofSeconds(5);
  private static final Duration WHILE_NOT_READY = Duration.ofSeconds(2);
  private static final long SAVINGS = Duration.ofSeconds(1).toNanos();

  /** Older data is no basis for a yes, whatever a newer look costs. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** One percent. */
  private static final int SHARE = 100;

  private long credit = SAVINGS;
  private long creditNanos;

  /** Begins with all that can be saved. */
  EvaluationBudget(long nowNanos) {
    creditNanos = nowNanos;
  }

  /**
   * When to ask again.
   *
   * @param interval from the beginning of the last asking to the next
   * @param spacedOut whether its cost, and nothing else, makes it so long
   */
  record Next(Duration interval, boolean spacedOut) {}

  /**
   * Pays for one asking.
   *
   * @param cpu what it cost
   * @param begunNanos when it began, on the monotonic clock
   */
  Next after(boolean ready, Duration cpu, long begunNanos) {
    long earned = Math.max(0, begunNanos - creditNanos) / SHARE;
    credit = Math.min(SAVINGS, credit + earned) - cpu.toNanos();
    creditNanos = begunNanos;
    Duration wanted = ready ? WHILE_READY : WHILE_NOT_READY;
    credit = Math.max(credit, -LONGEST.toNanos() / SHARE);
    Duration affordable = Duration.ofNanos(Math.max(0, -credit)).multipliedBy(SHARE);
    return affordable.compareTo(wanted) > 0 ? new Next(affordable, true) : new Next(wanted, false);
  }
}

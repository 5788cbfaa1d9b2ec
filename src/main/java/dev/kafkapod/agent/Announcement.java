package dev.kafkapod.agent;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.readiness.Verdict;
import dev.kafkapod.readiness.Wording;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the log says when the verdict changes. */
final class Announcement {

  private Announcement() {}

  /**
   * One line, if somebody who reads the log would call it a change: another kind of answer, or
   * other conditions. How many partitions a condition holds for changes all the time, and doesn't
   * count.
   */
  static Optional<String> of(AgentState before, AgentState after, long nowNanos) {
    boolean sameKind = before.ready().getClass() == after.ready().getClass();
    boolean stillReady = sameKind && after.ready() instanceof Verdict.Yes;
    if (stillReady || (sameKind && blocking(before).equals(blocking(after)))) {
      return Optional.empty();
    }
    String line = after.readyReply().line();
    Duration lasted =
        Duration.ofNanos(
            nowNanos
                - (after.ready() instanceof Verdict.Yes
                    ? before.blockedSinceNanos().orElse(before.sinceNanos())
                    : before.sinceNanos()));
    if (sameKind) {
      return Optional.of(line + " (so for " + Wording.longTime(after.blocked(nowNanos)) + ")");
    }
    return Optional.of(
        line
            + (after.ready() instanceof Verdict.Yes
                ? " (had been blocked for " + Wording.longTime(lasted) + ")"
                : " (had been \""
                    + word(before.ready())
                    + "\" for "
                    + Wording.longTime(lasted)
                    + ")"));
  }

  private static Set<Condition> blocking(AgentState agentState) {
    return agentState.assessment().results().stream()
        .filter(ConditionResult::blocks)
        .map(ConditionResult::condition)
        .collect(Collectors.toSet());
  }

  private static String word(Verdict verdict) {
    if (verdict instanceof Verdict.Yes) {
      return "ready";
    }
    return verdict instanceof Verdict.No ? "not ready" : "cannot tell";
  }
}

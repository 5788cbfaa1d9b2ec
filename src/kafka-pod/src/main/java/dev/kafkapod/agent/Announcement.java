package dev.kafkapod.agent;

import dev.kafkapod.readiness.Wording;
import java.time.Duration;
import java.util.Optional;

/** What the log says when the verdict changes. */
final class Announcement {

  private Announcement() {}

  /**
   * One line, if somebody who reads the log would call it a change: another kind of answer, or
   * other conditions. How many partitions a condition holds for changes all the time, and doesn't
   * count.
   */
  static Optional<String> of(AgentState before, AgentState after, long nowNanos) {
    boolean sameKind = before.ready().kind() == after.ready().kind();
    boolean stillReady = sameKind && after.ready().isYes();
    if (stillReady
        || (sameKind && before.assessment().blocking().equals(after.assessment().blocking()))) {
      return Optional.empty();
    }
    String line = after.readyReply().line();
    Duration lasted =
        Duration.ofNanos(
            nowNanos
                - (after.ready().isYes()
                    ? before.blockedSinceNanos().orElse(before.sinceNanos())
                    : before.sinceNanos()));
    if (sameKind) {
      return Optional.of(line + " (so for " + Wording.longTime(after.blocked(nowNanos)) + ")");
    }
    return Optional.of(
        line
            + (after.ready().isYes()
                ? " (had been blocked for " + Wording.longTime(lasted) + ")"
                : " (had been \""
                    + before.readyReply().word()
                    + "\" for "
                    + Wording.longTime(lasted)
                    + ")"));
  }
}

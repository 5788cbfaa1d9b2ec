package dev.kafkapod.readiness;

/**
 * How much of its logs a broker has still to recover after an unclean stop.
 *
 * @param logs partitions' logs that remain, over all log directories, at least 0
 * @param segments log segments that remain in the logs now being recovered, at least 0
 */
public record RecoveryProgress(long logs, long segments) {
  public RecoveryProgress {
    if (logs < 0 || segments < 0) {
      throw new IllegalArgumentException(
          "remaining logs and segments must not be negative, got " + logs + " and " + segments);
    }
  }

  /** For people: {@code 12 logs and 3 segments remain}. */
  public String remaining() {
    return Wording.count(logs, "log") + " and " + Wording.count(segments, "segment") + " remain";
  }

  /** For people: {@code recovering logs: 12 logs and 3 segments remain}. */
  public String describe() {
    return "recovering logs: " + remaining();
  }
}

package dev.kafkapod.turns;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How old a record is at least. Three clocks have a say, because any machine's may be wrong: the
 * record is as old as both the log's clock and the writers' clocks say; or else as old as this
 * process has itself watched it stand, by a clock that never jumps. So a clock that is wrong ends
 * no record too soon, and none stands for ever.
 *
 * @param log the log's clock now: the newest timestamp, and the time since it was first read
 * @param wall this machine's clock now
 * @param watched for how long this process has watched each record, by its offset
 */
public record QueueClock(Instant log, Instant wall, Map<Long, Duration> watched) {
  public QueueClock {
    watched = Map.copyOf(watched);
  }

  /**
   * The age of a record, never negative.
   *
   * @param offset its offset
   * @param timestamp its timestamp
   * @param written when it was written, by its writer's clock
   */
  public Duration age(long offset, Instant timestamp, Instant written) {
    return longer(
        shorter(Duration.between(timestamp, log), Duration.between(written, wall)),
        watched.getOrDefault(offset, Duration.ZERO));
  }

  /** The age of a request's newest record. */
  public Duration age(StandingRequest standing) {
    return age(standing.offset(), standing.timestamp(), standing.request().written());
  }

  /** Whether its time is not over. */
  public boolean stands(StandingRequest standing) {
    return age(standing).compareTo(standing.lasts()) < 0;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}

package dev.kafkapod.bounded;

import java.time.Duration;

/**
 * A moment by which an answer must be there, on the JVM's monotonic clock: no jump of the wall
 * clock moves it.
 */
public final class Deadline {

  private final long atNanos;

  private Deadline(long atNanos) {
    this.atNanos = atNanos;
  }

  /** A deadline that far from now. */
  public static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** The earlier of this deadline and one that far from now. */
  public Deadline orIn(Duration time) {
    return remaining().compareTo(time) <= 0 ? this : in(time);
  }

  /** A deadline that much before this one, to leave time for reporting. */
  public Deadline minus(Duration time) {
    return new Deadline(atNanos - time.toNanos());
  }

  /** The time that is left, never negative. */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
  }

  /** The time that is left in milliseconds, at least 1: many APIs take 0 for "no limit". */
  public int remainingMillis() {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, remaining().toMillis()));
  }

  /** Whether no time is left. */
  public boolean hasPassed() {
    return remaining().isZero();
  }
}

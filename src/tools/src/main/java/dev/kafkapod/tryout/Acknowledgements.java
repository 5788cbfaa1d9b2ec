package dev.kafkapod.tryout;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How long sends waited for their acknowledgement, and when none came. Times are of the JVM's
 * monotonic clock. A stall loses nothing, so that only these figures show it.
 */
public final class Acknowledgements {

  /** A gap as long as this is kept; at the pace of these producers, shorter ones are nothing. */
  public static final long GAP_MILLIS = 500;

  /** A time without an acknowledged send. */
  public record Gap(long fromNanos, long untilNanos) {}

  /** Longer than any send is tried for. */
  private static final int LONGEST_MS = 120_000;

  private final long[] byMillis = new long[LONGEST_MS + 1];
  private final List<Gap> gaps = new ArrayList<>();
  private long last;
  private long count;
  private long longestGap;

  Acknowledgements(long begunNanos) {
    last = begunNanos;
  }

  /** A send was acknowledged. */
  synchronized void add(long sentNanos, long nowNanos) {
    long millis = (nowNanos - sentNanos + 999_999) / 1_000_000;
    byMillis[(int) Math.max(0, Math.min(LONGEST_MS, millis))]++;
    // before the first one the producer gets to know the cluster: that is no gap of the cluster's
    if (count++ > 0) {
      gap(nowNanos);
    }
    last = nowNanos;
  }

  /** Nothing more is sent: a gap that is still open ends here. */
  synchronized void end(long nowNanos) {
    gap(nowNanos);
    last = nowNanos;
  }

  private void gap(long nowNanos) {
    longestGap = Math.max(longestGap, nowNanos - last);
    if (nowNanos - last >= TimeUnit.MILLISECONDS.toNanos(GAP_MILLIS)) {
      gaps.add(new Gap(last, nowNanos));
    }
  }

  /**
   * Within how many milliseconds so many percent of the acknowledged sends were acknowledged; empty
   * if none was.
   *
   * @param percent from 1 to 100
   */
  public synchronized OptionalLong withinMillis(int percent) {
    long rank = (count * percent + 99) / 100;
    long seen = 0;
    for (int millis = 0; millis <= LONGEST_MS && count > 0; millis++) {
      seen += byMillis[millis];
      if (seen >= rank) {
        return OptionalLong.of(millis);
      }
    }
    return OptionalLong.empty();
  }

  /** The longest time without an acknowledged send, from the first one on, in milliseconds. */
  public synchronized long longestGapMillis() {
    return TimeUnit.NANOSECONDS.toMillis(longestGap);
  }

  /** The long gaps, the oldest first. */
  public synchronized List<Gap> gaps() {
    return List.copyOf(gaps);
  }
}

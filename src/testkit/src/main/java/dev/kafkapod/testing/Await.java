package dev.kafkapod.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for conditions, never for a fixed time, and tells what was seen when the time is up. */
public final class Await {
  private static final Duration INTERVAL = Duration.ofMillis(50);

  /** Whoever looks must leave the time to what he waits for. */
  private static final int PAUSES_PER_LOOK = 2;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private Await() {}

  /**
   * Observes until an observation satisfies the condition: every 50 ms, or less often where looking
   * itself takes long.
   *
   * @param what what is waited for, as the end of the sentence "waited 30 s for …"
   * @param observe what to look at; an exception counts as "not yet" and is shown if the time runs
   *     out
   * @return the observation that satisfied the condition
   * @throws AssertionError if the limit has passed; the message has the last observation
   */
  public static <T> T until(
      String what, Duration limit, Callable<T> observe, Predicate<? super T> done) {
    return until(what, limit, observe, done, () -> "");
  }

  /**
   * The same, with something more to show on failure, such as the end of a log.
   *
   * @param details added to the message; asked for only when the time has run out
   * @throws AssertionError if the limit has passed
   */
  public static <T> T until(
      String what,
      Duration limit,
      Callable<T> observe,
      Predicate<? super T> done,
      Supplier<String> details) {
    long start = System.nanoTime();
    while (true) {
      long look = System.nanoTime();
      String seen;
      Exception failure = null;
      try {
        T value = observe.call();
        if (done.test(value)) {
          return value;
        }
        seen = String.valueOf(value);
      } catch (InterruptedException e) {
        throw interrupted(what, e);
      } catch (Exception e) {
        seen = e.toString();
        failure = e;
      }
      if (System.nanoTime() - start > limit.toNanos()) {
        String more = details.get();
        throw new AssertionError(
            "waited %s s for %s; last seen: %s%s"
                .formatted(
                    limit.toMillis() / 1000.0, what, seen, more.isEmpty() ? "" : "\n" + more),
            failure);
      }
      try {
        Thread.sleep(pause(System.nanoTime() - look));
      } catch (InterruptedException e) {
        throw interrupted(what, e);
      }
    }
  }

  private static long pause(long tookNanos) {
    long wanted = PAUSES_PER_LOOK * tookNanos / 1_000_000;
    return Math.max(INTERVAL.toMillis(), Math.min(LONGEST_PAUSE.toMillis(), wanted));
  }

  static IllegalStateException interrupted(String what, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for " + what, cause);
  }
}

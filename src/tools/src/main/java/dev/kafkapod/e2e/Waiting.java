package dev.kafkapod.e2e;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what a cluster does: looks every second, and never for ever. */
final class Waiting {

  private static final long EVERY_MS = 1000;

  private Waiting() {}

  /**
   * Looks until it is so.
   *
   * @param what is waited for, as the end of "waited 60 s for …"
   * @throws CouldNotRun if the limit has passed, with what was seen last
   */
  static <T> T until(String what, Duration limit, Supplier<T> look, Predicate<T> done) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      T seen = look.get();
      if (done.test(seen)) {
        return seen;
      }
      if (System.nanoTime() > end) {
        throw new CouldNotRun(
            "waited %d s for %s; last seen: %s".formatted(limit.toSeconds(), what, seen));
      }
      pause();
    }
  }

  /** Whether it stays so for all of the time. */
  static boolean stays(Duration time, Supplier<Boolean> look) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      if (!look.get()) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(EVERY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CouldNotRun("interrupted");
    }
  }
}

package dev.kafkapod.overrides;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When each override was first seen. By then it had so much time left, and it never gets more: a
 * wall clock that is set back would give it some.
 */
public final class OverrideExpiry {

  /** Each override that an operator writes is remembered; nobody writes so many in one incident. */
  private static final int REMEMBERED = 64;

  private final Map<ReadinessOverride, Duration> ends =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReadinessOverride, Duration> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * How much time an override has left by both clocks; nothing or less if it is over.
   *
   * @param now the wall clock
   * @param sinceBoot the time since boot, the time in which the machine slept included
   */
  public Duration left(ReadinessOverride override, Instant now, Duration sinceBoot) {
    Duration byTheClock = Duration.between(now, override.until());
    Duration end = ends.computeIfAbsent(override, it -> sinceBoot.plus(byTheClock));
    Duration sinceSeen = end.minus(sinceBoot);
    return sinceSeen.compareTo(byTheClock) < 0 ? sinceSeen : byTheClock;
  }
}

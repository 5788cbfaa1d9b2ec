package dev.kafkapod.agent;

import dev.kafkapod.overrides.Overrides;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the override files came to when they were last read.
 *
 * @param overrides what counts, and what is wrong
 * @param nanos when, on the monotonic clock; empty if nobody reads them
 * @param sinceBoot the time since boot then
 * @param changed the time of files from which on a change hasn't been seen; empty if nobody reads
 *     them
 */
record OverrideReading(
    Overrides overrides, OptionalLong nanos, Duration sinceBoot, Optional<Instant> changed) {

  /** Nobody reads the files. */
  static final OverrideReading NONE =
      new OverrideReading(Overrides.NONE, OptionalLong.empty(), Duration.ZERO, Optional.empty());

  /** Files are read twice a second; who hasn't for so long hangs. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final Overrides HANGING =
      Overrides.unread(
          List.of(
              new Overrides.Warning(
                  Overrides.WarningKind.UNUSABLE,
                  "the override files couldn't be read for more than %d s; see whether their file system hangs"
                      .formatted(LONGEST.toSeconds()))));

  OverrideReading {
    Objects.requireNonNull(overrides);
    Objects.requireNonNull(nanos);
    Objects.requireNonNull(sinceBoot);
    Objects.requireNonNull(changed);
  }

  /** The same now: an override that has ended doesn't count, nor does what was read long ago. */
  OverrideReading at(long nowNanos) {
    if (nanos.isEmpty()) {
      return this;
    }
    Duration age = Duration.ofNanos(nowNanos - nanos.getAsLong());
    if (age.compareTo(LONGEST) > 0) {
      return new OverrideReading(HANGING, nanos, sinceBoot, Optional.empty());
    }
    boolean over = overrides.inForce().filter(it -> it.left().compareTo(age) <= 0).isPresent();
    return over ? new OverrideReading(overrides.ended(), nanos, sinceBoot, changed) : this;
  }

  /** The second since boot before which nothing may be written that holds longer. */
  OptionalLong end() {
    return overrides.inForce().isPresent()
        ? OptionalLong.of(sinceBoot.plus(overrides.inForce().get().left()).toSeconds())
        : OptionalLong.empty();
  }

  /** How much longer the override goes on; nothing if there is none. */
  Duration left(long nowNanos) {
    return at(nowNanos)
        .overrides()
        .inForce()
        .map(it -> it.left().minusNanos(nowNanos - nanos.orElse(nowNanos)))
        .orElse(Duration.ZERO);
  }
}

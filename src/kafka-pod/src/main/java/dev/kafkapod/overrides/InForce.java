package dev.kafkapod.overrides;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * An override that counts for this broker now.
 *
 * @param place the file that it is from
 * @param left how long it goes on, longer than nothing
 * @param wording how it is put in a line: {@code override until 18:00Z by jane: INC-4711}
 */
public record InForce(ReadinessOverride override, String place, Duration left, String wording) {

  public InForce {
    Objects.requireNonNull(override);
    Objects.requireNonNull(place);
    Objects.requireNonNull(wording);
    if (left.isNegative() || left.isZero()) {
      throw new IllegalArgumentException("an override in force has time left, got " + left);
    }
  }

  /**
   * An override as it is put on a day.
   *
   * @param now the wall clock
   */
  public static InForce of(ReadinessOverride override, String place, Duration left, Instant now) {
    String wording =
        "override until "
            + time(override.until(), now)
            + override.by().map(by -> " by " + by).orElse("")
            + ": "
            + override.reason()
            + (override.ignoredNames().isEmpty()
                ? ""
                : "; ignores " + String.join(", ", override.ignoredNames()));
    return new InForce(override, place, left, wording);
  }

  /** {@code 18:00Z} today, and with the day if that is another one. */
  static String time(Instant instant, Instant now) {
    OffsetDateTime time = instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC);
    LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
    return time.toLocalDate().equals(today)
        ? time.toLocalTime() + "Z"
        : time.toLocalDateTime() + "Z";
  }

  /** Whether it is an answer by itself, so that nobody need be asked. */
  public boolean needsNobody() {
    return override.readiness() != ReadinessOverride.Readiness.EVALUATE;
  }

  /** Whether it is the same override from the same file, however much time it has left. */
  public boolean isSame(InForce other) {
    return override.equals(other.override) && place.equals(other.place);
  }
}

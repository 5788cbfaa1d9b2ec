package dev.kafkapod.readiness;

import java.util.Locale;

/** When a condition counts as a reason not to be ready. */
public enum Gate {
  /** At any time. */
  ALWAYS,
  /** Only until this broker process has been ready once. */
  STARTUP,
  /** Never. */
  OFF;

  /**
   * Whether a condition behind this gate counts now.
   *
   * @param latched whether this broker process has been ready before
   */
  public boolean isInForce(boolean latched) {
    return this == ALWAYS || (this == STARTUP && !latched);
  }

  /** {@code always}, {@code startup} or {@code off}. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

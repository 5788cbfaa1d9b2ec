package dev.kafkapod.readiness;

import java.util.Objects;

/**
 * A reason not to believe what was said of the cluster.
 *
 * @param why in one phrase
 * @param grace for how long the last verdict may be kept meanwhile
 */
public record Doubt(String why, Grace grace) {
  public Doubt {
    Objects.requireNonNull(why);
    Objects.requireNonNull(grace);
  }

  /** What can be found where it is in the way. */
  Finding unknown() {
    return new Finding.Unknown(why, grace);
  }
}

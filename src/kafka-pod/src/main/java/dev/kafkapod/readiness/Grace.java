package dev.kafkapod.readiness;

/**
 * For how long the last verdict may outlive an answer of "cannot tell". In ascending order, so that
 * of several the least counts.
 *
 * <p>Silence says nothing new. What somebody has said that speaks against the last verdict isn't
 * silence, and is never waited out.
 */
public enum Grace {
  /**
   * Not at all: somebody has answered, and what was said is a reason for doubt; or the local broker
   * itself can't be looked at.
   */
  NONE,

  /**
   * For {@link Freshness#BROKER_LAG} at the most: a leader that was elected a moment ago hasn't
   * heard of the brokers yet.
   */
  BRIEF,

  /** For as long as the operator says: nobody who would know has answered. */
  FULL
}

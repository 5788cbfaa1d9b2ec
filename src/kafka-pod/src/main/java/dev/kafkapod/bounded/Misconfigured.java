package dev.kafkapod.bounded;

/**
 * What the caller configured is wrong. The message is one line for people: subject, rule, what was
 * seen, what to do.
 *
 * <p>Most of it may heal while somebody waits: a file that is missing while secrets are rotated, or
 * half of which has been written. What can't is wrong use ({@link #wrongUse}).
 */
public final class Misconfigured extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final boolean mayHeal;

  public Misconfigured(String message) {
    this(message, null);
  }

  public Misconfigured(String message, Throwable cause) {
    this(message, cause, true);
  }

  private Misconfigured(String message, Throwable cause, boolean mayHeal) {
    super(message, cause);
    this.mayHeal = mayHeal;
  }

  /** Something that asking again can't help, however long one waits. */
  public static Misconfigured wrongUse(String message, Throwable cause) {
    return new Misconfigured(message, cause, false);
  }

  /** Whether asking again later may help. */
  public boolean mayHeal() {
    return mayHeal;
  }
}

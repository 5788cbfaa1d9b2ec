package dev.kafkapod.bounded;

/**
 * What the caller configured is wrong, so that asking again can't help. The message is one line for
 * people: subject, rule, what was seen, what to do.
 */
public final class Misconfigured extends RuntimeException {

  private static final long serialVersionUID = 1;

  public Misconfigured(String message) {
    super(message);
  }

  public Misconfigured(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.kafkapod.bounded;

/**
 * Somebody who was asked gave no usable answer. The message is one line for people: subject, rule,
 * what was seen.
 */
public final class Unanswered extends Exception {

  private static final long serialVersionUID = 1;

  public Unanswered(String message) {
    super(message);
  }

  public Unanswered(String message, Throwable cause) {
    super(message, cause);
  }
}

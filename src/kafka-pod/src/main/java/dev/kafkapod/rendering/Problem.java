package dev.kafkapod.rendering;

import java.util.Objects;

/**
 * Something that is wrong, in one line for people.
 *
 * @param severity whether a broker may be started all the same
 * @param where a file with its line, a variable, or a file of the disk; may be empty
 * @param message subject, rule, what was seen and what to do; never a secret
 */
public record Problem(Severity severity, String where, String message) {

  /** How bad it is. */
  public enum Severity {
    ERROR,
    WARNING
  }

  public Problem {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(where);
    Objects.requireNonNull(message);
  }

  /** Whether it keeps a broker from starting. */
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public String toString() {
    return (isError() ? "" : "warning: ") + (where.isEmpty() ? "" : where + ": ") + message;
  }
}

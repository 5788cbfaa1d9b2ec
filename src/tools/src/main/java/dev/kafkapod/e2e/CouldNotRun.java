package dev.kafkapod.e2e;

/**
 * Something outside of what is tried is missing or in the way: no check has failed, none could be
 * made.
 */
final class CouldNotRun extends RuntimeException {

  private static final long serialVersionUID = 1;

  CouldNotRun(String message) {
    super(message);
  }
}

package dev.kafkapod.bounded;

import java.time.Duration;

/** A pause of this thread, after which it goes on unless somebody has interrupted it. */
public final class Pause {

  private Pause() {}

  /**
   * Pauses.
   *
   * @return false if it was interrupted, which the thread then still is
   */
  public static boolean of(Duration length) {
    try {
      Thread.sleep(length.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

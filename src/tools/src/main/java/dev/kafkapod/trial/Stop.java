package dev.kafkapod.trial;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One node's stop in a round. Times are milliseconds since the round's first hook began.
 *
 * @param node its id
 * @param exitCode its hook's; empty if it had to be killed
 * @param hookMillis when the hook ended
 * @param downMillis when its process had ended; empty if it wasn't let go
 * @param upMillis when it was running again
 * @param said what the hook printed, with times
 */
record Stop(
    int node,
    OptionalInt exitCode,
    long hookMillis,
    OptionalLong downMillis,
    OptionalLong upMillis,
    List<String> said) {

  Stop {
    said = List.copyOf(said);
  }

  /** Whether its hook let it go. */
  boolean wasLetGo() {
    return exitCode.equals(OptionalInt.of(0));
  }

  /** For people. */
  String describe() {
    if (!wasLetGo()) {
      return String.format(
          Locale.ROOT,
          "%d was not let go (%s after %s)",
          node,
          exitCode.isPresent() ? "exit code " + exitCode.getAsInt() : "killed",
          seconds(hookMillis));
    }
    return String.format(
        Locale.ROOT,
        "%d let go after %s, down %s, up %s",
        node,
        seconds(hookMillis),
        downMillis.isPresent() ? seconds(downMillis.getAsLong()) : "never",
        upMillis.isPresent() ? seconds(upMillis.getAsLong()) : "never");
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}

package dev.kafkapod.trial;

import dev.kafkapod.testing.GatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Reads what a hook prints, and when. */
final class HookWatch {

  private HookWatch() {}

  /**
   * How it ended.
   *
   * @param exitCode empty if it had to be killed
   * @param nanos when, on the JVM's monotonic clock
   * @param said its lines with times since it began
   */
  record End(OptionalInt exitCode, long nanos, List<String> said) {
    End {
      said = List.copyOf(said);
    }
  }

  /** Waits for its end, or kills it when the limit is over. */
  static End toItsEnd(GatedProcess hook, Duration look, Duration limit)
      throws InterruptedException {
    long begun = System.nanoTime();
    List<String> said = new ArrayList<>();
    int heard = 0;
    boolean ended = false;
    while (!ended && System.nanoTime() - begun < limit.toNanos()) {
      ended = hook.endsWithin(look);
      long now = System.nanoTime();
      List<String> lines = hook.said().lines().toList();
      for (String line : lines.subList(Math.min(heard, lines.size()), lines.size())) {
        said.add(Stop.seconds(TimeUnit.NANOSECONDS.toMillis(now - begun)) + "  " + line);
      }
      heard = lines.size();
    }
    if (!ended) {
      hook.kill();
      return new End(OptionalInt.empty(), System.nanoTime(), said);
    }
    return new End(OptionalInt.of(hook.exitCode()), System.nanoTime(), said);
  }
}

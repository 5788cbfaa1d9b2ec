package dev.kafkapod.e2e;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints what happens, when, and what the checks came to. */
final class Report {

  private final PrintStream out;
  private final long begunMillis;
  private final List<String> failed = new ArrayList<>();
  private int checks;

  Report(PrintStream out, long begunMillis) {
    this.out = out;
    this.begunMillis = begunMillis;
  }

  /** A new chapter. */
  synchronized void chapter(String title) {
    out.println();
    out.println("== " + title);
  }

  /** Something happened. */
  synchronized void event(long atMillis, String what) {
    out.println(String.format(Locale.ROOT, "%8.1f s  %s", (atMillis - begunMillis) / 1000.0, what));
    out.flush();
  }

  /** Something happens now. */
  void event(String what) {
    event(System.currentTimeMillis(), what);
  }

  /** Something must hold. */
  synchronized void check(boolean holds, String what, String seen) {
    checks++;
    out.println((holds ? "      ok    " : "      FAILED  ") + what + ": " + seen);
    out.flush();
    if (!holds) {
      failed.add(what + ": " + seen);
    }
  }

  /** What has failed so far. */
  synchronized List<String> failed() {
    return List.copyOf(failed);
  }

  /** All of it, in a sentence. */
  synchronized String summary() {
    return failed.isEmpty()
        ? "%d checks, all passed.".formatted(checks)
        : "%d checks, %d FAILED:\n  %s"
            .formatted(checks, failed.size(), String.join("\n  ", failed));
  }
}

package dev.kafkapod.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What each command of {@code scripts/bench} can be told, and how it ends. */
final class BenchOptions {

  /** The exit code of a bench that could not measure. */
  static final int FAILED = 3;

  private static final int AIMS_MISSED = 1;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--strict", description = "Exit with 1 unless all aims are met.")
  private boolean strict;

  @SuppressWarnings("unused") // picocli looks at it
  @Option(names = "--help", usageHelp = true, description = "Show this.")
  private boolean help;

  /**
   * Refuses options that contradict each other, and whatever else is wrong.
   *
   * @param others what the command has found itself
   * @throws ParameterException with all problems, if there are any
   */
  void require(boolean quick, List<String> others) {
    List<String> problems = new ArrayList<>(others);
    if (quick && strict) {
      problems.add("--strict: the figures of --quick mean nothing; leave out one");
    }
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
  }

  /** The last words of a bench that has measured, and its exit code. */
  int end(PrintWriter out, boolean quick, boolean met) {
    if (quick) {
      out.println("\n--quick: this proves that the bench runs; the figures mean nothing.");
    }
    out.flush();
    return strict && !met ? AIMS_MISSED : 0;
  }
}

package dev.kafkapod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.report.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What becomes of exceptions that a running command throws. */
class ErrorReportsTest {

  @Test
  void aWrongConfigurationIsOneLineAndExitsWithTwo() {
    Outcome outcome =
        run(
            () -> {
              throw new Misconfigured("--pid: there is no process 7; give another");
            });

    assertThat(outcome)
        .isEqualTo(
            Outcome.refusal(
                "kafka-pod ready: --pid: there is no process 7; give another;"
                    + " see kafka-pod ready --help"));
  }

  @Test
  void aMistakeOfOurOwnHasAStackTraceAndExitsWithThree() {
    Outcome outcome =
        run(
            () -> {
              throw new IllegalStateException("this cannot happen");
            });

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .startsWith(
            "kafka-pod ready: a mistake of kafka-pod's own; please report it",
            "java.lang.IllegalStateException: this cannot happen")
        .anyMatch(line -> line.startsWith("\tat dev.kafkapod.cli.ErrorReportsTest"));
  }

  private static Outcome run(Callable<Integer> command) {
    ErrorReports reports = new ErrorReports(new EnvironmentDefaults(Map.of()));
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(Options.command(command, "kafka-pod ready", "Fails."))
            .setErr(new PrintWriter(err))
            .setParameterExceptionHandler(reports)
            .setExecutionExceptionHandler(reports)
            .execute();
    return new Outcome(exitCode, List.of(), err.toString().lines().toList());
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.settings.Redaction;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Turns what went wrong into one line and an exit code; only what nobody expected gets a stack
 * trace.
 */
final class ErrorReports implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final EnvironmentDefaults defaults;

  ErrorReports(EnvironmentDefaults defaults) {
    this.defaults = defaults;
  }

  @Override
  public int handleParseException(ParameterException problem, String[] args) {
    CommandLine command = problem.getCommandLine();
    String message = problem.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
    report(command, message + origin(problem, args) + suggestion(problem));
    return ExitCode.USAGE;
  }

  /** A value that came from the environment is looked for on the command line in vain. */
  private String origin(ParameterException problem, String[] args) {
    return problem.getArgSpec() instanceof OptionSpec option
            && Arrays.stream(args).noneMatch(arg -> arg.startsWith(option.longestName()))
        ? defaults.variable(option).map(variable -> " (set by " + variable + ")").orElse("")
        : "";
  }

  private static String suggestion(ParameterException problem) {
    if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unmatched.getSuggestions().stream()
          .findFirst()
          .map(it -> "; did you mean " + it + "?")
          .orElse("");
    }
    return "";
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    if (problem instanceof Misconfigured) {
      report(command, problem.getMessage());
      return ExitCode.USAGE;
    }
    command
        .getErr()
        .println(
            command.getCommandSpec().qualifiedName()
                + ": a mistake of kafka-pod's own; please report it");
    problem.printStackTrace(command.getErr());
    return ExitCode.CANNOT_TELL;
  }

  private static void report(CommandLine command, String message) {
    String name = command.getCommandSpec().qualifiedName();
    // somebody may have typed a password where none belongs
    String shown = Redaction.byShape().apply(message);
    command.getErr().println(name + ": " + shown + "; see " + name + " --help");
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Nearest;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.settings.Redaction;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    String message = message(problem).strip().replaceAll("\\s*\\R\\s*", " ");
    Predicate<OptionSpec> given =
        option -> Arrays.stream(args).anyMatch(arg -> arg.startsWith(option.longestName()));
    String shown =
        problem.getArgSpec() instanceof OptionSpec option
            ? message + origin(option, given)
            : named(message, command, given);
    report(command, shown + suggestion(problem));
    return ExitCode.USAGE;
  }

  private static String message(ParameterException problem) {
    return problem instanceof CommandLine.UnmatchedArgumentException unmatched
        ? unmatched(unmatched.getUnmatched()).orElse(problem.getMessage())
        : problem.getMessage();
  }

  /**
   * A word after an unknown option may be its value, and a secret: nobody can tell, so it isn't
   * shown.
   */
  private static Optional<String> unmatched(List<String> words) {
    List<String> options = words.stream().filter(it -> it.startsWith("-")).toList();
    return options.isEmpty() || options.size() == words.size()
        ? Optional.empty()
        : Optional.of(
            (options.size() == 1 ? "Unknown option: " : "Unknown options: ")
                + options.stream().map(it -> "'" + it + "'").collect(Collectors.joining(", ")));
  }

  /** A value that came from the environment is looked for on the command line in vain. */
  private String origin(OptionSpec option, Predicate<OptionSpec> given) {
    return given.test(option)
        ? ""
        : defaults.variable(option).map(variable -> " (set by " + variable + ")").orElse("");
  }

  private static String suggestion(ParameterException problem) {
    if (problem instanceof CommandLine.UnmatchedArgumentException unmatched) {
      return unmatched.getSuggestions().stream()
          .findFirst()
          .map(it -> "; " + Nearest.question(it))
          .orElse("");
    }
    return "";
  }

  @Override
  public int handleExecutionException(Exception problem, CommandLine command, ParseResult parsed) {
    if (problem instanceof Misconfigured) {
      report(command, named(problem.getMessage(), command, parsed(command)));
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

  private static Predicate<OptionSpec> parsed(CommandLine command) {
    return option -> command.getParseResult().hasMatchedOption(option);
  }

  /** The same with the variable in place of each option that nobody has given. */
  private String named(String message, CommandLine command, Predicate<OptionSpec> given) {
    String named = message;
    for (OptionSpec option : command.getCommandSpec().options()) {
      Optional<String> variable = given.test(option) ? Optional.empty() : defaults.variable(option);
      if (variable.isPresent()) {
        named =
            named.replaceAll(
                "(?<![\\w-])" + Pattern.quote(option.longestName()) + "(?![\\w-])", variable.get());
      }
    }
    return named;
  }

  private static void report(CommandLine command, String message) {
    String name = command.getCommandSpec().qualifiedName();
    // somebody may have typed a password where none belongs
    String shown = Redaction.byShape().apply(message);
    command.getErr().println(name + ": " + shown + "; see " + name + " --help");
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.settings.EnvironmentVariable;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Builds commands and options through picocli's model rather than its annotations: reading
 * annotations makes the JVM spin proxy classes that no archive holds, which more than doubled the
 * time to the first question.
 */
final class Options {

  private Options() {}

  /** An option that takes one value. */
  static OptionSpec.Builder option(String name, String label, Class<?> type) {
    return OptionSpec.builder(name).paramLabel(label).type(type).arity("1");
  }

  /**
   * An option that takes none. It turns on even what its environment variable has turned on:
   * without a fallback value picocli takes the opposite of the default.
   */
  static OptionSpec.Builder flag(String... names) {
    return OptionSpec.builder(names).type(boolean.class).arity("0").fallbackValue("true");
  }

  /** A command with its name, its description and {@code --help}. */
  static CommandSpec command(Object userObject, String name, String description) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(userObject).name(name);
    spec.usageMessage().description(description).sortOptions(false);
    spec.addOption(
        flag("-h", "--help")
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    return spec;
  }

  /** The same with an example, for its help. */
  static CommandSpec command(Object userObject, String name, String description, String example) {
    CommandSpec spec = command(userObject, name, description);
    spec.usageMessage().footerHeading("%nExample:%n").footer("  " + example);
    return spec;
  }

  /**
   * Which of two options that say the same thing counts: the one that is set; of two, the one on
   * the command line.
   *
   * @param what what both of them say, for the message
   * @return empty if neither is set
   * @throws ParameterException if both are on the command line, or both in the environment
   */
  static Optional<OptionSpec> oneOf(
      CommandSpec spec, OptionSpec first, OptionSpec second, String what) {
    if (!isSet(first) || !isSet(second)) {
      return Stream.of(first, second).filter(Options::isSet).findFirst();
    }
    ParseResult given = spec.commandLine().getParseResult();
    if (given.hasMatchedOption(first) == given.hasMatchedOption(second)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s and %s both %s, and only one of them can; leave one out"
              .formatted(first.longestName(), second.longestName(), what));
    }
    return Optional.of(given.hasMatchedOption(first) ? first : second);
  }

  /** What gives an option its value, for messages: itself, or its variable. */
  static String whatSays(CommandSpec spec, OptionSpec option) {
    return isSet(option) && !spec.commandLine().getParseResult().hasMatchedOption(option)
        ? EnvironmentVariable.of(option.longestName())
        : option.longestName();
  }

  /** Who runs this; in a container with an arbitrary user id, Java knows no name. */
  static Optional<String> user() {
    String name = System.getProperty("user.name", "?").strip();
    return name.equals("?") || name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private static boolean isSet(OptionSpec option) {
    Object value = option.getValue();
    return value instanceof Collection<?> values ? !values.isEmpty() : value != null;
  }
}

package dev.kafkapod.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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
}

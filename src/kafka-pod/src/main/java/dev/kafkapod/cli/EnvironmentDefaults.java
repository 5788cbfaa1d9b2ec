package dev.kafkapod.cli;

import dev.kafkapod.settings.EnvironmentVariable;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes an option that isn't given from its environment variable: {@code --jmx-url} from {@code
 * KAFKA_POD_JMX_URL}.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

  private final Map<String, String> environment;

  EnvironmentDefaults(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    return variable(argument).map(environment::get).map(String::strip).orElse(null);
  }

  /** The variable that gives this option its value, where it is set and not blank. */
  Optional<String> variable(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || isOfCommandLineOnly(option)) {
      return Optional.empty();
    }
    return Stream.of(EnvironmentVariable.of(option.longestName()), commonName(option))
        .filter(it -> !environment.getOrDefault(it, "").isBlank())
        .findFirst();
  }

  /** Whether no variable sets an option. */
  static boolean isOfCommandLineOnly(OptionSpec option) {
    return option.usageHelp()
        || option.versionHelp()
        || HelpPages.COMMAND_LINE.equals(option.descriptionKey())
        // in a pod these variables say where the pod runs, and not who is meant
        || (HelpPages.NODES.equals(option.descriptionKey())
            && (option.longestName().equals("--zone") || option.longestName().equals("--cluster")));
  }

  /** What other Kafka images call the same thing. */
  private static String commonName(OptionSpec option) {
    return option.longestName().equals("--cluster-id") ? "CLUSTER_ID" : "";
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.common.Address;
import dev.kafkapod.settings.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How to reach the broker's cluster. */
final class ClusterOptions {

  private final CommandSpec spec;
  private final OptionSpec brokers =
      addresses(
          "--bootstrap-server",
          "Brokers to ask about the cluster, separated by commas; by default the local broker, on its listener for other"
              + " brokers.");
  private final OptionSpec controllers =
      addresses(
          "--bootstrap-controller",
          "Controllers to ask instead, for a controller-only process: they know the quorum, but no partitions.");
  private final OptionSpec commandConfig =
      Options.option("--command-config", "FILE", Path.class)
          .descriptionKey(HelpPages.CLUSTER)
          .description(
              "Properties file for Kafka's clients, as for Kafka's own tools: security.protocol, sasl.…, ssl.….")
          .build();
  private final OptionSpec listener =
      Options.option("--listener", "HOST:PORT", Address.class)
          .converters(Converters.of(Values::address))
          .descriptionKey(HelpPages.LOCAL_BROKER)
          .description(
              "The broker's own listener to connect to; taken from its configuration or from the cluster by"
                  + " default.")
          .build();

  private final OptionSpec serverConfig =
      Options.option("--server-config", "FILE", Path.class)
          .descriptionKey(HelpPages.LOCAL_BROKER)
          .description(
              "The broker's configuration, which shows how to reach its cluster if no addresses are given; by"
                  + " default the file with which the local broker was started.")
          .build();

  ClusterOptions(CommandSpec spec) {
    this.spec = spec;
    spec.addOption(brokers)
        .addOption(controllers)
        .addOption(serverConfig)
        .addOption(commandConfig)
        .addOption(listener);
  }

  private static OptionSpec addresses(String name, String description) {
    return Options.option(name, "HOST:PORT", List.class)
        .auxiliaryTypes(Address.class)
        .converters(Converters.of(Values::address))
        .splitRegex(",")
        .initialValue(List.of())
        .descriptionKey(HelpPages.CLUSTER)
        .description(description)
        .build();
  }

  /**
   * Where the broker's configuration is: as the options say, or else as the broker was started.
   *
   * @param broker what the local broker was started with
   */
  Optional<BrokerCommandLine> brokerCommandLine(Supplier<Optional<BrokerCommandLine>> broker) {
    Path config = serverConfig.getValue();
    return config == null
        ? broker.get()
        : BrokerCommandLine.withConfig(Optional.of(config), Optional.empty());
  }

  /**
   * How to reach the cluster that the options name.
   *
   * @param broker what the local broker was started with, asked for only if the options don't say
   */
  ClusterAccess access(Supplier<Optional<BrokerCommandLine>> broker) {
    Optional<OptionSpec> chosen =
        Options.oneOf(spec, brokers, controllers, "set the addresses to ask");
    Optional<Path> config = Optional.ofNullable(serverConfig.getValue());
    Optional<BrokerCommandLine> own =
        chosen.isPresent() ? Optional.empty() : BrokerCommandLine.withConfig(config, broker.get());
    own.ifPresent(it -> it.security().apply());
    return new ClusterAccess(
        chosen.filter(brokers::equals).isPresent() ? brokers.getValue() : List.of(),
        chosen.filter(controllers::equals).isPresent() ? controllers.getValue() : List.of(),
        Optional.ofNullable(commandConfig.getValue()),
        Optional.ofNullable(listener.getValue()),
        own,
        new ClusterAccess.Spelling(
            Options.whatSays(spec, chosen.orElse(brokers)), Options.whatSays(spec, commandConfig)));
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.TurnsTopic;
import dev.kafkapod.common.Address;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.settings.Values;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whether stops take turns, and where the topic is that keeps them in order. */
final class TurnsOptions {

  private final CommandSpec spec;
  private final Optional<OptionSpec> turns;
  private final OptionSpec topic =
      Options.option("--turns-topic", "TOPIC", String.class)
          .converters(Converters.of(Values::topic))
          .defaultValue(TurnsTopic.DEFAULT_NAME)
          .descriptionKey(HelpPages.TURNS)
          .description(
              "The topic that keeps the turns; "
                  + TurnsTopic.DEFAULT_NAME
                  + " by default. All nodes of a cluster must use the same.")
          .build();
  private final OptionSpec servers =
      Options.option("--turns-bootstrap-server", "HOST:PORT", List.class)
          .auxiliaryTypes(Address.class)
          .converters(Converters.of(Values::address))
          .splitRegex(",")
          .initialValue(List.of())
          .descriptionKey(HelpPages.TURNS)
          .description(
              "Brokers that keep the topic, separated by commas: a controller-only process needs them. By default"
                  + " those that are asked about the cluster.")
          .build();

  private TurnsOptions(CommandSpec spec, Optional<OptionSpec> turns) {
    this.spec = spec;
    this.turns = turns;
    turns.ifPresent(spec::addOption);
    spec.addOption(topic).addOption(servers);
  }

  /** Those of a command that works without turns, too. */
  static TurnsOptions optional(CommandSpec spec, String description) {
    return new TurnsOptions(
        spec,
        Optional.of(
            Options.option("--turns", "on|off", String.class)
                .converters(Converters.of(TurnsOptions::onOrOff))
                .defaultValue("off")
                .descriptionKey(HelpPages.TURNS)
                .description(description)
                .build()));
  }

  /** Those of a command that is about turns. */
  static TurnsOptions required(CommandSpec spec) {
    return new TurnsOptions(spec, Optional.empty());
  }

  /** As a text: picocli turns truth values round where they are the default. */
  private static String onOrOff(String value) {
    Values.onOrOff(value);
    return value;
  }

  /** Whether stops take turns. */
  boolean on() {
    return turns.map(it -> Values.onOrOff(it.getValue())).orElse(true);
  }

  /** The names of the options that count only with turns. */
  Stream<String> names() {
    return Stream.of(topic, servers).map(OptionSpec::longestName);
  }

  /** The topic's name. */
  String topic() {
    return topic.getValue();
  }

  /**
   * How to reach the brokers that keep the topic, read anew.
   *
   * @param cluster how the command's cluster is reached otherwise
   * @param broker what the local broker was started with
   * @throws Misconfigured if only controllers are named
   */
  ClientSettings settings(ClusterOptions cluster, Supplier<Optional<BrokerCommandLine>> broker) {
    List<Address> named = servers.getValue();
    ClientSettings settings =
        cluster.access(broker).through(named, Options.whatSays(spec, servers)).clientSettings();
    if (settings.asked() == Asked.CONTROLLERS) {
      throw Misconfigured.wrongUse(
          "brokers keep the turns, and only controllers are known here; name brokers with --turns-bootstrap-server",
          null);
    }
    return settings;
  }
}

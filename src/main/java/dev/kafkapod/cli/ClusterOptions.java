package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.settings.Address;
import dev.kafkapod.settings.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** How to reach the broker's cluster. */
final class ClusterOptions {

  private final CommandSpec spec;
  private final OptionSpec brokers =
      addresses("--bootstrap-server", "Brokers to ask about the cluster, separated by commas.");
  private final OptionSpec controllers =
      addresses(
          "--bootstrap-controller",
          "Controllers to ask instead, for a controller-only process: they know the quorum, but no partitions.");
  private final OptionSpec commandConfig =
      Options.option("--command-config", "FILE", Path.class)
          .description(
              "Properties for Kafka's clients, as for Kafka's own tools: security.protocol, sasl.…, ssl.….")
          .build();
  private final OptionSpec listener =
      Options.option("--listener", "HOST:PORT", Address.class)
          .converters(Converters.of(Values::address))
          .description(
              "The broker's own listener to connect to; by default the address that the cluster lists for it.")
          .build();

  ClusterOptions(CommandSpec spec) {
    this.spec = spec;
    spec.addOption(brokers).addOption(controllers).addOption(commandConfig).addOption(listener);
  }

  private static OptionSpec addresses(String name, String description) {
    return Options.option(name, "HOST:PORT", List.class)
        .auxiliaryTypes(Address.class)
        .converters(Converters.of(Values::address))
        .splitRegex(",")
        .initialValue(List.of())
        .description(description)
        .build();
  }

  /** The listener to check; empty where the cluster is to say it. */
  Optional<Address> listener() {
    return Optional.ofNullable(listener.getValue());
  }

  /** How to reach the cluster that the options name. */
  ClientSettings settings() {
    OptionSpec chosen =
        Options.oneOf(spec, brokers, controllers, "say whom to ask")
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        "--bootstrap-server is needed to ask the cluster; write for example --bootstrap-server 127.0.0.1:9092"));
    List<Address> addresses = chosen.getValue();
    return new ClientSettings(
        chosen.equals(brokers) ? Asked.BROKERS : Asked.CONTROLLERS,
        addresses.stream().map(Address::toString).toList(),
        properties());
  }

  private Map<String, String> properties() {
    Path file = commandConfig.getValue();
    if (file == null) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in); // ISO 8859-1, as Kafka's own tools read it
    } catch (NoSuchFileException e) {
      throw new Misconfigured("--command-config: there is no file " + file, e);
    } catch (IOException e) {
      throw new Misconfigured(
          "--command-config: %s can't be read (%s)".formatted(file, reason(e)), e);
    } catch (IllegalArgumentException e) {
      throw new Misconfigured(
          "--command-config: %s must hold Java properties, but has a malformed \\u escape (%s); write \\uXXXX or double the backslash"
              .formatted(file, e.getMessage()),
          e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, properties::getProperty));
  }

  private static String reason(IOException problem) {
    return problem instanceof AccessDeniedException ? "permission denied" : problem.getMessage();
  }
}

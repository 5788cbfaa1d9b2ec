package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to reach the broker's cluster. */
final class ClusterOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      split = ",",
      converter = Converters.AddressConverter.class,
      description = "Brokers to ask about the cluster, separated by commas.")
  private List<Address> brokers = List.of();

  @Option(
      names = "--bootstrap-controller",
      paramLabel = "HOST:PORT",
      split = ",",
      converter = Converters.AddressConverter.class,
      description =
          "Controllers to ask instead, for a controller-only process: they know the quorum, but no partitions.")
  private List<Address> controllers = List.of();

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description =
          "Properties for Kafka's clients, as for Kafka's own tools: security.protocol, sasl.…, ssl.….")
  private Path commandConfig;

  @Option(
      names = "--listener",
      paramLabel = "HOST:PORT",
      converter = Converters.AddressConverter.class,
      description =
          "The broker's own listener to connect to; by default the address that the cluster lists for it.")
  private Address listener;

  /** The listener to check; null where the cluster is to say it. */
  Address listener() {
    return listener;
  }

  /** How to reach the cluster that the options name. */
  ClientSettings settings() {
    if (brokers.isEmpty() == controllers.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          brokers.isEmpty()
              ? "--bootstrap-server is needed to ask the cluster; write for example --bootstrap-server 127.0.0.1:9092"
              : "--bootstrap-server and --bootstrap-controller both say whom to ask, and only one of them can; leave one out");
    }
    Asked asked = controllers.isEmpty() ? Asked.BROKERS : Asked.CONTROLLERS;
    List<Address> addresses = controllers.isEmpty() ? brokers : controllers;
    return new ClientSettings(
        asked, addresses.stream().map(Address::toString).toList(), properties());
  }

  private Map<String, String> properties() {
    if (commandConfig == null) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(commandConfig);
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new Misconfigured("--command-config: there is no file " + commandConfig, e);
    } catch (IOException e) {
      throw new Misconfigured(
          "--command-config: %s can't be read (%s)".formatted(commandConfig, reason(e)), e);
    } catch (IllegalArgumentException e) {
      throw new Misconfigured(
          "--command-config: %s must hold Java properties, but has a malformed \\u escape (%s); write \\uXXXX or double the backslash"
              .formatted(commandConfig, e.getMessage()),
          e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, properties::getProperty));
  }

  private static String reason(IOException problem) {
    return problem instanceof AccessDeniedException ? "permission denied" : problem.getMessage();
  }
}

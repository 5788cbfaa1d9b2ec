package dev.kafkapod.agent;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.cluster.TurnsTopic;
import dev.kafkapod.common.Address;
import dev.kafkapod.nodeconfig.PropertiesFile;
import dev.kafkapod.overridefile.OverridePlaces;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.FirstReady;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.settings.Gates;
import dev.kafkapod.settings.SettingsReader;
import dev.kafkapod.settings.Values;
import dev.kafkapod.verdictfile.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What people can set for the agent: by the same variables as for the command line, or in a
 * properties file.
 *
 * @param gates what counts as a reason not to be ready
 * @param stableFor how long nothing may be wrong before the first ready; empty for a default that
 *     follows from the cluster's time-outs
 * @param unknownGrace how long a verdict outlives the cluster's silence
 * @param timeout how long to wait for the cluster's answers
 * @param runDirectory where the verdict file goes
 * @param http where to answer over HTTP; empty for nowhere
 * @param serverConfig the broker's configuration file; empty for the one it was started with
 * @param commandConfig settings for Kafka's clients
 * @param bootstrapServers brokers to ask; empty for this one's own listener among its peers
 * @param bootstrapControllers controllers to ask instead
 * @param listener the listener to check; empty for this broker's own among its peers
 * @param overrides where operators leave overrides
 * @param turns where the turns are; empty with turns off
 * @param names what the settings for the cluster are called, for messages
 */
public record AgentSettings(
    Gates gates,
    Optional<Duration> stableFor,
    Duration unknownGrace,
    Duration timeout,
    Path runDirectory,
    Optional<Address> http,
    Optional<Path> serverConfig,
    Optional<Path> commandConfig,
    List<Address> bootstrapServers,
    List<Address> bootstrapControllers,
    Optional<Address> listener,
    OverridePlaces overrides,
    Optional<TurnsSettings> turns,
    ClusterAccess.Spelling names) {

  private static final Address LOOPBACK = new Address("127.0.0.1", 8085);

  public AgentSettings {
    Objects.requireNonNull(gates);
    Objects.requireNonNull(overrides);
    Objects.requireNonNull(turns);
    Objects.requireNonNull(names);
    bootstrapServers = List.copyOf(bootstrapServers);
    bootstrapControllers = List.copyOf(bootstrapControllers);
  }

  /**
   * Reads the settings.
   *
   * @param file a properties file, whose lines the environment wins over; null for none
   * @throws Misconfigured if something is wrong; the message has all of it
   */
  static AgentSettings read(Map<String, String> environment, String file) {
    SettingsReader reader = reader(environment, file);
    AgentSettings settings = read(reader);
    List<String> problems = reader.problems();
    if (!problems.isEmpty()) {
      throw new Misconfigured(String.join("; ", problems));
    }
    return settings;
  }

  /**
   * Everything that is wrong with the settings, a line each: for those who look before there is a
   * broker.
   *
   * @param file a properties file, whose lines the environment wins over; null for none
   */
  public static List<String> problems(Map<String, String> environment, String file) {
    try {
      SettingsReader reader = reader(environment, file);
      read(reader);
      return reader.problems();
    } catch (Misconfigured e) {
      return List.of(e.getMessage());
    }
  }

  private static SettingsReader reader(Map<String, String> environment, String file) {
    boolean hasFile = file != null && !file.isBlank();
    Map<String, String> lines =
        hasFile ? PropertiesFile.readRegular("the agent's settings", Path.of(file)) : Map.of();
    return new SettingsReader(environment, lines, String.valueOf(file));
  }

  private static AgentSettings read(SettingsReader reader) {
    Path runDirectory = reader.get("run-dir", Values::path).orElse(Path.of(RunDirectory.DEFAULT));
    List<Address> brokers = reader.get("bootstrap-server", Values::addresses).orElse(List.of());
    List<Address> controllers =
        reader.get("bootstrap-controller", Values::addresses).orElse(List.of());
    return new AgentSettings(
        gates(reader),
        reader.get("stable-for", Values::duration),
        reader.get("unknown-grace", Values::duration).orElse(Duration.ofSeconds(30)),
        reader.get("timeout", Values::duration).orElse(Duration.ofSeconds(8)),
        runDirectory,
        reader.get("http", Values::addressOrOff).orElse(Optional.of(LOOPBACK)),
        reader.get("server-config", Values::path),
        reader.get("command-config", Values::path),
        brokers,
        controllers,
        reader.get("listener", Values::address),
        OverridePlaces.in(
            runDirectory,
            reader.get("override-file", Values::path).orElse(OverridePlaces.SHARED),
            reader.get("max-override", Values::overrideLimit).orElse(OverridePlaces.MAX)),
        turns(reader, brokers, controllers),
        new ClusterAccess.Spelling(
            reader.whatSays("bootstrap-server"), reader.whatSays("command-config")));
  }

  /**
   * How long nothing may be wrong before the first ready: by default at least as long as the
   * cluster may take to notice that somebody has died.
   */
  Duration stableFor(ClusterAccess access) {
    return stableFor.orElseGet(() -> FirstReady.byDefault(access.toNotice()));
  }

  /**
   * How to reach the cluster.
   *
   * @param broker what the broker was started with, where that is known
   */
  ClusterAccess access(Optional<BrokerCommandLine> broker) {
    return new ClusterAccess(
        bootstrapServers,
        bootstrapControllers,
        commandConfig,
        listener,
        BrokerCommandLine.withConfig(serverConfig, broker).map(BrokerCommandLine::frozen),
        names);
  }

  private static Optional<TurnsSettings> turns(
      SettingsReader reader, List<Address> brokers, List<Address> controllers) {
    List<Address> servers =
        reader.get("turns-bootstrap-server", Values::addresses).orElse(List.of());
    String name = reader.whatSays("turns-bootstrap-server");
    TurnsSettings settings =
        new TurnsSettings(
            reader.get("turns-topic", Values::topic).orElse(TurnsTopic.DEFAULT_NAME),
            servers,
            name);
    boolean onlyControllers = servers.isEmpty() && brokers.isEmpty() && !controllers.isEmpty();
    boolean on =
        reader
            .get(
                "turns",
                value -> {
                  if (Values.onOrOff(value) && onlyControllers) {
                    throw new IllegalArgumentException(TurnsSettings.onlyControllers(name));
                  }
                  return Values.onOrOff(value);
                })
            .orElse(false);
    return on ? Optional.of(settings) : Optional.empty();
  }

  private static Gates gates(SettingsReader reader) {
    Map<Condition, Integer> thresholds = new EnumMap<>(Condition.class);
    for (Condition condition : Condition.values()) {
      if (condition.countsPartitions()) {
        reader
            .get("max-" + condition.optionName(), Values::threshold)
            .ifPresent(threshold -> thresholds.put(condition, threshold));
      }
    }
    return new Gates(
        reader.get("gate", Values::preset).orElse(GatePreset.BALANCED),
        reader.get("when", Values::gates).orElse(Map.of()),
        thresholds,
        reader.get("exclude-topics", Values::regex));
  }
}

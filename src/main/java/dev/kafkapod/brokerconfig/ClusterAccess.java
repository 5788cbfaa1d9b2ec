package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.readiness.Answer;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.ClusterTimeouts;
import dev.kafkapod.settings.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How to reach the cluster, and the local broker's listener: as the broker's own configuration
 * says, unless somebody says otherwise. Reads the files anew whenever it is asked.
 *
 * @param servers brokers to ask; if there are neither these nor controllers, the local broker's own
 *     listener among its peers
 * @param controllers controllers to ask instead
 * @param commandConfig settings for Kafka's clients; they win over what follows from the broker's
 *     configuration
 * @param listener the local broker's listener; empty for its own among its peers
 * @param broker where the broker's configuration is
 */
public record ClusterAccess(
    List<Address> servers,
    List<Address> controllers,
    Optional<Path> commandConfig,
    Optional<Address> listener,
    Optional<BrokerCommandLine> broker) {

  public ClusterAccess {
    servers = List.copyOf(servers);
    controllers = List.copyOf(controllers);
    Objects.requireNonNull(commandConfig);
    Objects.requireNonNull(listener);
    Objects.requireNonNull(broker);
  }

  /**
   * The settings for Kafka's clients.
   *
   * @throws Misconfigured if files are missing or don't say it; the message is one line
   */
  public ClientSettings clientSettings() {
    Map<String, String> given =
        commandConfig.map(file -> PropertiesFile.read("--command-config", file)).orElse(Map.of());
    if (!servers.isEmpty()) {
      return new ClientSettings(Asked.BROKERS, texts(servers), given, timeouts());
    }
    if (!controllers.isEmpty()) {
      return new ClientSettings(Asked.CONTROLLERS, texts(controllers), given, timeouts());
    }
    BrokerConfig own = brokerConfig();
    Map<String, String> security = new HashMap<>(own.security());
    security.putAll(given);
    return new ClientSettings(
        own.asked(), List.of(own.bootstrap().toString()), security, timeouts());
  }

  /** The cluster's time-outs, as the local broker's configuration has them; empty without one. */
  private Optional<ClusterTimeouts> timeouts() {
    return properties().map(ClusterTimeouts::in);
  }

  private Optional<Map<String, String>> properties() {
    try {
      return broker.map(BrokerCommandLine::properties);
    } catch (Misconfigured e) {
      return Optional.empty(); // whoever needs the file says so
    }
  }

  /**
   * How long after a node's death the cluster's answers may still be as if it lived, by the local
   * broker's configuration.
   */
  public Duration toNotice() {
    Map<String, String> own = properties().orElse(Map.of());
    ClusterTimeouts timeouts = ClusterTimeouts.in(own);
    boolean zooKeeper =
        own.containsKey("zookeeper.connect") && own.getOrDefault("process.roles", "").isBlank();
    return zooKeeper ? timeouts.toNoticeByZooKeeper() : timeouts.toNoticeByQuorum();
  }

  /**
   * Refuses files that reading may wait for without end. A command has somebody who ends it in
   * time; who has not, looks first.
   *
   * @throws Misconfigured if there is one
   */
  public void refusePipes() {
    commandConfig.ifPresent(file -> PropertiesFile.refusePipe("--command-config", file));
  }

  private static List<String> texts(List<Address> addresses) {
    return addresses.stream().map(Address::toString).toList();
  }

  /** The broker's listener from this machine; unknown where nothing says it. */
  public Answer<Address> localListener() {
    if (listener.isPresent()) {
      return Answer.known(listener.get());
    }
    try {
      return Answer.known(brokerConfig().local());
    } catch (Misconfigured e) {
      return Answer.unknown(e.getMessage());
    }
  }

  private BrokerConfig brokerConfig() {
    BrokerCommandLine found =
        broker.orElseThrow(
            () ->
                new Misconfigured(
                    "--bootstrap-server is needed to ask the cluster, for no local broker's configuration file was found; write for example --bootstrap-server 127.0.0.1:9092, or name the file with --server-config"));
    return BrokerConfig.of(found.properties(), found.config().toString());
  }

  /** The files in which a change of credentials would show. */
  public List<Path> files(ClientSettings client) {
    List<Path> files = new ArrayList<>();
    broker.ifPresent(it -> files.add(it.config()));
    commandConfig.ifPresent(files::add);
    files.addAll(CredentialFiles.namedIn(client.commandConfig()));
    return files;
  }
}

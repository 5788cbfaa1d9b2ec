package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClientSettings.Source;
import dev.kafkapod.common.Address;
import dev.kafkapod.common.Answer;
import dev.kafkapod.diagnosis.SettingsOrigin;
import dev.kafkapod.nodeconfig.ProcessRoles;
import dev.kafkapod.nodeconfig.PropertiesFile;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.ClusterTimeouts;
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
 * @param names what the first and the third are called where they come from, for messages
 */
public record ClusterAccess(
    List<Address> servers,
    List<Address> controllers,
    Optional<Path> commandConfig,
    Optional<Address> listener,
    Optional<BrokerCommandLine> broker,
    Spelling names) {

  /**
   * What somebody has to correct.
   *
   * @param servers what names the brokers or controllers to ask: an option, or a variable
   * @param commandConfig what names the file of settings for Kafka's clients
   */
  public record Spelling(String servers, String commandConfig) {

    /** The options of the command line. */
    public static final Spelling OPTIONS = new Spelling("--bootstrap-server", "--command-config");
  }

  /** The same where the command line has said it. */
  public ClusterAccess(
      List<Address> servers,
      List<Address> controllers,
      Optional<Path> commandConfig,
      Optional<Address> listener,
      Optional<BrokerCommandLine> broker) {
    this(servers, controllers, commandConfig, listener, broker, Spelling.OPTIONS);
  }

  public ClusterAccess {
    servers = List.copyOf(servers);
    controllers = List.copyOf(controllers);
    Objects.requireNonNull(commandConfig);
    Objects.requireNonNull(listener);
    Objects.requireNonNull(broker);
    Objects.requireNonNull(names);
  }

  /**
   * The settings for Kafka's clients.
   *
   * @throws Misconfigured if files are missing or don't say it; the message is one line
   */
  public ClientSettings clientSettings() {
    Map<String, String> given =
        commandConfig
            .map(file -> PropertiesFile.read(names.commandConfig(), file))
            .orElse(Map.of());
    if (servers.isEmpty() && controllers.isEmpty()) {
      return ofBroker(given);
    }
    boolean brokers = !servers.isEmpty();
    Optional<String> login = BrokerLogin.ofClient(given, names.commandConfig());
    return new ClientSettings(
        brokers ? Asked.BROKERS : Asked.CONTROLLERS,
        texts(brokers ? servers : controllers),
        given,
        timeouts(),
        new Source(
            new SettingsOrigin(names.servers(), names.commandConfig(), false),
            login.orElse(names.commandConfig())));
  }

  /**
   * The same cluster through other brokers, as where a controller asks its peers and needs a topic.
   *
   * @param brokers empty for those that are asked anyway
   * @param name what names them, for messages
   */
  public ClusterAccess through(List<Address> brokers, String name) {
    return brokers.isEmpty()
        ? this
        : new ClusterAccess(
            brokers,
            List.of(),
            commandConfig,
            Optional.empty(),
            broker,
            new Spelling(name, names.commandConfig()));
  }

  /** As the broker itself comes to its peers, but for the settings that somebody has given. */
  private ClientSettings ofBroker(Map<String, String> given) {
    BrokerCommandLine found = found();
    String file = found.config().toString();
    Map<String, String> properties = found.properties();
    BrokerConfig own = BrokerConfig.of(properties, file);
    Map<String, String> settings = new HashMap<>(own.security());
    settings.putAll(given);
    Optional<String> login =
        given.containsKey(BrokerLogin.SETTING)
            ? Optional.of(names.commandConfig())
            : BrokerLogin.complete(settings, properties, own.listener(), file);
    String all = given.isEmpty() ? file : names.commandConfig() + " and " + file;
    return new ClientSettings(
        own.asked(),
        List.of(own.bootstrap().toString()),
        settings,
        timeouts(),
        new Source(
            new SettingsOrigin(
                "advertised.listeners in " + file, all, !given.containsKey("security.protocol")),
            login.orElse(all)));
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
    return ProcessRoles.of(own).zooKeeper()
        ? timeouts.toNoticeByZooKeeper()
        : timeouts.toNoticeByQuorum();
  }

  /**
   * Refuses files that reading may wait for without end. A command has somebody who ends it in
   * time; who has not, looks first.
   *
   * @throws Misconfigured if there is one
   */
  public void refusePipes() {
    commandConfig.ifPresent(file -> PropertiesFile.refusePipe(names.commandConfig(), file));
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
    BrokerCommandLine found = found();
    return BrokerConfig.of(found.properties(), found.config().toString());
  }

  private BrokerCommandLine found() {
    return broker.orElseThrow(
        () ->
            new Misconfigured(
                "--bootstrap-server is needed to ask the cluster, because no local broker's"
                    + " configuration file was found; write for example --bootstrap-server"
                    + " 127.0.0.1:9092, or name the file with --server-config"));
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

package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.nodeconfig.Listeners;
import dev.kafkapod.nodeconfig.NodeDirectories;
import dev.kafkapod.readiness.ClusterTimeouts;
import dev.kafkapod.settings.Address;
import dev.kafkapod.settings.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a node's configuration says of its disks and of the controllers.
 *
 * @param nodeId -1 in ZooKeeper mode
 * @param roles process.roles; empty in ZooKeeper mode
 * @param directories where data and metadata go
 * @param staticVoters whether controller.quorum.voters says who votes
 * @param joinsByItself whether a controller asks to be added to the voters
 * @param otherControllers where the other controllers are to be looked for
 * @param ownController where the others find this one, if it is a controller
 * @param security settings for Kafka's clients: as controllers and brokers themselves connect to
 *     controllers
 * @param credentials where their credentials are, for messages
 * @param lacksLogin why there are none; empty if there are, or none are needed
 * @param timeouts how long the cluster lets its nodes be silent
 */
public record NodeConfig(
    int nodeId,
    Set<String> roles,
    NodeDirectories directories,
    boolean staticVoters,
    boolean joinsByItself,
    List<Address> otherControllers,
    Optional<Address> ownController,
    Map<String, String> security,
    String credentials,
    Optional<Misconfigured> lacksLogin,
    ClusterTimeouts timeouts) {

  private static final String VOTERS = "controller.quorum.voters";
  private static final String BOOTSTRAP = "controller.quorum.bootstrap.servers";

  public NodeConfig {
    roles = Set.copyOf(roles);
    Objects.requireNonNull(directories);
    otherControllers = List.copyOf(otherControllers);
    security = Map.copyOf(security);
    Objects.requireNonNull(timeouts);
  }

  /**
   * Reads a configuration.
   *
   * @param properties the lines of server.properties
   * @param source the file, for messages
   * @throws Misconfigured if it doesn't say; the message has every reason
   */
  public static NodeConfig of(Map<String, String> properties, String source) {
    List<String> problems = new ArrayList<>();
    NodeConfig config = of(properties, source, problems);
    if (!problems.isEmpty()) {
      throw new Misconfigured(source + ": " + String.join("; ", problems));
    }
    return config;
  }

  private static NodeConfig of(
      Map<String, String> properties, String source, List<String> problems) {
    Set<String> roles = Set.copyOf(Listeners.list(properties.getOrDefault("process.roles", "")));
    boolean kraft = !roles.isEmpty();
    int nodeId = kraft ? nodeId(properties, problems) : -1;
    boolean staticVoters = !properties.getOrDefault(VOTERS, "").isBlank();
    Listeners listeners = new Listeners(properties, problems);
    Optional<Address> own =
        roles.contains("controller")
            ? listeners.controller().map(listeners::advertised)
            : Optional.empty();
    Optional<String> listener = kraft ? listeners.controllers() : Optional.empty();
    Map<String, String> security =
        new HashMap<>(listener.map(it -> security(properties, listeners, it)).orElse(Map.of()));
    String credentials = "the settings of the controller listener in " + source;
    Optional<Misconfigured> lacksLogin = Optional.empty();
    try {
      credentials =
          listener
              .flatMap(it -> BrokerLogin.complete(security, properties, it, source))
              .orElse(credentials);
    } catch (Misconfigured e) {
      lacksLogin = Optional.of(e); // it may be that nobody has to be asked
    }
    return new NodeConfig(
        nodeId,
        roles,
        NodeDirectories.of(properties),
        staticVoters,
        Boolean.parseBoolean(properties.getOrDefault("controller.quorum.auto.join.enable", "")),
        kraft ? others(properties, nodeId, own, problems) : List.of(),
        own,
        security,
        credentials,
        lacksLogin,
        ClusterTimeouts.in(properties));
  }

  private static int nodeId(Map<String, String> properties, List<String> problems) {
    String id =
        properties.getOrDefault("node.id", properties.getOrDefault("broker.id", "")).strip();
    if (id.matches("\\d{1,9}")) {
      return Integer.parseInt(id);
    }
    problems.add("node.id: must be a whole number from 0, got '%s'".formatted(id));
    return -1;
  }

  private static List<Address> others(
      Map<String, String> properties, int nodeId, Optional<Address> own, List<String> problems) {
    List<Address> others = new ArrayList<>();
    List<String> voters = Listeners.list(properties.getOrDefault(VOTERS, ""));
    for (String voter : voters) {
      int at = voter.indexOf('@');
      if (!voter.substring(0, Math.max(at, 0)).equals(String.valueOf(nodeId))) {
        add(VOTERS, voter.substring(at + 1), others, problems);
      }
    }
    List<String> bootstrap = Listeners.list(properties.getOrDefault(BOOTSTRAP, ""));
    for (String server : voters.isEmpty() ? bootstrap : List.<String>of()) {
      add(BOOTSTRAP, server, others, problems);
    }
    if (voters.isEmpty() && bootstrap.isEmpty()) {
      problems.add(
          "%s or %s: one of them must say where the controllers are".formatted(VOTERS, BOOTSTRAP));
    }
    own.ifPresent(it -> others.removeIf(other -> isSame(other, it)));
    return List.copyOf(new LinkedHashSet<>(others));
  }

  private static boolean isSame(Address one, Address other) {
    return one.port() == other.port()
        && (one.host().equalsIgnoreCase(other.host())
            || (isLoopback(one.host()) && isLoopback(other.host())));
  }

  private static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
  }

  private static void add(
      String setting, String address, List<Address> addresses, List<String> problems) {
    try {
      addresses.add(Values.address(address));
    } catch (IllegalArgumentException e) {
      problems.add(setting + ": " + e.getMessage());
    }
  }

  private static Map<String, String> security(
      Map<String, String> properties, Listeners listeners, String listener) {
    return ListenerSecurity.of(
        properties, listener, listeners.protocol(listener), "sasl.mechanism.controller.protocol");
  }
}

package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.Address;
import dev.kafkapod.nodeconfig.ConfiguredVoter;
import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.Listeners;
import dev.kafkapod.nodeconfig.NodeDirectories;
import dev.kafkapod.nodeconfig.NodeId;
import dev.kafkapod.nodeconfig.ProcessRoles;
import dev.kafkapod.readiness.ClusterTimeouts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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
    Set<String> roles = ProcessRoles.names(properties);
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
    OptionalInt id = NodeId.of(properties);
    if (id.isPresent()) {
      return id.getAsInt();
    }
    problems.add(
        "node.id: %s, got '%s'".formatted(NodeId.RULE, NodeId.text(properties).orElse("").strip()));
    return -1;
  }

  private static List<Address> others(
      Map<String, String> properties, int nodeId, Optional<Address> own, List<String> problems) {
    List<Address> others = new ArrayList<>();
    List<String> voters = KafkaList.of(properties.getOrDefault(VOTERS, ""));
    for (String text : voters) {
      Optional<ConfiguredVoter> voter = ConfiguredVoter.of(text);
      if (voter.isEmpty()) {
        problems.add(
            "%s: must be ID@HOST:PORT with a port from 1 to 65535, got '%s'; write for example 1@127.0.0.1:9093"
                .formatted(VOTERS, text));
      } else if (voter.get().id() != nodeId) {
        others.add(voter.get().address());
      }
    }
    List<String> bootstrap = KafkaList.of(properties.getOrDefault(BOOTSTRAP, ""));
    for (String server : voters.isEmpty() ? bootstrap : List.<String>of()) {
      Address.read(server)
          .ifPresentOrElse(
              others::add,
              () ->
                  problems.add(
                      "%s: must be HOST:PORT with a port from 1 to 65535, got '%s'; write for example 127.0.0.1:9093"
                          .formatted(BOOTSTRAP, server)));
    }
    if (voters.isEmpty() && bootstrap.isEmpty()) {
      problems.add(
          "%s or %s: one of them must say where the controllers are".formatted(VOTERS, BOOTSTRAP));
    }
    own.ifPresent(it -> others.removeIf(it::isSameAs));
    return List.copyOf(new LinkedHashSet<>(others));
  }

  private static Map<String, String> security(
      Map<String, String> properties, Listeners listeners, String listener) {
    return ListenerSecurity.of(
        properties, listener, listeners.protocol(listener), "sasl.mechanism.controller.protocol");
  }
}

package dev.kafkapod.formatting;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerConfig;
import dev.kafkapod.brokerconfig.NodeConfig;
import dev.kafkapod.cluster.LoginOptions;
import dev.kafkapod.formatting.ScramUser.Mechanism;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a node logs in to its peers, if by SCRAM. A broker does with a user that a new cluster must
 * know from the beginning, because who can't log in can't be told of users either; controllers
 * can't at all.
 */
public final class PeerLogin {

  private static final String FILE = "server.properties";

  private final Optional<Mechanism> mechanism;
  private final Optional<Mechanism> ofControllers;
  private final String jaas;

  /**
   * Reads a configuration.
   *
   * @param properties the lines of server.properties
   */
  public PeerLogin(Map<String, String> properties) {
    Map<String, String> security = Map.of();
    Optional<Mechanism> controllers = Optional.empty();
    try {
      NodeConfig node = NodeConfig.of(properties, FILE);
      if (node.roles().contains("broker")) {
        security = BrokerConfig.of(properties, FILE).security();
      }
      if (node.roles().contains("controller") && !node.otherControllers().isEmpty()) {
        controllers = mechanism(node.security());
      }
    } catch (Misconfigured e) {
      // render has said it
    }
    mechanism = mechanism(security);
    ofControllers = controllers;
    jaas = security.getOrDefault("sasl.jaas.config", "");
  }

  private static Optional<Mechanism> mechanism(Map<String, String> security) {
    return Mechanism.of(security.getOrDefault("sasl.mechanism", ""));
  }

  /** Why the node couldn't log in to its peers, if the cluster began with these users. */
  public Optional<String> objection(List<ScramUser> users) {
    Optional<String> name = option("username");
    if (mechanism.isEmpty() || name.isEmpty()) {
      return Optional.empty();
    }
    Optional<ScramUser> user =
        users.stream()
            .filter(it -> it.mechanism() == mechanism.get() && it.name().equals(name.get()))
            .findFirst();
    if (user.isEmpty()) {
      return Optional.of(
          "must name '%s' with %s, the user by which this node logs in to its peers (sasl.jaas.config), and doesn't; add it, or correct the configuration"
              .formatted(name.get(), mechanism.get()));
    }
    return option("password")
        .filter(it -> !user.get().hasPassword(it))
        .map(
            it ->
                "the password of '%s' must be the one by which this node logs in to its peers (sasl.jaas.config), and is another; correct one of the two"
                    .formatted(name.get()));
  }

  /** What will happen if a cluster begins with these users, and nobody can log in. */
  public List<String> warnings(List<ScramUser> users) {
    List<String> warnings = new ArrayList<>();
    mechanism
        .filter(it -> users.isEmpty())
        .map(
            "this node logs in to its peers by %s, and a new cluster has no users: they will refuse it; set KAFKA_POD_SCRAM_USERS_FILE, empty the disks of all nodes, and start them again"
                ::formatted)
        .ifPresent(warnings::add);
    ofControllers
        .map(
            "controllers log in to each other by %s (sasl.mechanism.controller.protocol), but get the users only from a leader, so they will never have one; use TLS or PLAIN on their listener"
                ::formatted)
        .ifPresent(warnings::add);
    return warnings;
  }

  /** An option of the login module; empty also where a config provider fills it in later. */
  private Optional<String> option(String name) {
    return Optional.ofNullable(LoginOptions.in(jaas).get(name)).filter(it -> !it.contains("${"));
  }
}

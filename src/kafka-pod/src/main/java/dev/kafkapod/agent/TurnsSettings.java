package dev.kafkapod.agent;

import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.common.Address;
import java.util.List;
import java.util.Objects;

/**
 * Where the turns are.
 *
 * @param topic the topic's name
 * @param servers brokers that keep it; empty for those that are asked about the cluster
 * @param name what names these brokers, for messages
 */
public record TurnsSettings(String topic, List<Address> servers, String name) {

  public TurnsSettings {
    Objects.requireNonNull(topic);
    servers = List.copyOf(servers);
    Objects.requireNonNull(name);
  }

  /** How to reach these brokers. */
  ClusterAccess access(ClusterAccess cluster) {
    return cluster.through(servers, name);
  }

  /** What to say where only controllers are known. */
  static String onlyControllers(String name) {
    return "brokers keep the turns, and only controllers are known here; name brokers with " + name;
  }
}

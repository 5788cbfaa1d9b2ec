package dev.kafkapod.nodeconfig;

import java.util.Map;
import java.util.Set;

/**
 * What a Kafka process is.
 *
 * @param broker whether it is a broker, which it is, too, if nothing says what it is
 * @param zooKeeper whether it is a broker of a cluster in ZooKeeper mode
 * @param named whether {@code process.roles} names any: there are none in ZooKeeper mode
 */
public record ProcessRoles(boolean broker, boolean controller, boolean zooKeeper, boolean named) {

  /** The setting that has them. */
  public static final String KEY = "process.roles";

  /** The roles as they are written; empty in ZooKeeper mode. */
  public static Set<String> names(Map<String, String> properties) {
    return Set.copyOf(KafkaList.of(properties.getOrDefault(KEY, "")));
  }

  /** What the lines of server.properties say. */
  public static ProcessRoles of(Map<String, String> properties) {
    Set<String> roles = names(properties);
    return new ProcessRoles(
        roles.isEmpty() || roles.contains("broker"),
        roles.contains("controller"),
        roles.isEmpty() && !properties.getOrDefault("zookeeper.connect", "").isBlank(),
        !roles.isEmpty());
  }

  /** Whether its cluster is one in KRaft mode; also if nothing says so. */
  public boolean isKraft() {
    return !zooKeeper;
  }

  @Override
  public String toString() {
    if (zooKeeper) {
      return "broker (ZooKeeper)";
    }
    return broker && controller ? "broker and controller" : broker ? "broker" : "controller";
  }
}

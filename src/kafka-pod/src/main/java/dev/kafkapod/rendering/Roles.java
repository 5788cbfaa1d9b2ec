package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.KafkaList;
import java.util.List;
import java.util.Set;

/**
 * What a Kafka process is.
 *
 * @param zooKeeper whether it is a broker of a cluster in ZooKeeper mode
 */
record Roles(boolean broker, boolean controller, boolean zooKeeper) {

  private static final Set<String> KNOWN = Set.of("broker", "controller");

  static final List<RenderRule> RULES =
      List.of(RenderRule.ofSetting("roles-are-known", "process.roles", Roles::known));

  /** The roles that the settings give; without any that can be told, those of a broker. */
  static Roles of(Settings settings) {
    List<String> roles = settings.value("process.roles").map(KafkaList::of).orElse(List.of());
    return new Roles(
        roles.isEmpty() || roles.contains("broker"),
        roles.contains("controller"),
        roles.isEmpty() && settings.value("zookeeper.connect").isPresent());
  }

  boolean isKraft() {
    return !zooKeeper;
  }

  private static void known(Setting setting, Problems problems) {
    for (String role : KafkaList.of(setting.text())) {
      if (!KNOWN.contains(role)) {
        problems.error(setting, "a role must be broker or controller, got '%s'; correct it", role);
      }
    }
  }

  @Override
  public String toString() {
    if (zooKeeper) {
      return "broker (ZooKeeper)";
    }
    return broker && controller ? "broker and controller" : broker ? "broker" : "controller";
  }
}

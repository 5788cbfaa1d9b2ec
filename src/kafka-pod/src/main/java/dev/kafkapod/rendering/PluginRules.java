package dev.kafkapod.rendering;

import dev.kafkapod.nodeconfig.KafkaList;
import dev.kafkapod.nodeconfig.ProcessRoles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Classes that Kafka takes by their names and looks for only while it starts: it dies if one isn't
 * there. Those that its settings define as classes KafkaConfig looks for itself.
 */
final class PluginRules {

  private static final String AUTHORIZER = "authorizer.class.name";
  private static final List<String> KEYS =
      List.of(AUTHORIZER, "metric.reporters", "replica.selector.class");

  private static final String REMOTE_STORAGE = "remote.log.storage.manager.class.name";

  /** Of Kafka 3.9 and older, for ZooKeeper mode. */
  private static final String OLD_AUTHORIZER = "kafka.security.authorizer.AclAuthorizer";

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of("remote-storage-has-a-class", PluginRules::remoteStorage),
          RenderRule.of("plugins-are-on-the-class-path", PluginRules::plugins));

  private PluginRules() {}

  private static void plugins(RuleInput input, Problems problems) {
    Optional<KafkaOpinion> kafka = input.kafka();
    if (kafka.isEmpty() || bringsClasses(input.environment())) {
      return;
    }
    for (String key : KEYS) {
      input
          .settings()
          .get(key)
          .filter(it -> !it.isProvided())
          .ifPresent(
              setting ->
                  KafkaList.of(setting.text()).stream()
                      .filter(name -> !kafka.get().hasClass(name))
                      .forEach(name -> missing(setting, name, input.roles(), problems)));
    }
  }

  private static void remoteStorage(RuleInput input, Problems problems) {
    input
        .settings()
        .get("remote.log.storage.system.enable")
        .filter(it -> input.roles().broker() && it.text().strip().equalsIgnoreCase("true"))
        .filter(it -> input.settings().value(REMOTE_STORAGE).isEmpty())
        .ifPresent(
            it ->
                problems.error(
                    it,
                    "needs %s, without which Kafka doesn't start, and that isn't set; set it to the storage's class, or remove this one",
                    new Problems.Harmless(REMOTE_STORAGE)));
  }

  private static void missing(Setting setting, String name, ProcessRoles roles, Problems problems) {
    problems.error(
        setting,
        "there is no class %s, and Kafka doesn't start without it; %s",
        name,
        new Problems.Harmless(
            name.equals(OLD_AUTHORIZER) && roles.isKraft()
                ? "in KRaft mode it is org.apache.kafka.metadata.authorizer.StandardAuthorizer"
                : "correct the name, or name the jar that has it in CLASSPATH"));
  }

  /** An agent's jar is on the broker's class path, too, and not on ours. */
  private static boolean bringsClasses(Map<String, String> environment) {
    return environment.values().stream()
        .anyMatch(it -> it.contains("-javaagent:") || it.contains("-Xbootclasspath"));
  }
}

package dev.kafkapod.rendering;

import dev.kafkapod.common.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Kafka's own verdict on the settings, and keys that nobody knows. */
final class KafkaRules {

  /** Keys that Kafka takes, or hands on to plugins, without defining them. */
  private static final Pattern UNDEFINED =
      Pattern.compile(
          "(listener\\.name|config\\.providers|ssl\\.engine\\.factory|principal\\.builder)\\..*"
              + "|(rlmm|rsm)\\.config\\..*|.*\\.(metadata|storage)\\.manager\\.impl\\.prefix");

  private static final Set<String> STORE_FILES =
      Set.of(
          "ssl.keystore.filename",
          "ssl.keystore.credentials",
          "ssl.key.credentials",
          "ssl.truststore.filename",
          "ssl.truststore.credentials");

  /** What Kafka's own plugins read: authorizers, quotas, metrics, ZooKeeper's clients. */
  private static final List<String> PLUGINS =
      List.of(
          "super.users",
          "allow.everyone.if.no.acl.found",
          "authorizer.",
          "kafka.metrics.",
          "external.kafka.",
          "zookeeper.",
          "confluent.",
          "cruise.control.",
          "opa.",
          "strimzi.");

  /** Whose class a plugin's settings belong to, where its prefix isn't Kafka's own. */
  private static final Map<String, String> PLUGIN_CLASSES =
      Map.of(
          "confluent.", "confluent",
          "cruise.control.", "cruisecontrol",
          "opa.", "opa",
          "strimzi.", "strimzi");

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of("kafka-is-at-hand", KafkaRules::atHand),
          RenderRule.of("keys-are-known", KafkaRules::keys),
          // values that aren't filled in would only be complained about once more
          RenderRule.unlessBroken("kafka-takes-the-settings", KafkaRules::refusal));

  private KafkaRules() {}

  private static void atHand(RuleInput input, Problems problems) {
    if (input.kafka().isEmpty()) {
      problems.warning(
          "Kafka itself was not asked about these settings, and unknown keys were not looked for: its jars are not on the class path; set KAFKA_HOME to where its libs/ is");
    }
  }

  private static void keys(RuleInput input, Problems problems) {
    if (input.kafka().isEmpty()) {
      return;
    }
    for (Setting setting : input.settings().all()) {
      unknown(setting.key(), input.knownKeys(), input.settings())
          .ifPresent(it -> problems.warning(setting.origin(), "%s: %s", setting.key(), it));
    }
  }

  private static void refusal(RuleInput input, Problems problems) {
    input
        .kafka()
        .flatMap(it -> it.refusal(input.settings().asMap()))
        .ifPresent(it -> blame(it, input.settings(), problems));
  }

  private static boolean isKnown(String key, Set<String> known, Settings settings) {
    return known.contains(key)
        || UNDEFINED.matcher(key).matches()
        || PLUGINS.stream()
            .filter(key::startsWith)
            .anyMatch(prefix -> key.equals(prefix) || isRead(prefix, key, known, settings));
  }

  /**
   * Whether something reads the settings of a prefix that is taken whole: what is misspelt there
   * would be silent otherwise.
   */
  private static boolean isRead(String prefix, String key, Set<String> known, Settings settings) {
    if (prefix.equals("zookeeper.")) {
      return false; // Kafka defines them all
    }
    String owner = PLUGIN_CLASSES.get(prefix);
    boolean loaded =
        owner == null
            || settings.all().stream()
                .filter(it -> it.key().matches(".*(class|classes|reporters|classpath)(\\.name)?"))
                .anyMatch(
                    it -> it.text().toLowerCase(Locale.ROOT).replace(".", "").contains(owner));
    return loaded && Nearest.to(key, known).isEmpty();
  }

  /**
   * What there is to say about a key that Kafka doesn't know; empty if it does, or a plugin may.
   *
   * @param known Kafka's own keys
   */
  static Optional<String> unknown(String key, Set<String> known, Settings settings) {
    if (isKnown(key, known, settings)) {
      return Optional.empty();
    }
    if (STORE_FILES.contains(key)) {
      return Optional.of(
          "Kafka knows no such setting; the apache/kafka image takes it as a variable; write "
              + key.replaceFirst("filename$", "location").replaceFirst("credentials$", "password"));
    }
    return Optional.of(
        "Kafka knows no such setting, and ignores it unless a plugin reads it"
            + Nearest.question(key, known).map("; "::concat).orElse(""));
  }

  /** Kafka names keys in its messages; the first that was written leads to its line. */
  private static void blame(String refusal, Settings settings, Problems problems) {
    List<Setting> named = new ArrayList<>(settings.all());
    named.removeIf(
        it ->
            !Pattern.compile("(?<![\\w.])" + Pattern.quote(it.key()) + "(?!\\w|\\.\\w)")
                .matcher(refusal)
                .find());
    if (named.isEmpty()) {
      problems.error("Kafka refuses to start with these settings: %s", refusal);
    } else {
      problems.error(
          named.get(0).origin(), "Kafka refuses to start with these settings: %s", refusal);
    }
  }
}

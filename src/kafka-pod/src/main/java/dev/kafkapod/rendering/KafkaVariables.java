package dev.kafkapod.rendering;

import dev.kafkapod.settings.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings in the environment, named as the apache/kafka image names them: {@code KAFKA_A_B__C___D}
 * is {@code a.b_c-d} (kafka.docker.KafkaDockerWrapper).
 */
final class KafkaVariables {

  static final String ROOT_LOG_LEVEL = "KAFKA_LOG4J_ROOT_LOGLEVEL";
  static final String LOGGERS = "KAFKA_LOG4J_LOGGERS";

  private static final String PREFIX = "KAFKA_";
  private static final String ANOTHER_IMAGES = "KAFKA_CFG_";

  /** Not settings of the broker, but of its JVM, its scripts, its log, and kafka-pod. */
  private static final Set<String> EXCLUDED =
      Set.of(
          "KAFKA_VERSION",
          "KAFKA_HEAP_OPTS",
          "KAFKA_LOG4J_OPTS",
          "KAFKA_OPTS",
          "KAFKA_JMX_OPTS",
          "KAFKA_JVM_PERFORMANCE_OPTS",
          "KAFKA_GC_LOG_OPTS",
          ROOT_LOG_LEVEL,
          LOGGERS,
          "KAFKA_TOOLS_LOG4J_LOGLEVEL",
          "KAFKA_JMX_HOSTNAME",
          // what that image forgets, and what Kafka's own scripts read
          "KAFKA_JMX_PORT",
          "KAFKA_HOME",
          "KAFKA_DEBUG",
          "KAFKA_MODE");

  private static final Pattern OURS = Pattern.compile("KAFKA_POD_.*");
  private static final Pattern SCRIPTS = Pattern.compile("KAFKA_(DEBUG|JMX)_.*|JAVA_DEBUG_.*");

  /** A mechanism's name, in which what was meant for a dash has become something else. */
  private static final Pattern NO_DASH = Pattern.compile("(.*\\.)scram[._]sha[._](256|512)(\\..*)");

  /** What Kubernetes puts into every pod for a Service whose name begins with kafka. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "KAFKA_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private static final Pattern SERVICE_LINK_PORT = Pattern.compile("KAFKA_(.*_)?PORT");
  private static final Pattern SERVICE_LINK_URL = Pattern.compile("(tcp|udp|sctp)://.*");

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of("no-variable-of-a-service", KafkaVariables::services),
          RenderRule.of("no-variable-with-another-images-prefix", KafkaVariables::anotherImages));

  private KafkaVariables() {}

  /**
   * The settings in an environment, by the variables' names.
   *
   * @param secrets which values are secret
   * @param files what variables with names of files stand for
   * @param spelling finds how Kafka spells a key, which may have capitals; variables have none
   * @param problems gets what can't be a setting, or can't be read
   */
  static List<Setting> settings(
      Map<String, String> environment,
      Secrets secrets,
      SecretFiles files,
      UnaryOperator<String> spelling,
      Problems problems) {
    List<Setting> settings = new ArrayList<>();
    // they win over a location or password beside them, as in the apache/kafka image
    List<Setting> fromFiles = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) -> {
              if (!isSetting(name)
                  || isServiceLink(name, value)
                  || name.startsWith(ANOTHER_IMAGES)) {
                return; // rules say what is left out
              }
              if (SecretFiles.isOne(name)) {
                files.setting(name, value, problems).ifPresent(fromFiles::add);
              } else {
                String key = spelling.apply(key(name));
                checkDashes(name, key, problems);
                settings.add(
                    Setting.written(key, secrets.value(key, value), Origin.variable(name)));
              }
            });
    settings.addAll(fromFiles);
    return settings;
  }

  private static void services(RuleInput input, Problems problems) {
    List<String> names = settings(input, KafkaVariables::isServiceLink);
    if (!names.isEmpty()) {
      problems.warning(
          "%s: left out, because Kubernetes makes such variables for Services called kafka…; set enableServiceLinks: false in the pod",
          String.join(", ", names));
    }
  }

  private static void anotherImages(RuleInput input, Problems problems) {
    List<String> names =
        settings(
            input, (name, value) -> name.startsWith(ANOTHER_IMAGES) && !isServiceLink(name, value));
    if (!names.isEmpty()) {
      problems.warning(
          "%s: left out, because KAFKA_CFG_ is another image's prefix; write %s in place of %s",
          String.join(", ", names),
          PREFIX + names.get(0).substring(ANOTHER_IMAGES.length()),
          names.get(0));
    }
  }

  private static List<String> settings(RuleInput input, BiPredicate<String, String> which) {
    return input.environment().entrySet().stream()
        .filter(it -> isSetting(it.getKey()) && which.test(it.getKey(), it.getValue()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Whether anything in the environment is a setting of the broker. */
  static boolean isAnySet(Map<String, String> environment) {
    return environment.entrySet().stream()
        .anyMatch(
            it ->
                (isSetting(it.getKey()) || isMeantForKafka(it.getKey()))
                    && !isServiceLink(it.getKey(), it.getValue()));
  }

  /** Who sets another image's variables has configured something, and wants no single node. */
  private static boolean isMeantForKafka(String name) {
    return name.startsWith(PREFIX) && !EXCLUDED.contains(name) && OtherImages.isOne(name);
  }

  private static boolean isSetting(String name) {
    return name.startsWith(PREFIX)
        && name.length() > PREFIX.length()
        && !EXCLUDED.contains(name)
        && !OtherImages.isOne(name)
        && !OURS.matcher(name).matches()
        && !SCRIPTS.matcher(name).matches();
  }

  /** Kafka takes a listener's key of any mechanism, and looks only for that of its own. */
  private static void checkDashes(String name, String key, Problems problems) {
    Matcher noDash = NO_DASH.matcher(key);
    if (noDash.matches()) {
      problems.warning(
          Origin.variable(name),
          "%s: Kafka never looks for it, but for %sscram-sha-%s%s; a dash is written as three underscores, SCRAM___SHA___%s",
          key,
          noDash.group(1),
          noDash.group(2),
          noDash.group(3),
          noDash.group(2));
    }
  }

  /**
   * Finds how Kafka spells a key: those that it knows, and those of ZooKeeper's client, which it
   * hands on.
   *
   * @param known the keys of the Kafka at hand; may be empty
   */
  static UnaryOperator<String> spelling(Set<String> known) {
    Map<String, String> capitals = new TreeMap<>();
    capitals.put("zookeeper.clientcnxnsocket", "zookeeper.clientCnxnSocket");
    known.stream()
        .filter(it -> !it.equals(it.toLowerCase(Locale.ROOT)))
        .forEach(it -> capitals.put(it.toLowerCase(Locale.ROOT), it));
    return key -> capitals.getOrDefault(key, key);
  }

  /** Whether a setting is what a variable holds, not what follows from it or is in a file. */
  static boolean isValueOfOne(Setting setting) {
    return setting.origin().layer() == Origin.Layer.ENVIRONMENT
        && key(setting.origin().source()).equalsIgnoreCase(setting.key());
  }

  static boolean isServiceLink(String name, String value) {
    return SERVICE_LINK.matcher(name).matches()
        || (SERVICE_LINK_PORT.matcher(name).matches() && SERVICE_LINK_URL.matcher(value).matches());
  }

  /** {@code KAFKA_A_B__C___D} is {@code a.b_c-d}. */
  static String key(String variable) {
    return variable
        .substring(PREFIX.length())
        .toLowerCase(Locale.ROOT)
        .replace("___", "-")
        .replace("__", "\0")
        .replace('_', '.')
        .replace('\0', '_');
  }
}

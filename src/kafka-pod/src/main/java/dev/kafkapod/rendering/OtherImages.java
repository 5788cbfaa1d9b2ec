package dev.kafkapod.rendering;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Variables of other Kafka images that are no settings of Kafka's: without a word they would be
 * taken for such, or for nothing, and a broker would start otherwise than it did there. The table
 * in docs/rendering.md has a line for each, which tests hold against this one.
 */
final class OtherImages {

  private static final String BITNAMI = "the Bitnami image";
  private static final String CONFLUENT = "the Confluent image";
  private static final String STRIMZI = "Strimzi's image";
  private static final String APACHE_AND_CONFLUENT = "the apache/kafka and Confluent images";

  /** A certificate store's password, here a file's name. */
  private static final String STORES =
      "name files that hold it in KAFKA_SSL_KEYSTORE_CREDENTIALS, KAFKA_SSL_KEY_CREDENTIALS and"
          + " KAFKA_SSL_TRUSTSTORE_CREDENTIALS";

  private static final String ZOOKEEPER_LOGIN =
      "name a JAAS file in KAFKA_OPTS, -Djava.security.auth.login.config=FILE";
  private static final String PEERS_LOGIN =
      "write listener.name.LISTENER.MECHANISM.sasl.jaas.config into a mounted server.properties";
  private static final String USERS =
      "name a file with users for a new cluster in KAFKA_POD_SCRAM_USERS_FILE";

  /**
   * What there is to say about a variable, or about all with a prefix.
   *
   * @param whose the image that reads it
   * @param instead what to do here
   * @param replacements variables here that mean the same: if one of them is set, nothing is said
   */
  private record Foreign(String whose, String instead, List<String> replacements) {}

  private static final Map<String, Foreign> VARIABLES = new LinkedHashMap<>();

  static {
    add(BITNAMI, "ALLOW_PLAINTEXT_LISTENER", "listener.security.protocol.map alone decides");
    add(BITNAMI, "BITNAMI_DEBUG", "set KAFKA_LOG4J_ROOT_LOGLEVEL=DEBUG");
    add(BITNAMI, "KAFKA_CERTIFICATE_PASSWORD", STORES);
    add(BITNAMI, "KAFKA_CLIENT_LISTENER_NAME", "mount a client.properties");
    add(BITNAMI, "KAFKA_CLIENT_PASSWORDS", USERS, "KAFKA_POD_SCRAM_USERS_FILE");
    add(BITNAMI, "KAFKA_CLIENT_USERS", USERS, "KAFKA_POD_SCRAM_USERS_FILE");
    add(BITNAMI, "KAFKA_CLUSTER_ID", "set CLUSTER_ID", "CLUSTER_ID", "KAFKA_POD_CLUSTER_ID");
    add(BITNAMI, "KAFKA_CONTROLLER_PASSWORD", PEERS_LOGIN);
    add(BITNAMI, "KAFKA_CONTROLLER_USER", PEERS_LOGIN);
    add(
        BITNAMI,
        "KAFKA_ENABLE_KRAFT",
        "set KAFKA_PROCESS_ROLES, or take a template",
        "KAFKA_PROCESS_ROLES");
    add(BITNAMI, "KAFKA_EXTRA_FLAGS", "set KAFKA_OPTS", "KAFKA_OPTS");
    add(
        BITNAMI,
        "KAFKA_INITIAL_CONTROLLERS",
        "set KAFKA_POD_INITIAL_CONTROLLERS",
        "KAFKA_POD_INITIAL_CONTROLLERS");
    add(BITNAMI, "KAFKA_INTER_BROKER_PASSWORD", PEERS_LOGIN);
    add(BITNAMI, "KAFKA_INTER_BROKER_USER", PEERS_LOGIN);
    add(BITNAMI, "KAFKA_KRAFT_BOOTSTRAP_SCRAM_USERS", USERS, "KAFKA_POD_SCRAM_USERS_FILE");
    add(BITNAMI, "KAFKA_KRAFT_CLUSTER_ID", "set CLUSTER_ID", "CLUSTER_ID", "KAFKA_POD_CLUSTER_ID");
    add(BITNAMI, "KAFKA_MOUNTED_CONF_DIR", "set KAFKA_POD_MOUNTED_DIR", "KAFKA_POD_MOUNTED_DIR");
    add(
        BITNAMI,
        "KAFKA_SKIP_KRAFT_STORAGE_INIT",
        "set KAFKA_POD_BOOTSTRAP=false once the cluster lives",
        "KAFKA_POD_BOOTSTRAP");
    add(BITNAMI, "KAFKA_TLS_CLIENT_AUTH", "set KAFKA_SSL_CLIENT_AUTH", "KAFKA_SSL_CLIENT_AUTH");
    add(
        BITNAMI,
        "KAFKA_TLS_TRUSTSTORE_FILE",
        "set KAFKA_SSL_TRUSTSTORE_LOCATION",
        "KAFKA_SSL_TRUSTSTORE_LOCATION");
    add(
        BITNAMI,
        "KAFKA_TLS_TYPE",
        "set KAFKA_SSL_KEYSTORE_TYPE and KAFKA_SSL_TRUSTSTORE_TYPE",
        "KAFKA_SSL_KEYSTORE_TYPE");
    add(BITNAMI, "KAFKA_ZOOKEEPER_PASSWORD", ZOOKEEPER_LOGIN);
    add(
        BITNAMI,
        "KAFKA_ZOOKEEPER_PROTOCOL",
        "set KAFKA_ZOOKEEPER_SSL_CLIENT_ENABLE=true for TLS; for SASL " + ZOOKEEPER_LOGIN,
        "KAFKA_ZOOKEEPER_SSL_CLIENT_ENABLE");
    add(
        BITNAMI,
        "KAFKA_ZOOKEEPER_TLS_",
        "set KAFKA_ZOOKEEPER_SSL_KEYSTORE_LOCATION and its siblings",
        "KAFKA_ZOOKEEPER_SSL_KEYSTORE_LOCATION",
        "KAFKA_ZOOKEEPER_SSL_TRUSTSTORE_LOCATION");
    add(BITNAMI, "KAFKA_ZOOKEEPER_USER", ZOOKEEPER_LOGIN);
    add(CONFLUENT, "CONFLUENT_", "write KAFKA_CONFLUENT_… for what Confluent Server is to read");
    add(CONFLUENT, "KAFKA_ADVERTISED_HOST", "set KAFKA_ADVERTISED_LISTENERS");
    add(CONFLUENT, "KAFKA_ADVERTISED_PORT", "set KAFKA_ADVERTISED_LISTENERS");
    add(
        APACHE_AND_CONFLUENT,
        "KAFKA_TOOLS_LOG4J_LOGLEVEL",
        "tools here log warnings, to standard error");
    add(STRIMZI, "KAFKA_METRICS_ENABLED", "the agent has metrics at /metrics");
    add(STRIMZI, "STRIMZI_", "set KAFKA_OPTS, KAFKA_HEAP_OPTS or KAFKA_GC_LOG_OPTS");
  }

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of(
              "no-variable-of-another-image",
              (input, problems) -> check(input.environment(), problems)));

  private OtherImages() {}

  private static void add(String whose, String name, String instead, String... replacements) {
    VARIABLES.put(name, new Foreign(whose, instead, List.of(replacements)));
  }

  /** The names in the table, in its order; a prefix ends with an underscore. */
  static List<String> names() {
    return List.copyOf(VARIABLES.keySet());
  }

  /** Whether a variable is another image's, and no setting of Kafka's. */
  static boolean isOne(String variable) {
    return foreign(variable).isPresent();
  }

  /** One warning for all variables about which there is the same to say. */
  private static void check(Map<String, String> environment, Problems problems) {
    Map<Foreign, List<String>> found = new LinkedHashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (name, value) ->
                foreign(name)
                    .filter(it -> !isOfAService(name, value))
                    .filter(it -> it.replacements().stream().noneMatch(environment::containsKey))
                    .ifPresent(
                        it -> found.computeIfAbsent(it, key -> new ArrayList<>()).add(name)));
    found.forEach(
        (foreign, names) ->
            problems.warning(
                names.size() == 1
                    ? "%s: is left out, because it is a variable of %s, not a Kafka setting; %s"
                    : "%s: are left out, because they are variables of %s, not Kafka settings; %s",
                String.join(", ", names),
                foreign.whose(),
                foreign.instead()));
  }

  /** Kubernetes makes variables for Services called strimzi… and confluent…, too. */
  private static boolean isOfAService(String name, String value) {
    return KafkaVariables.isServiceLink("KAFKA_" + name, value);
  }

  private static Optional<Foreign> foreign(String variable) {
    // Bitnami's may name a file with their value
    String name = variable.replaceFirst("_FILE$", "");
    return VARIABLES.entrySet().stream()
        .filter(
            it ->
                it.getKey().equals(name)
                    || it.getKey().equals(variable)
                    || (it.getKey().endsWith("_") && name.startsWith(it.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}

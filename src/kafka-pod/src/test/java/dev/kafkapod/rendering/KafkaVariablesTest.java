package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.settings.Redaction;
import dev.kafkapod.settings.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaVariablesTest {

  private final Problems problems = new Problems();

  private List<Setting> settings(String variable, String value) {
    Map<String, String> environment = Map.of(variable, value);
    List<Setting> settings =
        KafkaVariables.settings(
            environment,
            Secrets.byName(),
            new SecretFiles(Path.of("/etc/kafka/secrets"), Map.of()),
            KafkaVariables.spelling(Set.of("plugin.someThing", "node.id")),
            problems);
    RuleInput input = Requests.input(Requests.of("", "", environment, "kafka-1"), Optional.empty());
    Stream.of(EscapedReading.RULES, KafkaVariables.RULES)
        .flatMap(List::stream)
        .forEach(it -> problems.addAll(it.broken(input)));
    return settings;
  }

  private List<String> said() {
    return problems.all(Redaction.byShape()).stream().map(Problem::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_NODE_ID, node.id",
    "KAFKA_A_B__C___D, a.b_c-d",
    "KAFKA_LISTENER_NAME_INTERNAL_PLAIN_SASL_JAAS_CONFIG, listener.name.internal.plain.sasl.jaas.config",
    "KAFKA_PORT, port",
    "KAFKA_ZOOKEEPER_CLIENTCNXNSOCKET, zookeeper.clientCnxnSocket",
    "KAFKA_PLUGIN_SOMETHING, plugin.someThing",
  })
  void namesSettingsAsTheApacheKafkaImageDoes(String variable, String key) {
    assertThat(settings(variable, "x"))
        .containsExactly(
            Setting.written(key, Secrets.byName().value(key, "x"), Origin.variable(variable)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "KAFKA_VERSION",
        "KAFKA_HEAP_OPTS",
        "KAFKA_LOG4J_OPTS",
        "KAFKA_OPTS",
        "KAFKA_JMX_OPTS",
        "KAFKA_JVM_PERFORMANCE_OPTS",
        "KAFKA_GC_LOG_OPTS",
        "KAFKA_LOG4J_ROOT_LOGLEVEL",
        "KAFKA_LOG4J_LOGGERS",
        "KAFKA_JMX_HOSTNAME",
        "KAFKA_HOME",
        "KAFKA_POD_GATE",
        "KAFKA_",
        "CLUSTER_ID",
        "PATH"
      })
  void takesNoSettingFrom(String variable) {
    assertThat(settings(variable, "x")).isEmpty();
    assertThat(problems.all(Redaction.byShape())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_SERVICE_HOST, 10.0.0.1",
    "KAFKA_SERVICE_PORT_PLAINTEXT, 9092",
    "KAFKA_PORT, tcp://10.0.0.1:9092",
    "KAFKA_BROKERS_PORT_9092_TCP_ADDR, 10.0.0.1",
  })
  void leavesOutWhatKubernetesMakesForAService(String variable, String value) {
    assertThat(settings(variable, value)).isEmpty();
    assertThat(said())
        .containsExactly(
            "warning: %s: left out, because Kubernetes makes such variables for Services called kafka…; set enableServiceLinks: false in the pod"
                .formatted(variable));
  }

  @Test
  void leavesOutAnotherImagesVariablesAndSaysHowToWriteThem() {
    assertThat(settings("KAFKA_CFG_NODE_ID", "1")).isEmpty();
    assertThat(said())
        .containsExactly(
            "warning: KAFKA_CFG_NODE_ID: left out, because KAFKA_CFG_ is another image's prefix; write KAFKA_NODE_ID in place of KAFKA_CFG_NODE_ID");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "RULE:.*CN[\\\\s]?=.* → RULE:.*CN[\\s]?=.*",
        "a\\:b → a:b",
        "\\u0041 → A",
        "C\\data → Cdata",
      })
  void warnsWhereTheApacheKafkaImageReadsSomethingElse(String value, String there) {
    assertThat(settings("KAFKA_X", value)).extracting(Setting::text).containsExactly(value);
    assertThat(said())
        .containsExactly(
            "warning: KAFKA_X: x: is taken as it is, '%s'; the apache/kafka image would take backslashes for escapes and read '%s'; write that if it is meant"
                .formatted(value, there));
  }

  @Test
  void warnsOfALineBreakThatWouldEndTheValueThere() {
    settings("KAFKA_X", "a\nb=c");

    assertThat(said())
        .containsExactly(
            "warning: KAFKA_X: x: is taken as it is, over several lines, 'a ↵ b=c'; the apache/kafka image would end it at the line break, 'a', and set b as well; write the settings apart if that is meant");
  }

  @Test
  void warnsOfAContinuationWithoutShowingASecret() {
    settings("KAFKA_SASL_JAAS_CONFIG", "X required \\\n password=\"p\";");

    assertThat(said())
        .containsExactly(
            "warning: KAFKA_SASL_JAAS_CONFIG: sasl.jaas.config: is taken as it is, '[hidden]'; the apache/kafka image would take backslashes for escapes and read '[hidden]'; write that if it is meant");
  }

  @Test
  void takesAPasswordFromTheFileThatTheVariableNames(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("creds"), "pass word\n\n");
    Map<String, String> environment =
        Map.of(
            "KAFKA_SSL_KEYSTORE_FILENAME", "store.jks",
            "KAFKA_SSL_KEYSTORE_CREDENTIALS", "creds",
            "KAFKA_SSL_KEY_CREDENTIALS", "nowhere",
            "KAFKA_SSL_TRUSTSTORE_CREDENTIALS", " ");

    List<Setting> settings =
        KafkaVariables.settings(
            environment,
            Secrets.byName(),
            SecretFiles.read(folder, environment),
            KafkaVariables.spelling(Set.of()),
            problems);

    assertThat(settings)
        .extracting(it -> it.key() + "=" + it.text() + ", shown as " + it.value())
        .containsExactly(
            "ssl.keystore.password=pass word, shown as [hidden]",
            "ssl.keystore.location=%1$s, shown as %1$s".formatted(folder.resolve("store.jks")));
    assertThat(said())
        .containsExactly(
            "KAFKA_SSL_KEY_CREDENTIALS: must name a file in %s that holds the password, and there is none of this name that can be read; mount it, or set KAFKA_SSL_KEY_CREDENTIALS to a file's name (what it is set to isn't shown, because it might be the password itself)"
                .formatted(folder));
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_LISTENER_NAME_A_SCRAM_SHA_512_SASL_JAAS_CONFIG, listener.name.a.scram.sha.512.sasl.jaas.config, 512",
    "KAFKA_LISTENER_NAME_A_SCRAM__SHA__256_SASL_JAAS_CONFIG, listener.name.a.scram_sha_256.sasl.jaas.config, 256",
  })
  void warnsOfADashThatIsNone(String variable, String key, String bits) {
    assertThat(settings(variable, "x")).extracting(Setting::key).containsExactly(key);
    assertThat(said())
        .containsExactly(
            "warning: %s: %s: Kafka never looks for it, but for listener.name.a.scram-sha-%s.sasl.jaas.config; a dash is written as three underscores, SCRAM___SHA___%s"
                .formatted(variable, key, bits, bits));
  }
}

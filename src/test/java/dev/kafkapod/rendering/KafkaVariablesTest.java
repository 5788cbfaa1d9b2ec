package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.settings.Redaction;
import dev.kafkapod.settings.Secrets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaVariablesTest {

  private final Problems problems = new Problems();

  @ParameterizedTest
  @CsvSource({
    "KAFKA_NODE_ID, node.id",
    "KAFKA_A_B__C___D, a.b_c-d",
    "KAFKA_LISTENER_NAME_INTERNAL_PLAIN_SASL_JAAS_CONFIG, listener.name.internal.plain.sasl.jaas.config",
    "KAFKA_PORT, port",
  })
  void namesSettingsAsTheApacheKafkaImageDoes(String variable, String key) {
    assertThat(KafkaVariables.settings(Map.of(variable, "x"), Secrets.byName(), problems))
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
        "KAFKA_TOOLS_LOG4J_LOGLEVEL",
        "KAFKA_JMX_HOSTNAME",
        "KAFKA_JMX_PORT",
        "KAFKA_HOME",
        "KAFKA_POD_GATE",
        "KAFKA_",
        "CLUSTER_ID",
        "PATH"
      })
  void takesNoSettingFrom(String variable) {
    assertThat(KafkaVariables.settings(Map.of(variable, "x"), Secrets.byName(), problems))
        .isEmpty();
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
    assertThat(KafkaVariables.settings(Map.of(variable, value), Secrets.byName(), problems))
        .isEmpty();
    assertThat(problems.all(Redaction.byShape()))
        .extracting(Problem::toString)
        .isEqualTo(
            List.of(
                "warning: the environment has variables that Kubernetes makes for Services called kafka…, and they are left out; set enableServiceLinks: false in the pod"));
  }
}

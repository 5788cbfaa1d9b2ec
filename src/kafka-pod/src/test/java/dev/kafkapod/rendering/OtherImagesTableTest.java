package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.OtherImagesTable;
import dev.kafkapod.testing.OtherImagesTable.Kind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other images' variables: the code's table and the page's, and when nothing is said. */
class OtherImagesTableTest {

  private static List<String> said(Map<String, String> environment) {
    return Requests.broken(
        OtherImages.RULES,
        Requests.input(Requests.of("", "", environment, "kafka-1"), Optional.empty()));
  }

  @Test
  void isOnThePageWithEveryVariable() {
    List<String> shown =
        OtherImagesTable.rows().stream()
            .filter(it -> it.kind() == Kind.LEFT_OUT)
            .map(it -> it.variables().keySet())
            .flatMap(Collection::stream)
            .toList();

    assertThat(OtherImages.names())
        .allSatisfy(
            name ->
                assertThat(shown)
                    .anyMatch(
                        it ->
                            it.equals(name)
                                || it.equals(name + "_FILE")
                                || (name.endsWith("_") && it.startsWith(name))));
    assertThat(shown).allMatch(it -> OtherImages.isOne(it) || it.startsWith("KAFKA_CFG_"));
  }

  @Test
  void saysWhatIsTheSameOfSeveralOnce() {
    assertThat(
            said(
                Map.of(
                    "KAFKA_CLUSTER_ID", "a", "KAFKA_KRAFT_CLUSTER_ID", "a", "BITNAMI_DEBUG", "b")))
        .containsExactly(
            "warning: BITNAMI_DEBUG: is left out, because it is a variable of the Bitnami image,"
                + " not a Kafka setting; set KAFKA_LOG4J_ROOT_LOGLEVEL=DEBUG",
            "warning: KAFKA_CLUSTER_ID, KAFKA_KRAFT_CLUSTER_ID: are left out, because they are"
                + " variables of the Bitnami image, not Kafka settings; set CLUSTER_ID");
  }

  @Test
  void saysNothingWhereTheVariableOfThisImageIsSetToo() {
    assertThat(said(Map.of("KAFKA_KRAFT_CLUSTER_ID", "a", "CLUSTER_ID", "a"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "KAFKA_JMX_PORT, tcp://10.0.0.1:9999", // of a Service called kafka-jmx
    "STRIMZI_CLUSTER_OPERATOR_SERVICE_HOST, 10.0.0.1",
    "CONFLUENT_OPERATOR_PORT_7778_TCP_ADDR, 10.0.0.1",
    "CONFLUENT_OPERATOR_PORT, tcp://10.0.0.1:7778",
    "KAFKA_NODE_ID, 1",
    "KAFKA_LOG_FILE, x",
    "KAFKA_ZOOKEEPER_CONNECT, a",
    "KAFKA_POD_SCRAM_USERS_FILE, a",
    "PATH, a",
    "_, a",
  })
  void saysNothingOf(String variable, String value) {
    assertThat(said(Map.of(variable, value))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KAFKA_ENABLE_KRAFT", "KAFKA_KRAFT_CLUSTER_ID", "KAFKA_CFG_NODE_ID"})
  void isAConfigurationOfABrokerThatIsNoSingleNode(String variable) {
    assertThat(KafkaVariables.isAnySet(Map.of(variable, "a"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BITNAMI_DEBUG", "KAFKA_JMX_PORT", "ALLOW_PLAINTEXT_LISTENER"})
  void isNoConfigurationOfABroker(String variable) {
    assertThat(KafkaVariables.isAnySet(Map.of(variable, "a"))).isFalse();
  }
}

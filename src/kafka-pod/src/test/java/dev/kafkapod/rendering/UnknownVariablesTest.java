package dev.kafkapod.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnknownVariablesTest {

  private static List<String> said(String mounted, Map<String, String> environment) {
    return Requests.problems(Requests.render(Requests.of("", mounted, environment, "kafka-1")))
        .stream()
        .filter(it -> it.startsWith("warning: KAFKA_POD_"))
        .toList();
  }

  @Test
  void aMisspeltOneIsAWarningWithWhatWasMeant() {
    assertThat(said("", Map.of("KAFKA_POD_BOOTSTAP", "false", "KAFKA_POD_TEAM_OF_THE_DAY", "a")))
        .containsExactly(
            "warning: KAFKA_POD_BOOTSTAP: kafka-pod knows no such variable, and ignores it; did you mean KAFKA_POD_BOOTSTRAP?",
            "warning: KAFKA_POD_TEAM_OF_THE_DAY: kafka-pod knows no such variable, and ignores it; remove it, or choose a name that doesn't begin like its own");
  }

  @Test
  void whatIsReadIsNoMisspelling() {
    assertThat(
            said(
                "broker.rack=${env.KAFKA_POD_HALL|}",
                Map.of(
                    "KAFKA_POD_TEMPLATE", "none",
                    "KAFKA_POD_GATE", "strict",
                    "KAFKA_POD_STARTING", "on",
                    "KAFKA_POD_HALL", "h1",
                    "KAFKA_POD_", "x",
                    "KAFKA_POD_SHELF", " ")))
        .isEmpty();
  }

  @Test
  void neitherIsWhatKubernetesMakesForAServiceCalledKafkaPod() {
    assertThat(
            said(
                "",
                Map.of(
                    "KAFKA_POD_SERVICE_HOST", "10.0.0.1",
                    "KAFKA_POD_SERVICE_PORT", "9092",
                    "KAFKA_POD_SERVICE_PORT_CLIENTS", "9092",
                    "KAFKA_POD_PORT", "tcp://10.0.0.1:9092",
                    "KAFKA_POD_PORT_9092_TCP", "tcp://10.0.0.1:9092",
                    "KAFKA_POD_PORT_9092_TCP_ADDR", "10.0.0.1")))
        .isEmpty();
  }
}

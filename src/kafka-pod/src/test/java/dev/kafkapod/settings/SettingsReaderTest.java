package dev.kafkapod.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

  private static SettingsReader reader(Map<String, String> environment, Map<String, String> file) {
    return new SettingsReader(environment, file, "agent.properties");
  }

  @Test
  void readsTheEnvironmentOrElseTheFile() {
    SettingsReader reader =
        reader(
            Map.of("KAFKA_POD_STABLE_FOR", " 3s "), Map.of("stable-for", "4s", "timeout", "5s "));

    assertThat(reader.get("stable-for", Values::duration)).contains(Duration.ofSeconds(3));
    assertThat(reader.get("timeout", Values::duration)).contains(Duration.ofSeconds(5));
    assertThat(reader.get("unknown-grace", Values::duration)).isEmpty();
    assertThat(reader.problems()).isEmpty();
  }

  @Test
  void aBlankVariableIsNotSet() {
    SettingsReader reader =
        reader(Map.of("KAFKA_POD_TIMEOUT", " "), Map.of("timeout", "5s", "http", ""));

    assertThat(reader.get("timeout", Values::duration)).contains(Duration.ofSeconds(5));
    assertThat(reader.get("http", Values::address)).isEmpty();
    assertThat(reader.problems()).isEmpty();
  }

  @Test
  void aLineThatTheEnvironmentWinsOverNeedNotBeRight() {
    SettingsReader reader = reader(Map.of("KAFKA_POD_TIMEOUT", "5s"), Map.of("timeout", "soon"));

    assertThat(reader.get("timeout", Values::duration)).contains(Duration.ofSeconds(5));
    assertThat(reader.problems()).isEmpty();
  }

  @Test
  void reportsEveryProblemAtOnce() {
    SettingsReader reader =
        reader(
            Map.of("KAFKA_POD_TIMEOUT", "soon"),
            Map.of("max-offline", "few", "tiemout", "5s", "colour", "red"));

    assertThat(reader.get("timeout", Values::duration)).isEmpty();
    assertThat(reader.get("max-offline", Values::threshold)).isEmpty();

    assertThat(reader.problems())
        .containsExactly(
            "KAFKA_POD_TIMEOUT: must be a time longer than 0 and up to 24h with its unit (ms, s, m or h), got 'soon'; write for example 8s",
            "max-offline in agent.properties: must be a number of partitions, a whole number from 0, got 'few'",
            "agent.properties: there is no setting 'colour'; remove the line",
            "agent.properties: there is no setting 'tiemout' (did you mean timeout?)");
  }
}

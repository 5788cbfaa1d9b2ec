package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.BOOTSTRAP_SERVER;
import static dev.kafkapod.cli.Outcome.JMX_URL;
import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that come from environment variables, and how messages name those. */
class EnvironmentTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "KAFKA_POD_TIMEOUT | 8 | '--timeout': must be a time longer than 0 and up to 24h with its unit (ms, s, m or h), got '8'; write for example 8s",
        "KAFKA_POD_OUTPUT | yaml | '--output': must be text or json, got 'yaml'",
        "KAFKA_POD_PID | kafka | '--pid': must be a process id, a whole number from 1, got 'kafka'",
        "KAFKA_POD_JMX_URL | :9999 | '--jmx-url': must be a JMX service URL of the form service:jmx:rmi:///jndi/rmi://HOST:PORT/jmxrmi, got ':9999'",
        "KAFKA_POD_BOOTSTRAP_SERVER | kafka | '--bootstrap-server' (HOST:PORT): must be host:port with a port from 1 to 65535, got 'kafka'; write for example 127.0.0.1:9092",
        "KAFKA_POD_LISTENER | kafka | '--listener': must be host:port with a port from 1 to 65535, got 'kafka'; write for example 127.0.0.1:9092",
        "KAFKA_POD_GATE | strickt | '--gate': there is no preset 'strickt' (did you mean strict?); choose from startup, balanced, strict",
        "KAFKA_POD_WHEN | offline=on | '--when' (CONDITION=GATE): there is no gate 'on'; choose from always, startup, off",
        "KAFKA_POD_MAX_OFFLINE | -1 | '--max-offline': must be a number of partitions, a whole number from 0, got '-1'",
        "KAFKA_POD_EXCLUDE_TOPICS | ( | '--exclude-topics': must be a regular expression, got '(' (Unclosed group near character 2); write for example 'test-.*'",
        "KAFKA_POD_LATCHED | maybe | '--latched': 'maybe' is not a boolean"
      })
  void aWrongValueIsTracedToItsVariable(String variable, String value, String problem) {
    assertThat(Outcome.of(Map.of(variable, value), "ready"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option "
                    + problem
                    + " (set by "
                    + variable
                    + "); see kafka-pod ready --help"));
  }

  @Test
  void aWrongValueOnTheCommandLineIsNotBlamedOnTheVariable() {
    assertThat(Outcome.of(Map.of("KAFKA_POD_OUTPUT", "json"), "live", "--output=xml"))
        .isEqualTo(
            refusal(
                "kafka-pod live: Invalid value for option '--output':"
                    + " must be text or json, got 'xml'; see kafka-pod live --help"));
  }

  @Test
  void theCommandLineWinsOverAVariable() {
    assertThat(Outcome.of(Map.of("KAFKA_POD_TIMEOUT", "wrong"), "ready", JMX_URL, "--timeout=1s"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --bootstrap-server is needed to ask the cluster, because no local broker's configuration file was found;"
                    + " write for example --bootstrap-server 127.0.0.1:9092, or name the file with --server-config;"
                    + " see kafka-pod ready --help"));
  }

  @ParameterizedTest
  @CsvSource({"''", "' '"})
  void aVariableWithoutAValueIsAsGoodAsUnset(String nothing) {
    assertThat(
            Outcome.of(
                Map.of("KAFKA_POD_BOOTSTRAP_SERVER", nothing, "KAFKA_POD_TIMEOUT", nothing),
                "ready",
                JMX_URL))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --bootstrap-server is needed to ask the cluster, because no local broker's configuration file was found;"
                    + " write for example --bootstrap-server 127.0.0.1:9092, or name the file with --server-config;"
                    + " see kafka-pod ready --help"));
  }

  @Test
  void thePidOnTheCommandLineWinsOverTheVariableForTheJmxUrl() {
    assertThat(
            Outcome.of(
                Map.of("KAFKA_POD_JMX_URL", JMX_URL.replace("--jmx-url=", "")),
                "live",
                "--pid=" + Long.MAX_VALUE / 10))
        .isEqualTo(
            refusal(
                "kafka-pod live: --pid: there is no process "
                    + Long.MAX_VALUE / 10
                    + "; give the id of the running broker's process; see kafka-pod live --help"));
  }

  @Test
  void theJmxUrlOnTheCommandLineWinsOverTheVariableForThePid() {
    // with the pid, the complaint would be that there is no such process
    assertThat(Outcome.of(Map.of("KAFKA_POD_PID", "999999999999"), "ready", JMX_URL))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --bootstrap-server is needed to ask the cluster, because no local broker's configuration file was found;"
                    + " write for example --bootstrap-server 127.0.0.1:9092, or name the file with --server-config;"
                    + " see kafka-pod ready --help"));
  }

  @Test
  void twoVariablesCannotBothNameTheBroker() {
    Map<String, String> both =
        Map.of("KAFKA_POD_JMX_URL", JMX_URL.replace("--jmx-url=", ""), "KAFKA_POD_PID", "1");

    assertThat(Outcome.of(both, "live"))
        .isEqualTo(
            refusal(
                "kafka-pod live: KAFKA_POD_JMX_URL and KAFKA_POD_PID both name the broker, and only one of them can;"
                    + " leave one out; see kafka-pod live --help"));
  }

  @Test
  void noVariableAsksForHelp() {
    assertThat(
            Outcome.of(
                Map.of("KAFKA_POD_HELP", "true", "KAFKA_POD_VERSION", "true"),
                "ready",
                JMX_URL,
                BOOTSTRAP_SERVER,
                "--gate=none"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '--gate': there is no preset 'none';"
                    + " choose from startup, balanced, strict; see kafka-pod ready --help"));
  }

  @Test
  void noMessageNamesAnOptionThatWasNotGiven() {
    assertThat(
            Outcome.of(Map.of("KAFKA_POD_TEMPLATE", "brokr", "KAFKA_POD_TEMPLATES", "/x"), "render")
                .err()
                .get(0))
        .startsWith("kafka-pod render: KAFKA_POD_TEMPLATE: there is no template 'brokr' in /x")
        .contains("or correct KAFKA_POD_TEMPLATES;");
    assertThat(
            Outcome.of(
                    Map.of("KAFKA_POD_TEMPLATE", "broker"),
                    "render",
                    "--template=brokr",
                    "--templates=/x")
                .err()
                .get(0))
        .startsWith("kafka-pod render: --template: there is no template 'brokr' in /x")
        .contains("or correct --templates;");
  }
}

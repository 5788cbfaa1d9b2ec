package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.BOOTSTRAP_SERVER;
import static dev.kafkapod.cli.Outcome.JMX_URL;
import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.report.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bad input on the command line: one line that helps, exit code 2, and nobody is asked anything.
 */
class UsageTest {

  @Test
  void refusesToRunWithoutACommand() {
    assertThat(Outcome.of())
        .isEqualTo(
            refusal(
                "kafka-pod: a command is needed; choose from "
                    + String.join(", ", HelpTest.names())
                    + "; see kafka-pod --help"));
  }

  @Test
  void suggestsTheCommandThatWasProbablyMeant() {
    assertThat(Outcome.of("redy"))
        .isEqualTo(
            refusal(
                "kafka-pod: Unmatched argument at index 0: 'redy'; did you mean ready?;"
                    + " see kafka-pod --help"));
  }

  @Test
  void refusesACommandThatIsLikeNoOther() {
    assertThat(Outcome.of("xyzzy"))
        .isEqualTo(
            refusal("kafka-pod: Unmatched argument at index 0: 'xyzzy'; see kafka-pod --help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "live", "started", "status", "can-stop"})
  void suggestsTheOptionThatWasProbablyMeant(String command) {
    assertThat(Outcome.of(command, "--tiemout=5s"))
        .isEqualTo(
            refusal(
                "kafka-pod %1$s: Unknown option: '--tiemout=5s'; did you mean --timeout?; see kafka-pod %1$s --help"
                    .formatted(command)));
  }

  @Test
  void refusesArgumentsThatAreNotOptions() {
    assertThat(Outcome.of("live", JMX_URL, "now"))
        .isEqualTo(
            refusal(
                "kafka-pod live: Unmatched argument at index 2: 'now'; see kafka-pod live --help"));
  }

  @Test
  void doesNotShowWhatMayBeAnUnknownOptionsValue() {
    assertThat(Outcome.of("ready", "--pasword", "s3cret"))
        .isEqualTo(
            refusal("kafka-pod ready: Unknown option: '--pasword'; see kafka-pod ready --help"));
    assertThat(Outcome.of("ready", "--pasword", "s3cret", "--tokn", "s3cret"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Unknown options: '--pasword', '--tokn'; see kafka-pod ready --help"));
    assertThat(Outcome.of("ready", "s3cret", "--pasword"))
        .isEqualTo(
            refusal("kafka-pod ready: Unknown option: '--pasword'; see kafka-pod ready --help"));
  }

  @Test
  void refusesAnOptionWithoutItsValue() {
    assertThat(Outcome.of("live", "--timeout"))
        .isEqualTo(
            refusal(
                "kafka-pod live: Missing required parameter for option '--timeout' (TIME);"
                    + " see kafka-pod live --help"));
  }

  @Test
  void doesNotTakeAnOptionForAnothersValue() {
    assertThat(Outcome.of("live", "--jmx-url", "--timeout=8s"))
        .isEqualTo(
            refusal(
                "kafka-pod live: Expected parameter for option '--jmx-url' but found '--timeout=8s';"
                    + " see kafka-pod live --help"));
  }

  @Test
  void refusesAnOptionThatIsGivenTwice() {
    assertThat(Outcome.of("live", "--timeout=1s", "--timeout=2s"))
        .isEqualTo(
            refusal(
                "kafka-pod live: option '--timeout' (TIME) should be specified only once;"
                    + " see kafka-pod live --help"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "0s", "-1", "-1s", "abc", "", "8", "8 s", "1.5s", "25h", "999999999h"})
  void refusesATimeoutThatIsNoTime(String timeout) {
    assertThat(Outcome.of("live", JMX_URL, "--timeout", timeout))
        .isEqualTo(
            refusal(
                "kafka-pod live: Invalid value for option '--timeout':"
                    + " must be a time longer than 0 and up to 24h with its unit (ms, s, m or h),"
                    + " got '"
                    + timeout
                    + "'; write for example 8s; see kafka-pod live --help"));
  }

  @Test
  void refusesAnUnknownOutputFormat() {
    assertThat(Outcome.of("live", JMX_URL, "--output=xml"))
        .isEqualTo(
            refusal(
                "kafka-pod live: Invalid value for option '--output':"
                    + " must be text or json, got 'xml'; see kafka-pod live --help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ready", "status"})
  void needsSomebodyToAskAboutTheCluster(String command) {
    assertThat(Outcome.of(command, JMX_URL))
        .isEqualTo(
            refusal(
                "kafka-pod %1$s: --bootstrap-server is needed to ask the cluster, because no local broker's configuration file was found; write for example --bootstrap-server 127.0.0.1:9092, or name the file with --server-config; see kafka-pod %1$s --help"
                    .formatted(command)));
  }

  @Test
  void refusesToAskBrokersAndControllers() {
    assertThat(Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--bootstrap-controller=127.0.0.1:1"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: --bootstrap-server and --bootstrap-controller both set the addresses to ask,"
                    + " and only one of them can; leave one out; see kafka-pod ready --help"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:",
        ":9092",
        "localhost:0",
        "localhost:65536",
        "localhost:99999",
        "localhost:kafka",
        "local host:9092",
        "PLAINTEXT://localhost:9092",
        "::1:9092",
        ""
      })
  void refusesABootstrapServerThatIsNoHostAndPort(String address) {
    assertThat(Outcome.of("ready", JMX_URL, "--bootstrap-server", address))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '--bootstrap-server' (HOST:PORT):"
                    + " must be host:port with a port from 1 to 65535, got '"
                    + address
                    + "'; write for example 127.0.0.1:9092; see kafka-pod ready --help"));
  }

  @Test
  void refusesAListOfBootstrapServersForTheOneThatIsWrong() {
    assertThat(Outcome.of("ready", JMX_URL, "--bootstrap-server=a:9092,b"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '--bootstrap-server' (HOST:PORT):"
                    + " must be host:port with a port from 1 to 65535, got 'b';"
                    + " write for example 127.0.0.1:9092; see kafka-pod ready --help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--bootstrap-controller", "--listener"})
  void refusesAnyOtherAddressThatIsNoHostAndPort(String option) {
    String label = option.equals("--listener") ? "" : " (HOST:PORT)";

    assertThat(Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, option, "a:0"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '"
                    + option
                    + "'"
                    + label
                    + ": must be host:port with a port from 1 to 65535, got 'a:0';"
                    + " write for example 127.0.0.1:9092; see kafka-pod ready --help"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:9999",
        "service:jmx:foo://127.0.0.1:1/jmxrmi",
        "service:jmx:rmi:///jndi/foo",
        "service:jmx:rmi:///jndi/ldap://127.0.0.1/x"
      })
  void refusesAJmxUrlThatCanNotBeConnectedTo(String url) {
    assertThat(Outcome.of("live", "--jmx-url=" + url))
        .isEqualTo(
            refusal(
                "kafka-pod live: Invalid value for option '--jmx-url': must be a JMX service URL of"
                    + " the form service:jmx:rmi:///jndi/rmi://HOST:PORT/jmxrmi, got '%s';"
                        .formatted(url)
                    + " see kafka-pod live --help"));
  }

  @Test
  void refusesTwoWaysToNameTheBroker() {
    assertThat(Outcome.of("live", JMX_URL, "--pid=1"))
        .isEqualTo(
            refusal(
                "kafka-pod live: --jmx-url and --pid both name the broker, and only one of them can;"
                    + " leave one out; see kafka-pod live --help"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at-min-irs=off | there is no condition 'at-min-irs' (did you mean at-min-isr?); choose from",
        "at_min_isr=off | there is no condition 'at_min_isr' (did you mean at-min-isr?); choose from",
        "disk=off       | there is no condition 'disk'; choose from",
        "=off           | there is no condition ''; choose from"
      })
  void suggestsTheConditionThatWasProbablyMeant(String value, String problem) {
    assertThat(Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--when", value))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '--when' (CONDITION=GATE): "
                    + problem
                    + " "
                    + String.join(", ", Condition.optionNames())
                    + "; see kafka-pod ready --help"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "offline=alway | there is no gate 'alway' (did you mean always?); choose from",
        "offline=never | there is no gate 'never'; choose from",
        "offline=      | there is no gate ''; choose from"
      })
  void suggestsTheGateThatWasProbablyMeant(String value, String problem) {
    assertThat(Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--when", value))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '--when' (CONDITION=GATE): "
                    + problem
                    + " always, startup, off; see kafka-pod ready --help"));
  }

  @Test
  void refusesAConditionWithoutAGate() {
    assertThat(Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--when=offline"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Value for option option '--when' (CONDITION=GATE) should be in"
                    + " KEY=VALUE[,KEY=VALUE]... format but was offline; see kafka-pod ready --help"));
  }

  @Test
  void suggestsThePresetThatWasProbablyMeant() {
    assertThat(Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--gate=ballanced"))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '--gate':"
                    + " there is no preset 'ballanced' (did you mean balanced?);"
                    + " choose from startup, balanced, strict; see kafka-pod ready --help"));
  }

  @ParameterizedTest
  @CsvSource({
    "offline, -1",
    "under-min-isr, 1.5",
    "at-min-isr, many",
    "out-of-sync, 10%",
    "under-replicated, 9999999999"
  })
  void refusesAThresholdThatIsNoCount(String condition, String threshold) {
    assertThat(Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--max-" + condition, threshold))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '--max-"
                    + condition
                    + "': must be a number of partitions, a whole number from 0, got '"
                    + threshold
                    + "'; see kafka-pod ready --help"));
  }

  @ParameterizedTest
  @EnumSource
  void hasAThresholdOnlyForAConditionThatCountsPartitions(Condition it) {
    String condition = it.optionName();
    Outcome outcome = Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--max-" + condition + "=1");
    if (it.countsPartitions()) {
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
      return;
    }

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("kafka-pod ready: Unknown option: '--max-" + condition + "=1'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "test-(  | Unclosed group near character 7",
        "*       | Dangling meta character '*' near character 1",
        "a{2     | Unclosed counted closure near character 4"
      })
  void refusesARegularExpressionThatDoesNotCompile(String regex, String problem) {
    assertThat(Outcome.of("ready", JMX_URL, BOOTSTRAP_SERVER, "--exclude-topics", regex))
        .isEqualTo(
            refusal(
                "kafka-pod ready: Invalid value for option '--exclude-topics':"
                    + " must be a regular expression, got '"
                    + regex
                    + "' ("
                    + problem
                    + "); write for example 'test-.*'; see kafka-pod ready --help"));
  }
}

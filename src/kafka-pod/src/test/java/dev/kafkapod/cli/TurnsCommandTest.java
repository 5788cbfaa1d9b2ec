package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.BOOTSTRAP_SERVER;
import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.report.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kafka-pod turns} takes, and what it says where nobody answers. */
class TurnsCommandTest {

  private static final String SOON = "--timeout=700ms";

  private static Outcome turns(String... args) {
    return Outcome.of(Stream.concat(Stream.of("turns"), Stream.of(args)).toArray(String[]::new));
  }

  private static Outcome release(String... args) {
    List<String> all = new ArrayList<>(List.of("release", BOOTSTRAP_SERVER, SOON));
    all.addAll(List.of(args));
    return turns(all.toArray(String[]::new));
  }

  private static Outcome tearDown(String... args) {
    List<String> all = new ArrayList<>(List.of("tear-down", BOOTSTRAP_SERVER, SOON));
    all.addAll(List.of(args));
    return turns(all.toArray(String[]::new));
  }

  private static void isUnknown(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .singleElement()
        .asString()
        .startsWith("cannot tell: ")
        .contains("127.0.0.1:1");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
  }

  @Test
  void cannotTellWhereNobodyAnswers() {
    isUnknown(turns(BOOTSTRAP_SERVER, SOON));
    isUnknown(turns("list", BOOTSTRAP_SERVER, SOON, "--history"));
    isUnknown(release("--broker=1", "--reason=INC-4711"));
    isUnknown(tearDown("--cluster-id=x", "--reason=INC-4711"));
    isUnknown(tearDown("--end"));
  }

  @Test
  void cannotTellInJsonEither() throws IOException {
    Outcome outcome = turns(BOOTSTRAP_SERVER, SOON, "--output=json", "--turns-topic=stops");
    JsonNode json = new ObjectMapper().readTree(String.join("\n", outcome.out()));

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(json.get("exitCode").asInt()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(json.get("topic").asText()).isEqualTo("stops");
    assertThat(json.get("problem").asText()).contains("127.0.0.1:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--reason=x|Missing required option: '--broker=ID'",
        "--broker=1|Missing required option: '--reason=TEXT'",
        "--broker=-1|Invalid value for option '--broker': must be a node id, a whole number from 0 to 2147483647, got '-1'",
        "--broker=kafka-1|Invalid value for option '--broker': must be a node id, a whole number from 0 to 2147483647, got 'kafka-1'",
        "--reason=|Invalid value for option '--reason': must have words in it, got ''",
        "--by=a\u0007b|Invalid value for option '--by': must hold no control characters, got 'a?b'"
      })
  void releaseRefusesWhatItCannotUse(String option, String problem) {
    assertThat(release(option))
        .isEqualTo(
            refusal(
                "kafka-pod turns release: %s; see kafka-pod turns release --help"
                    .formatted(problem)));
  }

  @Test
  void releaseRefusesAReasonThatIsTooLong() {
    assertThat(release("--broker=1", "--reason=" + "x".repeat(301)).err().get(0))
        .contains("must be at most 300 characters, got 301");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--for=1h|--cluster-id and --reason are needed; write for example --cluster-id=MkU3OEVBNTcwNTJENDM2Qk --reason=\"INC-4711 moving to another site\"",
        "--reason=x|--cluster-id is needed; write for example --cluster-id=MkU3OEVBNTcwNTJENDM2Qk --reason=\"INC-4711 moving to another site\"",
        "--cluster-id=x|--reason is needed; write for example --cluster-id=MkU3OEVBNTcwNTJENDM2Qk --reason=\"INC-4711 moving to another site\"",
        "--for=5h|Invalid value for option '--for': must be a time longer than 0 and up to 4h with its unit (ms, s, m or h), got '5h'; write for example 1h",
        "--for=0|Invalid value for option '--for': must be a time longer than 0 and up to 4h with its unit (ms, s, m or h), got '0'; write for example 1h",
        "--wait=2h|Invalid value for option '--wait': must be a time longer than 0 and up to 1h with its unit (ms, s, m or h), got '2h'; write for example 30s, or 0"
      })
  void tearDownRefusesWhatItCannotUse(String option, String problem) {
    assertThat(tearDown(option))
        .isEqualTo(
            refusal(
                "kafka-pod turns tear-down: %s; see kafka-pod turns tear-down --help"
                    .formatted(problem)));
  }

  @Test
  void tearDownRefusesToWaitForLongerThanItHolds() {
    assertThat(tearDown("--cluster-id=x", "--reason=x", "--for=20s").err().get(0))
        .contains(
            "--wait must be shorter than --for, or it is over before the first node stops; got 30s and 20s");
  }

  @Test
  void theEndOfATearDownHasNoTime() {
    assertThat(tearDown("--end", "--wait=0", "--for=1h").err().get(0))
        .contains("--for and --wait say nothing together with --end; leave them out");
  }

  /** Neither does anybody release or tear down by what a pod's environment has. */
  @Test
  void noVariableSaysIt() {
    Map<String, String> environment =
        Map.of(
            "KAFKA_POD_CLUSTER_ID", "x",
            "CLUSTER_ID", "x",
            "KAFKA_POD_REASON", "x",
            "KAFKA_POD_BROKER", "1",
            "KAFKA_POD_END", "true");

    assertThat(Outcome.of(environment, "turns", "tear-down", BOOTSTRAP_SERVER).err().get(0))
        .contains("--cluster-id and --reason are needed");
    assertThat(Outcome.of(environment, "turns", "release", BOOTSTRAP_SERVER).err().get(0))
        .contains("Missing required options: '--broker=ID', '--reason=TEXT'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "release", "tear-down"})
  void optionsBeforeTheSubcommandAreRefused(String subcommand) {
    List<String> needed =
        switch (subcommand) {
          case "release" -> List.of("--broker=1", "--reason=x");
          case "tear-down" -> List.of("--cluster-id=x", "--reason=x");
          default -> List.of();
        };
    List<String> all = new ArrayList<>(List.of(BOOTSTRAP_SERVER, subcommand));
    all.addAll(needed);

    Outcome outcome = turns(all.toArray(String[]::new));

    assertThat(outcome)
        .isEqualTo(
            refusal(
                "kafka-pod turns %1$s: --bootstrap-server must stand behind '%1$s'; write for example kafka-pod turns %1$s --bootstrap-server=…; see kafka-pod turns %1$s --help"
                    .formatted(subcommand)));
  }

  @Test
  void namesTheBrokersThatAControllerNeeds() {
    assertThat(turns("--bootstrap-controller=127.0.0.1:1", SOON))
        .isEqualTo(
            refusal(
                "kafka-pod turns: brokers keep the turns, and only controllers are known here; name brokers with --turns-bootstrap-server; see kafka-pod turns --help"));
    isUnknown(
        turns("--bootstrap-controller=127.0.0.1:2", "--turns-bootstrap-server=127.0.0.1:1", SOON));
  }

  @Test
  void refusesATopicThatKafkaWouldRefuse() {
    assertThat(turns(BOOTSTRAP_SERVER, "--turns-topic=a b").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void helpsWithAnUnknownSubcommand() {
    assertThat(turns("relase").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}

package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.BOOTSTRAP_SERVER;
import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kafkapod.report.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kafka-pod placement} takes, and what it says where nobody answers. */
class PlacementCommandTest {

  private static final String SOON = "--timeout=700ms";

  @TempDir private Path directory;

  private static Outcome placement(String command, String... args) {
    List<String> all = new ArrayList<>(List.of("placement", command, BOOTSTRAP_SERVER, SOON));
    all.addAll(List.of(args));
    return Outcome.of(all.toArray(String[]::new));
  }

  private static void refuses(Outcome outcome, String command, String problem) {
    assertThat(outcome)
        .isEqualTo(
            refusal(
                "kafka-pod placement %1$s: %2$s; see kafka-pod placement %1$s --help"
                    .formatted(command, problem)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "plan"})
  void cannotTellWhereNobodyAnswers(String command) throws IOException {
    Outcome text = placement(command);
    assertThat(text.err()).isEmpty();
    assertThat(text.out()).singleElement().asString().startsWith("cannot tell: ");
    assertThat(text.exitCode()).isEqualTo(ExitCode.CANNOT_TELL);

    JsonNode json =
        new ObjectMapper().readTree(String.join("\n", placement(command, "--output=json").out()));
    assertThat(json.get("question").asText()).isEqualTo("placement " + command);
    assertThat(json.get("exitCode").asInt()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(json.at("/reasons/0").asText()).contains("127.0.0.1:1");
  }

  @Test
  void isNothingWithoutACommand() {
    assertThat(Outcome.of("placement"))
        .isEqualTo(
            refusal(
                "kafka-pod placement: a command is needed; choose from check, plan; see kafka-pod placement --help"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--topics=(|Invalid value for option '--topics': must be a regular expression, got '(' (Unclosed group near character 2); write for example 'test-.*'",
        "--dimensions=zones|Invalid value for option '--dimensions': there is no dimension 'zones' (did you mean zone?); choose from zone, cluster",
        "--dimensions=zone,zone|Invalid value for option '--dimensions': must name each dimension once, got 'zone,zone'; write for example zone,cluster",
        "--dimensions=|Invalid value for option '--dimensions': there is no dimension ''; choose from zone, cluster",
      })
  void bothRefuseWhatTheyCannotUse(String option, String problem) {
    refuses(placement("check", option), "check", problem);
    refuses(placement("plan", option), "plan", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--replication-factor=0; must be a number of replicas, a whole number from 1 to 32767, got '0'",
        "--replication-factor=32768; must be a number of replicas, a whole number from 1 to 32767, got '32768'",
        "--replication-factor=x; must be a number of replicas, a whole number from 1 to 32767, got 'x'",
        "--off=1,-1; must be node ids or names of Kubernetes clusters, separated by commas, got '-1'",
        "--onto=99999999999; must be node ids or names of Kubernetes clusters, separated by commas, got '99999999999'",
        "--onto=; must be node ids or names of Kubernetes clusters, separated by commas, got ''"
      })
  void planRefusesWhatItCannotUse(String option, String problem) {
    Outcome outcome = placement("plan", option);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).singleElement().asString().contains(problem);
  }

  @Test
  void planNamesAllThatIsWrongWithItsFilesBeforeItAsksAnybody() throws IOException {
    Path exists = Files.writeString(directory.resolve("plan.json"), "precious");
    Path partitions = Files.writeString(directory.resolve("some.json"), "{}");

    Outcome outcome =
        placement(
            "plan",
            "--out=" + exists,
            "--back=" + directory.resolve("none/back.json"),
            "--partitions=" + partitions);

    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err().get(0))
        .contains("--partitions %s: names no topic and no partition".formatted(partitions))
        .contains(
            "--out %s: the file exists; name another one, or add --overwrite".formatted(exists))
        .contains("there is no directory %s/none; make it first".formatted(directory));
    assertThat(exists).hasContent("precious");
  }

  @Test
  void planWritesNothingWhereNobodyCanTell() {
    Path out = directory.resolve("plan.json");

    assertThat(placement("plan", "--out=" + out).exitCode()).isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(out).doesNotExist();
  }

  @Test
  void planWritesTwoFilesAndNotOneTwice() {
    Path out = directory.resolve("plan.json");

    refuses(
        placement("plan", "--out=" + out, "--back=" + directory.resolve("./plan.json")),
        "plan",
        "--out and --back name the same file, %s; name two".formatted(out));
  }

  @Test
  void topicsAndPartitionsSayTheSame() throws IOException {
    Path partitions = Files.writeString(directory.resolve("some.json"), "{}");

    refuses(
        placement("plan", "--topics=x", "--partitions=" + partitions),
        "plan",
        "--topics and --partitions both say what is to be placed, and only one of them can; leave one out");
  }

  /** A pod's environment mustn't say where replicas go. */
  @Test
  void noVariableSaysWhatIsPlaced() {
    Map<String, String> environment =
        Map.of(
            "KAFKA_POD_OFF", "-1",
            "KAFKA_POD_ONTO", "-1",
            "KAFKA_POD_TOPICS", "(",
            "KAFKA_POD_OUT", "/",
            "KAFKA_POD_REPLICATION_FACTOR", "0",
            "KAFKA_POD_EXPLAIN", "x");

    assertThat(Outcome.of(environment, "placement", "plan", BOOTSTRAP_SERVER, SOON).exitCode())
        .isEqualTo(ExitCode.CANNOT_TELL);
    assertThat(
            Outcome.of(Map.of("KAFKA_POD_DIMENSIONS", "x"), "placement", "check", BOOTSTRAP_SERVER)
                .err()
                .get(0))
        .contains("there is no dimension 'x'");
  }

  @Test
  void namesTheBrokersThatAreNeeded() {
    assertThat(Outcome.of("placement", "check", "--bootstrap-controller=127.0.0.1:1", SOON))
        .isEqualTo(
            refusal(
                "kafka-pod placement check: brokers know where replicas are, and only controllers are known here; name brokers with --bootstrap-server; see kafka-pod placement check --help"));
  }
}

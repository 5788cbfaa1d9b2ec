package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options and output; no controller but this one is asked, and Kafka's jars aren't there. */
class StorageCommandTest {

  @TempDir private Path directory;
  private String file;

  @BeforeEach
  void config() throws IOException {
    file = config("1@127.0.0.1:9093");
  }

  private String config(String voters) throws IOException {
    Path path = directory.resolve("server.properties");
    Files.writeString(
        path,
        """
        process.roles=controller
        node.id=1
        controller.listener.names=CONTROLLER
        listeners=CONTROLLER://127.0.0.1:9093
        controller.quorum.voters=%s
        log.dirs=%s
        """
            .formatted(voters, data()));
    return "--server-config=" + path;
  }

  private Path data() {
    return directory.resolve("data");
  }

  @Test
  void saysWhatItWouldDoAndChangesNothing() {
    assertThat(Outcome.of("storage", file, "--check", "--cluster-id=abc"))
        .isEqualTo(
            new Outcome(
                0,
                List.of(
                    "would format %s for the cluster abc: a new cluster: there are no other controllers"
                        .formatted(data())),
                List.of()));
    assertThat(data()).doesNotExist();
  }

  @Test
  void aClusterOfOneNeedsNoId() {
    assertThat(Outcome.of("storage", file, "--check").out())
        .containsExactly(
            "would format %s for the cluster with a new id: a new cluster: there are no other controllers"
                .formatted(data()));
  }

  @Test
  void takesTheClustersIdFromItsOwnVariableOrElseFromTheCommonOne() {
    assertThat(Outcome.of(Map.of("CLUSTER_ID", "common"), "storage", file, "--check").out())
        .singleElement()
        .asString()
        .contains(" for the cluster common: ");
    assertThat(
            Outcome.of(
                    Map.of("CLUSTER_ID", "common", "KAFKA_POD_CLUSTER_ID", "own"),
                    "storage",
                    file,
                    "--check")
                .out())
        .singleElement()
        .asString()
        .contains(" for the cluster own: ");
  }

  @Test
  void leavesWhatIsFormattedAlone() throws IOException {
    Files.createDirectories(data());
    Files.writeString(data().resolve("meta.properties"), "version=1\nnode.id=1\ncluster.id=abc\n");

    assertThat(Outcome.of("storage", file))
        .isEqualTo(
            new Outcome(0, List.of("nothing to format: every directory is formatted"), List.of()));
    assertThat(Outcome.of("storage", file, "--cluster-id=xyz"))
        .isEqualTo(
            new Outcome(
                1,
                List.of(),
                List.of(
                    "must not be formatted: %s: belongs to the cluster abc, but controller 1 is meant for xyz; mount the right volume, or correct KAFKA_POD_CLUSTER_ID"
                        .formatted(data()))));
  }

  @Test
  void stopsWhereTheClusterIsSaidToLive() {
    Outcome outcome = Outcome.of("storage", file, "--bootstrap=false", "--cluster-id=abc");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith(
            "must not be formatted: " + data() + " is empty, and KAFKA_POD_BOOTSTRAP=false");
  }

  @Test
  void canNotTellWhatItCanNotRead() throws IOException {
    Files.writeString(data(), "");

    assertThat(Outcome.of("storage", file, "--cluster-id=abc"))
        .isEqualTo(
            new Outcome(
                3,
                List.of(),
                List.of(
                    "cannot tell: %s: can't be read (it is no directory); let this process's user read and write it, or take it out of log.dirs"
                        .formatted(data()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--check", "--bootstrap=true"})
  void aDiskBehindALinkThatLeadsNowhereIsAMistake(String option) throws IOException {
    Path nowhere = directory.resolve("nowhere");
    Files.createSymbolicLink(data(), nowhere);

    assertThat(Outcome.of("storage", file, "--cluster-id=abc", option))
        .isEqualTo(
            refusal(
                "kafka-pod storage: %s: it is a link that leads nowhere (to %s), and Kafka can't start with it; mount or make what it leads to, or correct log.dirs; see kafka-pod storage --help"
                    .formatted(data(), nowhere)));
  }

  @Test
  void needsAClusterIdWhereThereAreOthers() throws IOException {
    assertThat(Outcome.of("storage", config("1@127.0.0.1:9093,2@127.0.0.1:1"), "--timeout=1ms"))
        .isEqualTo(
            refusal(
                "kafka-pod storage: --cluster-id is needed to format %s, the same one on every node; make one with kafka-storage.sh random-uuid, and set it as KAFKA_POD_CLUSTER_ID or CLUSTER_ID; see kafka-pod storage --help"
                    .formatted(data())));
  }

  @Test
  void saysWhatItLacksToFormat() {
    assertThat(Outcome.of("storage", file, "--cluster-id=abc"))
        .isEqualTo(
            refusal(
                "kafka-pod storage: formatting needs Kafka's own classes, but there are no jars in $KAFKA_HOME/libs; set KAFKA_HOME to where Kafka is (/opt/kafka by default); see kafka-pod storage --help"));
    assertThat(data()).doesNotExist();
  }

  @Test
  void needsTheConfiguration() {
    assertThat(Outcome.of("storage"))
        .isEqualTo(
            refusal(
                "kafka-pod storage: --server-config is needed, the complete configuration of the node; write for example --server-config /run/kafka-pod/config/server.properties; see kafka-pod storage --help"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "", "TRUE"})
  void refusesABootstrapThatIsNeitherTrueNorFalse(String value) {
    assertThat(Outcome.of("storage", file, "--bootstrap", value))
        .isEqualTo(
            refusal(
                "kafka-pod storage: Invalid value for option '--bootstrap': must be true or false, got '%s'; see kafka-pod storage --help"
                    .formatted(value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "", "é", "../x"})
  void refusesAClusterIdThatIsNoWord(String value) {
    assertThat(Outcome.of("storage", file, "--cluster-id", value))
        .isEqualTo(
            refusal(
                "kafka-pod storage: Invalid value for option '--cluster-id': must be one word of letters, digits, - and _, got '%s'; make one with kafka-storage.sh random-uuid; see kafka-pod storage --help"
                    .formatted(value)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kafka-0:9093", "0@kafka-0", "a@b:1", "1@b:1:short"})
  void refusesInitialControllersThatAreNone(String value) {
    assertThat(Outcome.of("storage", file, "--initial-controllers", value))
        .isEqualTo(
            refusal(
                "kafka-pod storage: Invalid value for option '--initial-controllers' (ID@HOST:PORT): must be ID@HOST:PORT, perhaps with :DIRECTORY-ID, got '%s'; write for example 0@kafka-0.kafka:9093; see kafka-pod storage --help"
                    .formatted(value)));
  }
}

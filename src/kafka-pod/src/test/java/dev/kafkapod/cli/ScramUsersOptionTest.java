package dev.kafkapod.cli;

import static dev.kafkapod.cli.Outcome.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users for a new cluster, and what is said where none begins. */
class ScramUsersOptionTest {

  @TempDir private Path directory;
  private Path users;

  @BeforeEach
  void mountedSecret() throws IOException {
    // as Kubernetes mounts one
    Path version = Files.createDirectories(directory.resolve("secret/..2026_11_27"));
    Files.writeString(version.resolve("users"), "alice=hunter2\nbob=hunter3\n");
    Files.createSymbolicLink(directory.resolve("secret/..data"), version.getFileName());
    users = Files.createSymbolicLink(directory.resolve("secret/users"), Path.of("..data", "users"));
  }

  private Outcome storage(String roles, String... more) throws IOException {
    Path config = directory.resolve("server.properties");
    Files.writeString(
        config,
        """
        process.roles=%s
        node.id=1
        controller.listener.names=CONTROLLER
        listeners=%sCONTROLLER://127.0.0.1:9093
        controller.quorum.voters=1@127.0.0.1:9093
        log.dirs=%s
        """
                .formatted(
                    roles,
                    roles.contains("broker") ? "INTERNAL://127.0.0.1:9092," : "",
                    directory.resolve("data"))
            + String.join("\n", more));
    return Outcome.of(
        Map.of("KAFKA_POD_SCRAM_USERS_FILE", users.toString()),
        "storage",
        "--check",
        "--cluster-id=abc",
        "--timeout=1ms",
        "--server-config=" + config);
  }

  private void formatted() throws IOException {
    Path data = Files.createDirectories(directory.resolve("data"));
    Files.writeString(data.resolve("meta.properties"), "version=1\nnode.id=1\ncluster.id=abc\n");
  }

  @Test
  void areNamedWhereANewClusterBeginsWithThem() throws IOException {
    assertThat(storage("controller"))
        .isEqualTo(
            new Outcome(
                0,
                List.of(
                    "would format %s for the cluster abc, with the SCRAM users alice, bob: a new cluster: there are no other controllers"
                        .formatted(directory.resolve("data"))),
                List.of()));
  }

  @Test
  void keepANewClusterFromBeginningIfAnythingIsWrongWithThem() throws IOException {
    Files.writeString(users, "alice\nbob=\n");

    assertThat(storage("controller"))
        .isEqualTo(
            refusal(
                "kafka-pod storage: KAFKA_POD_SCRAM_USERS_FILE: %s: line 1: has no '='; write NAME=PASSWORD, or as kafka-storage.sh --add-scram takes it; line 2: the password must not be empty; write it behind the '='; see kafka-pod storage --help"
                    .formatted(users)));
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void mustBeInAFileThatCanBeRead() throws Exception {
    Files.delete(users);
    assertThat(storage("controller").err())
        .singleElement()
        .asString()
        .contains(
            "KAFKA_POD_SCRAM_USERS_FILE: there is no file " + users + "; mount the secret there");

    Files.createDirectory(users);
    assertThat(storage("controller").err())
        .singleElement()
        .asString()
        .contains(users + " must be a regular file, and is a directory");

    Files.delete(users);
    assertThat(new ProcessBuilder("mkfifo", users.toString()).start().waitFor()).isZero();
    assertThat(storage("controller").err())
        .singleElement()
        .asString()
        .contains(users + " must be a regular file, and is a pipe or a device");

    Files.delete(users);
    Files.write(users, "alice=p\u00e4ss".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(storage("controller").err())
        .singleElement()
        .asString()
        .contains(users + " must be UTF-8, and isn't")
        .doesNotContain("alice");

    Files.write(users, new byte[(1 << 20) + 1]);
    assertThat(storage("controller").err())
        .singleElement()
        .asString()
        .contains(users + " must be 1 MB at most, and is longer");
  }

  @Test
  void mustHaveTheUserByWhichBrokersLogInToEachOther() throws IOException {
    String[] scram = {
      "inter.broker.listener.name=INTERNAL",
      "listener.security.protocol.map=INTERNAL:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
      "sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512",
      "listener.name.internal.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=\"alice\" password=\"an0ther\";"
    };

    Outcome outcome = storage("broker,controller", scram);

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .contains(users + ": the password of 'alice' must be the one by which this node logs in")
        .doesNotContain("an0ther", "hunter2");

    Files.writeString(users, "alice=an0ther\n");
    assertThat(storage("broker,controller", scram))
        .satisfies(it -> assertThat(it.exitCode()).isZero())
        .satisfies(it -> assertThat(it.err()).isEmpty());
  }

  @Test
  void areNotReadWhereTheClusterIsOlder() throws IOException {
    formatted();
    Files.writeString(users, "nobody reads this");

    Outcome outcome = storage("controller");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("note: KAFKA_POD_SCRAM_USERS_FILE is not read, because only the first")
        .contains("kafka-configs.sh --bootstrap-server", "--add-config-file FILE");
  }

  @Test
  void areNotReadOnABroker() throws IOException {
    Files.delete(users);

    Outcome outcome = storage("broker");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .containsExactly(
            "note: KAFKA_POD_SCRAM_USERS_FILE is not read on a broker, which gets the users from the controllers; set it on those");
  }
}

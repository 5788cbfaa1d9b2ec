package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.EntrypointNode;
import dev.kafkapod.testing.KafkaDistribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Empty disks of dynamic voters, of older Kafka, behind TLS and passwords. */
@Tag("matrix")
@Timeout(400)
class StorageVariantsIT {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = "4.3.1")
  void dynamicVotersBeginTogetherAndOneThatLostItsDiskIsAddedAnew(String version) throws Exception {
    try (Quorums quorum = new Quorums(directory, version, 3).dynamic()) {
      List<EntrypointNode> nodes =
          Stream.of(1, 2, 3)
              .map(id -> quorum.controller(id))
              .map(node -> node.with("KAFKA_POD_INITIAL_CONTROLLERS", quorum.voters()))
              .toList();
      nodes.get(0).start();
      nodes.get(1).start();
      quorum.awaitCaughtUp(1, 2);
      // the third comes late, finds a leader, and is one of the first all the same
      nodes.get(2).with("KAFKA_POD_TIMEOUT", "20s").start();
      QuorumInfo info = quorum.awaitCaughtUp(1, 2, 3);
      assertThat(nodes.get(2).log())
          .contains("2 of 3 voters have caught up without this one")
          .doesNotContain("add-controller");

      int lost = info.leaderId() % 3 + 1;
      EntrypointNode victim = nodes.get(lost - 1);
      victim.kill().loseDisk().with("KAFKA_POD_TIMEOUT", "20s").start();
      victim.awaitLine("It gets a vote only by these commands");
      String add = victim.awaitLine(" add-controller");
      String remove = victim.awaitLine(" remove-controller --controller-id " + lost);
      quorum.awaitQuorum(
          "controller %d to follow without a vote".formatted(lost),
          it ->
              it.observers().stream().anyMatch(o -> o.replicaId() == lost && o.logEndOffset() > 1));

      run(version, remove);
      run(version, add);

      QuorumInfo after = quorum.awaitCaughtUp(1, 2, 3);
      assertThat(directoryId(after, lost)).isNotEqualTo(directoryId(info, lost));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  @Tag("variant")
  void soDoThoseOfFormerKafka(String version) throws Exception {
    dynamicVotersBeginTogetherAndOneThatLostItsDiskIsAddedAnew(version);
  }

  private static String directoryId(QuorumInfo info, int voter) {
    return info.voters().stream()
        .filter(it -> it.replicaId() == voter)
        .map(it -> it.replicaDirectoryId().toString())
        .findFirst()
        .orElseThrow();
  }

  /** Runs a command as it was printed, by the class that Kafka's script starts. */
  static void run(String version, String line) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                KafkaDistribution.of(version).classPath(),
                "org.apache.kafka.tools.MetadataQuorumCommand"));
    List<String> words = Arrays.asList(line.strip().split(" "));
    assertThat(words.get(0)).isEqualTo("kafka-metadata-quorum.sh");
    command.addAll(words.subList(1, words.size()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(line + "\n" + output).isZero();
  }

  @Test
  void theOnlyDynamicVoterOfAClusterStandsAlone() {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 1).dynamic()) {
      EntrypointNode node = quorum.controller(1).start();

      quorum.awaitCaughtUp(1);
      assertThat(node.log()).contains(": a new cluster: there are no other controllers");
    }
  }

  @Test
  void severalDynamicVotersAreNotBegunWithoutTheirNames() {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 3).dynamic()) {
      EntrypointNode node = quorum.controller(1).start();

      assertThat(node.awaitEnd()).as(node.tail()).isEqualTo(2);
      node.awaitLine(
          "--initial-controllers is needed to begin a cluster of several dynamic voters");
    }
  }

  /**
   * Nobody can make a directory there, root neither; and Kafka's tool says no more than its name.
   */
  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "3.9.2"})
  void kafkasOwnRefusalComesWithARemedy(String version) {
    try (Quorums quorum = new Quorums(directory, version, 1)) {
      EntrypointNode node = quorum.controller(1, "log.dirs=/proc/nowhere/kafka").start();

      assertThat(node.awaitEnd()).as(node.tail()).isEqualTo(2);
      assertThat(node.awaitLine("kafka-storage.sh refuses to format: "))
          .contains(
              "/proc/nowhere: ",
              "; see that the file system is mounted, isn't full, and lets this process's user make directories and files there, or correct log.dirs in ");
    }
  }

  @Test
  void controllersOfFormerKafkaTakeBackTheOneThatLosesItsDisk() {
    try (Quorums quorum = new Quorums(directory, "3.9.2", 3)) {
      takesBackTheOneThatLosesItsDisk(quorum);
      EntrypointNode broker = quorum.broker(10).start();
      broker.awaitLine(": a new broker, because the cluster doesn't know broker 10");
      broker.awaitLine("Transitioning from RECOVERY to RUNNING");
      broker.kill().loseDisk().start();
      broker.awaitLine("WARNING: broker 10 comes back with an empty disk: ");
    }
  }

  @Test
  @Tag("variant")
  void controllersBehindTlsAndPasswordsAreAskedWithTheirOwn() {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 3).secured()) {
      takesBackTheOneThatLosesItsDisk(quorum);
      EntrypointNode wrong =
          quorum
              .broker(
                  10,
                  "listener.name.controller.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username=\"admin\" password=\"wrong\";")
              .start();
      assertThat(wrong.awaitEnd()).as(wrong.tail()).isEqualTo(3);
      assertThat(wrong.awaitLine("cannot tell: "))
          .contains("authentication was refused")
          .doesNotContain("\"wrong\"");
      EntrypointNode plain =
          quorum
              .broker(11, "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT")
              .start();
      assertThat(plain.awaitEnd()).as(plain.tail()).isEqualTo(3);
      assertThat(plain.awaitLine("cannot tell: "))
          .contains(
              ": a listener with TLS, but asked by PLAINTEXT; let listener.security.protocol.map");
    }
  }

  private static void takesBackTheOneThatLosesItsDisk(Quorums quorum) {
    List<EntrypointNode> nodes =
        List.of(quorum.controller(1), quorum.controller(2), quorum.controller(3));
    nodes.forEach(EntrypointNode::start);
    int lost = quorum.awaitCaughtUp(1, 2, 3).leaderId() % 3 + 1;
    EntrypointNode victim = nodes.get(lost - 1);
    victim
        .kill()
        .loseDisk()
        .with("KAFKA_POD_BOOTSTRAP", "false")
        .with("KAFKA_POD_TIMEOUT", "20s")
        .start();
    victim.awaitLine("2 of 3 voters have caught up without this one");
    quorum.awaitCaughtUp(1, 2, 3);
  }
}

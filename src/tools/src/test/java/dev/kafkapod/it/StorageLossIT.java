package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.EntrypointNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Disks that are formatted, and yet not as Kafka left them, under real controllers and brokers. */
@Tag("matrix")
@Timeout(400)
class StorageLossIT {

  @TempDir private Path directory;

  private static Path log(EntrypointNode node) {
    return node.data().resolve("__cluster_metadata-0");
  }

  /**
   * Of three, 1 and 2 have committed something that 3 hasn't; then 2 loses its log, and 1 stops.
   */
  @ParameterizedTest
  @ValueSource(strings = "4.3.1")
  void aControllerThatLostItsLogDoesNotElectOneThatLags(String version) throws Exception {
    try (Quorums quorum = new Quorums(directory, version, 3)) {
      List<EntrypointNode> nodes =
          Stream.of(1, 2, 3).map(id -> quorum.controller(id).start()).toList();
      quorum.awaitCaughtUp(1, 2, 3);
      EntrypointNode informed = nodes.get(0);
      EntrypointNode lost = nodes.get(1).kill().lose(log(nodes.get(1)));
      lost.start();
      assertThat(lost.awaitLine("nothing to format: controller "))
          .endsWith(
              "leads, and 2 of 3 voters have caught up without this one, which gets the metadata log from them");
      lost.awaitLine("WARNING: controller 2 comes back without its metadata log, " + log(lost));
      quorum.awaitCaughtUp(1, 2, 3);

      EntrypointNode lagging = nodes.get(2).kill();
      quorum.awaitCaughtUp(1, 2);
      quorum.setBrokerDefault("log.retention.ms", "123456");
      informed.kill();
      lost.kill().lose(log(lost));
      lagging.start();
      quorum.awaitListening(3);

      // 3 if the one that lags doesn't say anything yet
      assertThat(lost.start().awaitEnd()).as(lost.tail()).isIn(1, 3);
      lost.awaitLine(
          ": %s is formatted, but its metadata log (__cluster_metadata-0) is lost, and "
              .formatted(lost.data()));
      assertThat(log(lost)).doesNotExist();

      informed.start();
      quorum.awaitCaughtUp(1, 3);
      lost.start();
      quorum.awaitCaughtUp(1, 2, 3);
      assertThat(quorum.brokerDefault("log.retention.ms")).isEqualTo("123456");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  @Tag("variant")
  void norDoesOneOfFormerKafka(String version) throws Exception {
    aControllerThatLostItsLogDoesNotElectOneThatLags(version);
  }

  @ParameterizedTest
  @ValueSource(strings = "4.3.1")
  void aDynamicVoterThatLostItsLogGetsItBackAndKeepsItsVote(String version) {
    try (Quorums quorum = new Quorums(directory, version, 3).dynamic()) {
      List<EntrypointNode> nodes =
          Stream.of(1, 2, 3)
              .map(id -> quorum.controller(id))
              .map(node -> node.with("KAFKA_POD_INITIAL_CONTROLLERS", quorum.voters()))
              .toList();
      nodes.forEach(EntrypointNode::start);
      int lost = quorum.awaitCaughtUp(1, 2, 3).leaderId() % 3 + 1;
      EntrypointNode victim = nodes.get(lost - 1);

      victim.kill().lose(log(victim)).with("KAFKA_POD_TIMEOUT", "20s").start();

      victim.awaitLine("nothing to format: controller ");
      quorum.awaitCaughtUp(1, 2, 3);
      assertThat(victim.log()).doesNotContain("add-controller");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  @Tag("variant")
  void soDoesOneOfFormerKafka(String version) {
    aDynamicVoterThatLostItsLogGetsItBackAndKeepsItsVote(version);
  }

  @Test
  void theOnlyControllerDoesNotBeginAnewWithoutItsLog() throws IOException {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 1)) {
      EntrypointNode node = quorum.controller(1).start();
      quorum.awaitCaughtUp(1);
      node.kill();
      try (Stream<Path> files = Files.list(log(node))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }

      assertThat(node.start().awaitEnd()).as(node.tail()).isEqualTo(1);
      node.awaitLine("is lost, and there are no other controllers; ");
    }
  }

  /** A power failure may leave a file with its length and without its contents. */
  @Test
  void aLogOfNothingButZerosIsLost() throws IOException {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 1)) {
      EntrypointNode node = quorum.controller(1).start();
      quorum.awaitCaughtUp(1);
      node.kill();
      Path segment = log(node).resolve("00000000000000000000.log");
      Files.write(segment, new byte[(int) Files.size(segment)]);

      assertThat(node.start().awaitEnd()).as(node.tail()).isEqualTo(1);
      node.awaitLine("is lost, and there are no other controllers; ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "4.3.1")
  void aBrokerStartsWithTheDisksThatItCanReadAndOnlyWithPartitionsOnThem(String version)
      throws IOException {
    try (Quorums quorum = new Quorums(directory, version, 1)) {
      EntrypointNode controller = quorum.controller(1).start();
      quorum.awaitCaughtUp(1);
      controller.kill();
      Files.createDirectory(controller.data().resolve("lost+found"));
      Files.createDirectory(controller.data().resolve(".snapshot"));
      controller.start();
      quorum.awaitCaughtUp(1);
      Path one = directory.resolve("one");
      Path other = directory.resolve("other");
      EntrypointNode broker = quorum.broker(10, "log.dirs=" + one + "," + other);

      Files.createDirectories(one.resolve(".snapshot"));
      assertThat(broker.start().awaitEnd()).as(broker.tail()).isEqualTo(2);
      assertThat(broker.awaitLine(".snapshot"))
          .isEqualTo(
              "kafka-pod render: %s: holds .snapshot, but a broker takes every directory in log.dirs for a partition's, and ends at what is none; set log.dirs to a sub-directory, for example %s/kafka, or move it away"
                  .formatted(one, one));
      assertThat(other).doesNotExist();

      Files.delete(one.resolve(".snapshot"));
      running(broker.start(), 1);
      Files.createDirectory(other.resolve("lost+found"));
      assertThat(broker.kill().start().awaitEnd()).as(broker.tail()).isEqualTo(2);
      broker.awaitLine("%s: holds lost+found, but".formatted(other));

      Files.delete(other.resolve("lost+found"));
      Files.delete(other.resolve("meta.properties"));
      Files.createDirectory(other.resolve("meta.properties"));
      running(broker.start(), 2);
      assertThat(broker.awaitLine("Kafka starts without it"))
          .isEqualTo(
              "kafka-pod render: warning: %s: can't be read (Is a directory); Kafka starts without it"
                  .formatted(other));

      broker.kill();
      Files.delete(other.resolve("meta.properties"));
      Files.move(other, directory.resolve("away"));
      Files.createSymbolicLink(other, directory.resolve("nowhere"));
      assertThat(broker.start().awaitEnd()).as(broker.tail()).isEqualTo(2);
      assertThat(broker.awaitLine("leads nowhere"))
          .isEqualTo(
              "kafka-pod render: %s: it is a link that leads nowhere (to %s), and Kafka can't start with it; mount or make what it leads to, or correct log.dirs"
                  .formatted(other, directory.resolve("nowhere")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  @Tag("variant")
  void soDoesABrokerOfFormerKafka(String version) throws IOException {
    aBrokerStartsWithTheDisksThatItCanReadAndOnlyWithPartitionsOnThem(version);
  }

  private static void running(EntrypointNode broker, int times) {
    Await.until(
        "the broker to run, for the %d. time".formatted(times),
        Duration.ofSeconds(90),
        () -> broker.log().split("Transitioning from RECOVERY to RUNNING", -1).length,
        parts -> parts == times + 1,
        broker::tail);
  }

  @Test
  void metadataThatLiesElsewhereIsNotBegunAnew() {
    try (Quorums quorum = new Quorums(directory, "4.3.1", 1)) {
      EntrypointNode node = quorum.controller(1).start();
      quorum.awaitCaughtUp(1);
      node.kill();
      Path other = directory.resolve("other");
      node.with("KAFKA_METADATA_LOG_DIR", other.toString());

      assertThat(node.start().awaitEnd()).as(node.tail()).isEqualTo(2);
      node.awaitLine(
          "%s: holds the metadata log (__cluster_metadata-0), which the configuration puts in %s"
              .formatted(node.data(), other));
      assertThat(other).doesNotExist();
    }
  }
}

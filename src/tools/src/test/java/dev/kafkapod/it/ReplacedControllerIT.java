package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.EntrypointNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A controller that comes back with a new disk follows and has no vote: that of its lost disk
 * counts for nobody.
 */
@Tag("matrix")
@Timeout(400)
class ReplacedControllerIT {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = "4.3.1")
  void aNewDiskHasNoVoteUntilItIsAdded(String version) throws Exception {
    try (Quorums quorum = new Quorums(directory, version, 3).dynamic()) {
      List<EntrypointNode> nodes =
          Stream.of(1, 2, 3)
              .map(id -> quorum.combined(id))
              .map(node -> node.with("KAFKA_POD_INITIAL_CONTROLLERS", quorum.voters()))
              .toList();
      nodes.forEach(EntrypointNode::start);
      QuorumInfo before = quorum.awaitCaughtUp(1, 2, 3);
      int lost = before.leaderId() % 3 + 1;
      int other = 6 - before.leaderId() - lost;
      EntrypointNode victim = nodes.get(lost - 1);
      for (int id : List.of(1, 2, 3)) {
        awaited(() -> ready(quorum, nodes, id), it -> it.exitCode() == 0);
      }
      assertThat(canStop(quorum, other).exitCode()).isZero();

      victim.kill().loseDisk().with("KAFKA_POD_TIMEOUT", "20s").start();
      String add = victim.awaitLine(" add-controller");
      String remove = victim.awaitLine(" remove-controller --controller-id " + lost);
      quorum.awaitQuorum(
          "controller %d to follow without a vote".formatted(lost),
          it ->
              it.observers().stream().anyMatch(o -> o.replicaId() == lost && o.logEndOffset() > 1));

      String noVote =
          "controller %d follows by another disk that has no vote: remove the old voter, then add the new one (kafka-metadata-quorum.sh remove-controller and add-controller)"
              .formatted(lost);
      // while the new one starts nobody can tell
      assertThat(awaited(() -> canStop(quorum, other), it -> it.exitCode() != 3).line())
          .isEqualTo(
              "cannot stop broker %d: quorum lost (2 of 3 controllers are needed, left: %d; behind: %d); %s"
                  .formatted(other, before.leaderId(), lost, noVote));
      assertThat(awaited(() -> canStop(quorum, lost), it -> it.exitCode() != 3).exitCode())
          .as("of one without a vote")
          .isZero();
      Result itself = awaited(() -> ready(quorum, nodes, lost), it -> it.line().contains("quorum"));
      assertThat(itself.exitCode()).isEqualTo(1);
      assertThat(itself.line())
          .contains(
              "quorum of leader %d knows controller %d by another disk"
                  .formatted(before.leaderId(), lost));
      Result neighbour = awaited(() -> ready(quorum, nodes, other), it -> it.exitCode() == 1);
      assertThat(neighbour.line())
          .isEqualTo(
              "not ready: at-min-quorum (2 of 3 controllers have caught up, and 2 are needed; missing: %d); %s"
                  .formatted(lost, noVote));

      StorageVariantsIT.run(version, remove);
      StorageVariantsIT.run(version, add);

      quorum.awaitCaughtUp(1, 2, 3);
      for (int id : List.of(1, 2, 3)) {
        awaited(() -> ready(quorum, nodes, id), it -> it.exitCode() == 0);
      }
      assertThat(canStop(quorum, other).exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = "3.9.2")
  @Tag("variant")
  void norHasItInFormerKafka(String version) throws Exception {
    aNewDiskHasNoVoteUntilItIsAdded(version);
  }

  private static Result canStop(Quorums quorum, int node) {
    return KafkaPodCli.packaged()
        .run("can-stop", "--bootstrap-server=" + quorum.brokers(), "--brokers=" + node);
  }

  /** With every gate in force. */
  private static Result ready(Quorums quorum, List<EntrypointNode> nodes, int id) {
    return KafkaPodCli.packaged()
        .run(
            "ready",
            "--direct",
            "--gate=strict",
            "--timeout=10s",
            "--pid=" + nodes.get(id - 1).pid(),
            "--bootstrap-server=" + quorum.brokers());
  }

  private interface Question {
    Result ask();
  }

  private static Result awaited(Question question, Predicate<Result> condition) {
    return Await.until("an answer", Duration.ofSeconds(90), question::ask, condition);
  }
}

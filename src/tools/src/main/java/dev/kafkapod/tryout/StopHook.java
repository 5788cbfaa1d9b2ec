package dev.kafkapod.tryout;

import dev.kafkapod.testing.GatedProcess;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The packaged {@code await-safe-stop}, as the preStop hook of a node's pod runs it.
 *
 * @param turns whether stops take turns
 * @param brokers where brokers keep the turns, for a node that is only a controller; empty for a
 *     broker, which knows
 * @param maxWait how long it waits
 */
public record StopHook(boolean turns, String brokers, Duration maxWait) {

  public StopHook {
    Objects.requireNonNull(brokers);
    Objects.requireNonNull(maxWait);
  }

  /**
   * The hook of a node, ready to begin. What it prints goes to a file in the node's directory.
   *
   * @param runDirectory where the node's agent leaves its verdict
   */
  public GatedProcess prepare(KafkaNode node, Path runDirectory) {
    try {
      Path output = Files.createTempFile(node.directory(), "hook-", ".log");
      return KafkaPodCli.packaged().prepare(output, command(node.pid(), runDirectory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Tells a node's agent of turns, before the node is started: it ends the turn of the process
   * before it, once it is ready.
   */
  public void tellAgent(KafkaClusterBuilder cluster, int node) {
    if (turns) {
      cluster.brokerEnvironment(node, "KAFKA_POD_TURNS", "on");
      if (!brokers.isEmpty()) {
        cluster.brokerEnvironment(node, "KAFKA_POD_TURNS_BOOTSTRAP_SERVER", brokers);
      }
    }
  }

  List<String> command(long pid, Path runDirectory) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "await-safe-stop",
                "--max-wait=" + maxWait.toSeconds() + "s",
                "--pid=" + pid,
                "--run-dir=" + runDirectory));
    if (turns) {
      command.add("--turns=on");
      if (!brokers.isEmpty()) {
        command.add("--turns-bootstrap-server=" + brokers);
      }
    }
    return command;
  }
}

package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.it.PodCommands.Outcome;
import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.ShownCommands;
import dev.kafkapod.testing.ShownCommands.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command of the runbook that runs in a pod, word for word but for paths and addresses,
 * each beside the broker of its pod. Of what kubectl does by itself, a pod's end when scaling in is
 * played, and the ConfigMap.
 */
@Tag("matrix")
class RunbookIT {

  @TempDir private Path directory;
  private KafkaCluster cluster;
  private PodCommands pods;

  @Test
  void everyCommandThatRunsInAPodDoesWhatItIsThereFor() throws Exception {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(4).controllers(3);
    for (int broker = 0; broker < 4; broker++) {
      builder.brokerConfig(broker, "broker.rack", "zone-" + "abcb".charAt(broker));
    }
    Agents agents = Agents.join(builder, 4);
    try (KafkaCluster started = builder.start()) {
      cluster = started;
      cluster.createTopic("orders", 3, 3, Map.of("min.insync.replicas", "2"));
      for (int broker = 0; broker < 4; broker++) {
        agents.awaitReady(broker);
      }
      pods = new PodCommands(directory, cluster, agents, 0);
      List<Outcome> outcomes = new ArrayList<>();
      for (Command command : ShownCommands.in(Path.of("docs/runbook.md"))) {
        outcomes.add(run(command));
      }

      assertThat(outcomes)
          .filteredOn(it -> it.command().text().contains("override show"))
          .last()
          .satisfies(it -> assertThat(it.output()).startsWith("override    none is in force"));
      assertThat(outcomes).allSatisfy(RunbookIT::worked);
      assertThat(agents.awaitReady(0)).doesNotContain("override");
    }
  }

  /** {@code show} and {@code ready} answer by exit code, and so does {@code status}. */
  private static void worked(Outcome outcome) {
    boolean question =
        outcome
            .command()
            .text()
            .matches(".*kafka-pod (status|ready|can-stop|turns release|override show).*");
    assertThat(outcome.exitCode())
        .as(outcome.toString())
        .isIn(question ? List.of(0, 1) : List.of(0));
  }

  private Outcome run(Command command) throws IOException, InterruptedException {
    if (command.pod().isPresent()) {
      return pods.run(command);
    }
    if (command.text().contains(" create configmap ")) {
      Files.copy(directory.resolve("readiness"), pods.shared());
    } else if (command.text().contains(" delete configmap ")) {
      Files.delete(pods.shared());
    } else if (command.text().endsWith(" scale statefulset kafka --replicas=3")) {
      cluster.broker(3).stop();
      cluster.awaitBrokers(0, 1, 2);
    }
    return new Outcome(command, 0, "");
  }
}

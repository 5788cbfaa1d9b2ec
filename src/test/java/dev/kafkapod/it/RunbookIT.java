package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.Runbook;
import dev.kafkapod.testing.Runbook.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

  /** Kafka's scripts are a class each. */
  private static final Map<String, String> TOOLS =
      Map.of(
          "kafka-topics.sh", "org.apache.kafka.tools.TopicCommand",
          "kafka-configs.sh", "kafka.admin.ConfigCommand",
          "kafka-metadata-quorum.sh", "org.apache.kafka.tools.MetadataQuorumCommand",
          "kafka-leader-election.sh", "org.apache.kafka.tools.LeaderElectionCommand",
          "kafka-reassign-partitions.sh",
              "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
          "kafka-cluster.sh", "org.apache.kafka.tools.ClusterTool");

  @TempDir private Path directory;
  private KafkaCluster cluster;
  private Agents agents;
  private Path shared;

  /** What a command came to. */
  private record Outcome(Command command, int exitCode, String output) {}

  @Test
  void everyCommandThatRunsInAPodDoesWhatItIsThereFor() throws Exception {
    shared = directory.resolve("shared");
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(4);
    agents = Agents.join(builder, 4);
    try (KafkaCluster started = builder.start()) {
      cluster = started;
      cluster.createTopic("orders", 3, 3, Map.of("min.insync.replicas", "2"));
      for (int broker = 0; broker < 4; broker++) {
        agents.awaitReady(broker);
      }
      tools();
      List<Outcome> outcomes = new ArrayList<>();
      for (Command command : Runbook.commands()) {
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
        outcome.command().text().matches(".*kafka-pod (status|ready|override show).*");
    assertThat(outcome.exitCode())
        .as(outcome.toString())
        .isIn(question ? List.of(0, 1) : List.of(0));
  }

  private Outcome run(Command command) throws IOException, InterruptedException {
    if (command.pod().isPresent()) {
      return exec(command);
    }
    if (command.text().contains(" create configmap ")) {
      Files.copy(directory.resolve("readiness"), shared);
    } else if (command.text().contains(" delete configmap ")) {
      Files.delete(shared);
    } else if (command.text().contains(" scale statefulset ")) {
      cluster.broker(3).stop();
      cluster.awaitBrokers(0, 1, 2);
    }
    return new Outcome(command, 0, "");
  }

  private Outcome exec(Command command) throws IOException, InterruptedException {
    int pod = command.pod().orElseThrow();
    String line =
        command
            .inPod()
            .replace(
                "/opt/kafka-pod/bin/kafka-pod",
                KafkaPodCli.packaged().launcher().toAbsolutePath().toString())
            .replace("/opt/kafka/bin/", directory + "/bin/")
            .replace("/tmp/topics.json", directory + "/topics.json")
            .replace("/tmp/plan.json", directory + "/plan.json")
            .replace("localhost:9092", cluster.broker(0).bootstrapServer());
    Path output = Files.createTempFile(directory, "output", "");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("KAFKA_POD_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("KAFKA_POD_RUN_DIR", agents.runDirectory(pod).toString());
    environment.put("KAFKA_POD_OVERRIDE_FILE", shared.toString());
    environment.put("KAFKA_POD_PID", String.valueOf(cluster.broker(pod).pid()));
    Process process = builder.start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end of " + command);
    }
    return new Outcome(
        command, process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  private void tools() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    for (Map.Entry<String, String> tool : TOOLS.entrySet()) {
      Path script = bin.resolve(tool.getKey());
      Files.writeString(
          script,
          "#!/bin/sh\nexec \"%s/bin/java\" -cp '%s' %s \"$@\"\n"
              .formatted(
                  System.getProperty("java.home"),
                  cluster.distribution().classPath(),
                  tool.getValue()));
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
  }
}

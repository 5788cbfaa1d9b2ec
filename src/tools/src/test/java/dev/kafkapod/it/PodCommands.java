package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.ShownCommands.Command;
import dev.kafkapod.testing.ShownCommands.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands that pages show for pods, word for word but for paths and addresses, each beside
 * the broker or controller of its pod.
 */
final class PodCommands {

  /** Kafka's scripts are a class each. */
  private static final Map<String, String> TOOLS =
      Map.of(
          "kafka-topics.sh", "org.apache.kafka.tools.TopicCommand",
          "kafka-configs.sh", "kafka.admin.ConfigCommand",
          "kafka-features.sh", "org.apache.kafka.tools.FeatureCommand",
          "kafka-metadata-quorum.sh", "org.apache.kafka.tools.MetadataQuorumCommand",
          "kafka-leader-election.sh", "org.apache.kafka.tools.LeaderElectionCommand",
          "kafka-reassign-partitions.sh",
              "org.apache.kafka.tools.reassign.ReassignPartitionsCommand",
          "kafka-cluster.sh", "org.apache.kafka.tools.ClusterTool");

  private final Path directory;
  private final KafkaCluster cluster;
  private final Agents agents;
  private final int firstBroker;

  /** What a command came to. */
  record Outcome(Command command, int exitCode, String output) {}

  /**
   * In a cluster that runs.
   *
   * @param directory an empty one, for what commands write
   * @param firstBroker the node id of the pod kafka-0
   */
  PodCommands(Path directory, KafkaCluster cluster, Agents agents, int firstBroker)
      throws IOException {
    this.directory = directory;
    this.cluster = cluster;
    this.agents = agents;
    this.firstBroker = firstBroker;
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

  /** Where the ConfigMap of all pods is mounted. */
  Path shared() {
    return directory.resolve("shared");
  }

  /** Runs what runs in a pod. */
  Outcome run(Command command) throws IOException, InterruptedException {
    Pod pod = command.pod().orElseThrow();
    int broker = firstBroker + pod.ordinal();
    KafkaNode node =
        pod.controller() ? cluster.controllers().get(pod.ordinal()) : cluster.broker(broker);
    Path runDirectory =
        pod.controller()
            ? Files.createDirectories(directory.resolve("controller-" + pod.ordinal()))
            : agents.runDirectory(broker);
    return run(
        command,
        command
            .inPod()
            .replace("localhost:19090", cluster.broker(firstBroker).bootstrapServer())
            .replace("9dJzdGvfTPaCY4e8klXaDQ", cluster.clusterId()),
        Map.of(
            "KAFKA_POD_RUN_DIR",
            runDirectory.toString(),
            "KAFKA_POD_PID",
            String.valueOf(node.pid())));
  }

  /** Runs a command line, and gives kafka-pod some variables. */
  Outcome run(Command command, String text, Map<String, String> variables)
      throws IOException, InterruptedException {
    String line =
        text.replace("/tmp/", directory + "/")
            .replace("/opt/kafka/bin/", directory + "/bin/")
            .replaceFirst(
                "^\\S+/kafka-pod/bin/kafka-pod",
                KafkaPodCli.packaged().launcher().toAbsolutePath().toString());
    Path output = Files.createTempFile(directory, "output", "");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", line)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(variable -> variable.startsWith("KAFKA_POD_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("KAFKA_POD_OVERRIDE_FILE", shared().toString());
    environment.putAll(variables);
    Process process = builder.start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end of " + command);
    }
    return new Outcome(
        command, process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }
}

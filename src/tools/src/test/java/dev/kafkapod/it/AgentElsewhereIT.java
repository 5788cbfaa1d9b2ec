package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaDistribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in JVMs that it isn't meant for, or without what it needs. */
class AgentElsewhereIT {

  @TempDir private Path directory;

  private record Run(int exitCode, String output) {}

  @Test
  void doesNothingInAToolThatInheritedTheBrokersOptions() throws Exception {
    Path runDirectory = Files.createDirectory(directory.resolve("run"));

    Run run = java(Agents.jar(), runDirectory, "org.apache.kafka.tools.TopicCommand", "--version");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).doesNotContain("kafka-pod");
    assertThat(runDirectory).isEmptyDirectory();
  }

  @Test
  void aBrokerThatOnlyTellsItsVersionDoesSo() throws Exception {
    Run run = java(Agents.jar(), directory, "kafka.Kafka", "--version");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("4.3.1");
  }

  @Test
  void aBrokerWhoseAgentIsIncompleteGoesOnWithoutIt() throws Exception {
    Path lonely = Files.copy(Agents.jar(), directory.resolve("kafka-pod-agent.jar"));

    Run run = java(lonely, directory, "kafka.Kafka", "--version");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("4.3.1")
        .contains(
            "kafka-pod agent: can't start, so probes ask by themselves; the broker isn't affected: ");
  }

  private static Run java(Path agent, Path runDirectory, String... command)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-javaagent:" + agent,
                "-cp",
                KafkaDistribution.of(System.getProperty("kafkapod.kafka.version", "4.3.1"))
                    .classPath()));
    words.addAll(List.of(command));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().put("KAFKA_POD_RUN_DIR", runDirectory.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }
}

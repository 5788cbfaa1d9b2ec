package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.it.PodCommands.Outcome;
import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.ShownCommands;
import dev.kafkapod.testing.ShownCommands.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the guide says, in its order, on six brokers: 0 to 2 are those on virtual machines, 3
 * to 5 those in pods, and in the end only they are left. What kubectl does by itself isn't done.
 */
@Tag("matrix")
class GuideIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private KafkaCluster cluster;
  private Stopping stopping;
  private PodCommands pods;

  @Test
  void movesAClusterFromMachinesToPods() throws Exception {
    KafkaClusterBuilder builder = KafkaCluster.kraft().brokers(6).controllers(3);
    for (int broker = 0; broker < 6; broker++) {
      builder.brokerConfig(
          broker, "broker.rack", "zone-" + "abc".charAt(broker % 3) + (broker < 3 ? "/a" : "/b"));
    }
    Agents agents = Agents.join(builder, 6);
    try (KafkaCluster started = builder.start()) {
      cluster = started;
      stopping = new Stopping(cluster);
      pods = new PodCommands(directory, cluster, agents, 3);
      List<Outcome> outcomes = new ArrayList<>();
      for (Command command : ShownCommands.in(Path.of("docs/guide.md"))) {
        outcomes.add(run(command));
      }

      assertThat(outcomes)
          .allSatisfy(
              it ->
                  assertThat(it.exitCode())
                      .as(it.toString())
                      .isIn(isAboutAStretch(it.command()) ? List.of(0, 1) : List.of(0)));
      assertThat(where("orders")).containsExactly(3, 4, 5);
      assertThat(outcomes)
          .filteredOn(it -> it.command().text().contains("--brokers 0,1,2"))
          .singleElement()
          .satisfies(
              it ->
                  assertThat(it.output())
                      .startsWith(
                          "can stop brokers 0, 1, 2: nothing breaks (partitions there: 0)"));
      assertThat(stopping.canStop("--all").out())
          .startsWith("can stop each of these alone: broker 3, broker 4, broker 5\n");
    }
  }

  private Outcome run(Command command) throws IOException, InterruptedException {
    if (command.pod().isEmpty()) {
      return command.text().startsWith("target/")
          ? pods.run(
              command,
              command.text().replace("kafka-vm-0.example.com:9092", cluster.bootstrapServers()),
              Map.of())
          : new Outcome(command, 0, "");
    }
    if (command.text().contains("--verify")) {
      return completed(command);
    }
    // the latch, the reassignment's end: what an answer waits for
    Outcome outcome =
        command.inPod().matches("\\S+/kafka-pod .*") && !isAboutAStretch(command)
            ? settled(command)
            : pods.run(command);
    if (command.text().contains("--brokers 0,1,2")) {
      for (int broker = 0; broker < 3; broker++) {
        cluster.broker(broker).stop();
      }
      cluster.awaitBrokers(3, 4, 5);
    }
    return outcome;
  }

  /** With three replicas, as here, a Kubernetes cluster can't be spared; with six it can. */
  private static boolean isAboutAStretch(Command command) {
    return command.text().contains("--cluster b");
  }

  private Outcome settled(Command command) {
    return Await.until("a yes", LIMIT, () -> pods.run(command), it -> it.exitCode() == 0);
  }

  private Outcome completed(Command command) {
    return Await.until(
        "the reassignment's end",
        LIMIT,
        () -> pods.run(command),
        it -> it.exitCode() == 0 && !it.output().contains("still in progress"));
  }

  private Set<Integer> where(String topic) {
    Set<Integer> brokers = new TreeSet<>();
    stopping
        .partitions()
        .forEach(
            (name, seen) -> {
              if (name.startsWith(topic + "-")) {
                brokers.addAll(seen.replicas());
              }
            });
    return brokers;
  }
}

package dev.kafkapod.bench;

import dev.kafkapod.testing.KafkaCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What people do today: {@code kafka-topics.sh --describe} for each condition, a JVM each.
 *
 * <p>It is called as {@code kafka-run-class.sh} calls it, with the same JVM flags, but without the
 * time that shell script takes, and without a log configuration.
 */
final class KafkaTopics {

  private static final List<String> CONDITIONS =
      List.of(
          "--under-replicated-partitions",
          "--unavailable-partitions",
          "--under-min-isr-partitions",
          "--at-min-isr-partitions");

  private static final List<String> FLAGS =
      List.of(
          "-Xmx256M",
          "-server",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent",
          "-Djava.awt.headless=true");

  private final GnuTime time;
  private final KafkaCluster cluster;

  KafkaTopics(GnuTime time, KafkaCluster cluster) {
    this.time = time;
    this.cluster = cluster;
  }

  static List<String> conditions() {
    return CONDITIONS;
  }

  /**
   * Asks for the partitions in one condition.
   *
   * @throws IllegalStateException if the call fails
   */
  Cost describe(String condition) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(
        List.of(
            "-cp",
            cluster.distribution().classPath(),
            "org.apache.kafka.tools.TopicCommand",
            "--bootstrap-server",
            cluster.bootstrapServers(),
            "--describe",
            condition));
    return time.measure(command, Map.of());
  }
}

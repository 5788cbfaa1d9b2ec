package dev.kafkapod.packaging;

import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Makes the archive of loaded classes from which the command line tool starts three times as fast,
 * by letting the launcher ask a real broker once while the JVM takes notes.
 */
public final class TrainArchive {

  /** The first Java whose JVM makes an AOT cache in one step (JEP 514). */
  private static final int FIRST_WITH_AOT_CACHE = 25;

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private TrainArchive() {}

  /**
   * Trains the launcher of one distribution.
   *
   * @param args the distribution's directory, as it will be run
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path distribution = Path.of(args[0]).toAbsolutePath();
    boolean aot = Runtime.version().feature() >= FIRST_WITH_AOT_CACHE;
    Path archive = distribution.resolve("lib").resolve(aot ? "kafka-pod.aot" : "kafka-pod.jsa");
    Files.deleteIfExists(distribution.resolve("lib/kafka-pod.aot"));
    Files.deleteIfExists(distribution.resolve("lib/kafka-pod.jsa"));
    try (KafkaCluster cluster = KafkaCluster.kraft().brokers(1).start()) {
      cluster.createTopic("training", 1, 1, Map.of());
      train(
          distribution,
          (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive,
          cluster.broker(0));
    }
    if (!Files.exists(archive)) {
      throw new IllegalStateException("the training run left no archive at " + archive);
    }
  }

  private static void train(Path distribution, String jvmOption, KafkaNode broker)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                distribution.resolve("bin/kafka-pod").toString(),
                "status",
                "--timeout=30s",
                "--jmx-url=" + broker.jmxUrl(),
                "--bootstrap-server=" + broker.bootstrapServer()));
    builder.environment().put("KAFKA_POD_JVM_OPTIONS", jvmOption);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Path output = Files.createTempFile("kafka-pod-training", ".log");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException(
          "the training run failed: "
              + (ended ? "exit " + process.exitValue() : "no end within " + LIMIT)
              + "\n"
              + Files.readString(output, StandardCharsets.UTF_8));
    }
    Files.delete(output);
  }
}

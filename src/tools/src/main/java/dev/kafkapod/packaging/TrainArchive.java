package dev.kafkapod.packaging;

import dev.kafkapod.testing.KafkaCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Makes the archive of loaded classes from which the command line tool starts three times as fast,
 * by letting the launcher ask a real broker once while the JVM takes notes.
 */
public final class TrainArchive {

  /** The first Java whose JVM makes an AOT cache in one step (JEP 514). */
  private static final int FIRST_WITH_AOT_CACHE = 25;

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
      Training.start(
              List.of(
                  distribution.resolve("bin/kafka-pod").toString(),
                  "status",
                  "--timeout=30s",
                  "--stable-for=1ms",
                  "--jmx-url=" + cluster.broker(0).jmxUrl(),
                  "--bootstrap-server=" + cluster.broker(0).bootstrapServer()),
              Map.of(
                  "KAFKA_POD_JVM_OPTIONS",
                  (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive,
                  "JAVA_HOME",
                  System.getProperty("java.home")))
          .await(0, archive);
    }
  }
}

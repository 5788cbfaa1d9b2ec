package dev.kafkapod.bench;

import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged {@code kafka-pod ready --direct}, as an exec probe calls it. */
final class KafkaPodReady {

  private static final String JVM_OPTIONS = "KAFKA_POD_JVM_OPTIONS";

  private final GnuTime time;
  private final Path launcher = KafkaPodCli.packaged().launcher();
  private final Map<String, String> environment = new HashMap<>();

  /**
   * Finds the command.
   *
   * @param jvmOptions for the launcher, to try others; empty for its own
   * @throws IllegalStateException if the distribution hasn't been built
   */
  KafkaPodReady(GnuTime time, String jvmOptions) {
    this.time = time;
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put(JVM_OPTIONS, jvmOptions);
    environment.put("KAFKA_POD_STABLE_FOR", "1ms"); // brokers have only just started
  }

  /** What {@code KAFKA_POD_JVM_OPTIONS} adds to the launcher's flags. */
  String jvmOptions() {
    return environment.get(JVM_OPTIONS);
  }

  /**
   * Asks broker 0, and all brokers about the cluster.
   *
   * @throws IllegalStateException if the answer isn't "ready"
   */
  Cost ask(KafkaCluster cluster) {
    return time.measure(
        List.of(
            launcher.toString(),
            "ready",
            "--direct",
            "--bootstrap-server=" + cluster.bootstrapServers(),
            "--jmx-url=" + cluster.broker(0).jmxUrl()),
        environment);
  }

  /**
   * Whether it starts from the distribution's archive of classes, which only the Java that made it
   * accepts.
   */
  boolean startsFromArchive() throws IOException {
    Path log = Files.createTempFile("bench", ".classes");
    Map<String, String> logging = new HashMap<>(environment);
    logging.merge(JVM_OPTIONS, "-Xlog:class+load:file=" + log, (own, more) -> own + " " + more);
    try {
      time.measure(List.of(launcher.toString(), "--version"), logging);
      return Files.readString(log, StandardCharsets.UTF_8)
          .contains(" dev.kafkapod.cli.KafkaPod source: shared objects file");
    } finally {
      Files.delete(log);
    }
  }
}

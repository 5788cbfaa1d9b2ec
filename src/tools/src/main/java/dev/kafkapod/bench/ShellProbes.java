package dev.kafkapod.bench;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What probes without a JVM cost: the packaged {@code kafka-pod-probe} with a fresh verdict of the
 * agent, and a health check of bash, grep and curl as people have it today.
 *
 * <p>One call takes about as long as the unit that GNU time counts in, so a shell makes many in a
 * row, and what they took together is divided. The shell's own part, a fork each time, is in every
 * figure; it is what whoever calls a probe does.
 */
final class ShellProbes {

  /** Too short to start a JVM in: without a verdict that holds, the probe must fail, not ask. */
  private static final String NO_TIME_TO_ASK = "1s";

  private final GnuTime time;
  private final int batch;
  private final Path probe = KafkaPodCli.packaged().launcher().resolveSibling("kafka-pod-probe");
  private final List<String> health;
  private final Map<String, String> environment;
  private final List<Cost> empty = new ArrayList<>();
  private final List<Cost> fast = new ArrayList<>();
  private final List<Cost> curl = new ArrayList<>();

  /**
   * Probes of one broker.
   *
   * @param batch how many calls are measured at once
   */
  ShellProbes(GnuTime time, int batch, Agents agents, KafkaNode broker) {
    this.time = time;
    this.batch = batch;
    health =
        List.of(
            "bash",
            healthScript().toString(),
            broker.directory().resolve("server.properties").toString(),
            agents.uri(broker.id(), "/readyz").toString());
    environment =
        Map.of(
            "KAFKA_POD_RUN_DIR",
            agents.runDirectory(broker.id()).toString(),
            "KAFKA_POD_PROBE_TIMEOUT",
            NO_TIME_TO_ASK);
  }

  /**
   * Makes sure that there is what the health check needs.
   *
   * @throws IOException if there isn't; the message says what to do
   */
  static void find() throws IOException {
    for (String command : List.of("bash", "curl", "grep")) {
      if (Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
          .noneMatch(folder -> Files.isExecutable(Path.of(folder, command)))) {
        throw new IOException(
            "kafka-pod-probe is measured against a health check of bash, grep and curl, and there is no %s on the PATH; install it, for example with apt-get install %s"
                .formatted(command, command));
      }
    }
  }

  /** What {@code /bin/sh} is, which the probe runs in. */
  static String shell() throws IOException {
    return Path.of("/bin/sh").toRealPath().getFileName().toString();
  }

  /**
   * One batch of each.
   *
   * @param counts whether it is kept
   * @throws IllegalStateException if a probe doesn't say that the broker is ready
   */
  void takeTurns(boolean counts) {
    Cost nothing = measure(List.of("sh", "-c", ":"));
    Cost ours = measure(List.of(probe.toString(), "ready"));
    Cost theirs = measure(health);
    if (counts) {
      empty.add(nothing);
      fast.add(ours);
      curl.add(theirs);
    }
  }

  /** The medians of what was kept, next to what a JVM takes for the same question. */
  ShellComparison comparison(Comparison others) {
    return new ShellComparison(
        Cost.median(empty), Cost.median(fast), Cost.median(curl), others.ready(), others.allFour());
  }

  private Cost measure(List<String> command) {
    return time.measureEach(batch, command, environment);
  }

  private static Path healthScript() {
    try {
      return Path.of(ShellProbes.class.getResource("/bench/health.sh").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

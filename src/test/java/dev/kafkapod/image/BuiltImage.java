package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * The image of this build in the Docker engine, built once for all tests. Without an engine they
 * say NOT RUN; where the environment has CI, that is a failure.
 */
final class BuiltImage {

  private static final Map<String, DockerImageName> BUILT = new ConcurrentHashMap<>();
  private static final Path BASE = Path.of("target/image/base.tar").toAbsolutePath();
  private static final int LIMIT_MINUTES = 15;

  private BuiltImage() {}

  /** With the Kafka that kafka-pod is built with. */
  static DockerImageName get() {
    return of(System.getProperty("kafkapod.kafka.version"));
  }

  /** With the Kafka that knows ZooKeeper. */
  static DockerImageName withZooKeeper() {
    return of(System.getProperty("kafkapod.kafka.zookeeper.version"));
  }

  /** Fails, or aborts the test, unless there is a Docker engine. */
  static void requireEngine() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      String what = "the image's tests were NOT RUN, for there is no Docker engine";
      if (System.getenv("CI") == null) {
        abort(what);
      }
      fail(what + ", and CI has to run them");
    }
  }

  private static DockerImageName of(String kafkaVersion) {
    requireEngine();
    return BUILT.computeIfAbsent(kafkaVersion, BuiltImage::build);
  }

  private static DockerImageName build(String kafkaVersion) {
    String name = "kafka-pod:" + System.getProperty("kafkapod.version") + "-" + kafkaVersion;
    List<String> command =
        List.of("scripts/image", "daemon", "-Dkafka.version=" + kafkaVersion, "--name", name);
    run(Files.exists(BASE) ? join(command, "--base", "tar://" + BASE) : command);
    return DockerImageName.parse(name);
  }

  private static List<String> join(List<String> command, String... more) {
    return java.util.stream.Stream.concat(command.stream(), java.util.Arrays.stream(more)).toList();
  }

  /**
   * Runs a command of the project and returns what it prints.
   *
   * @throws IllegalStateException if it fails
   */
  static String run(List<String> command) {
    try {
      Path output = Files.createTempFile("kafka-pod-image", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      // this build has made target/kafka-pod already
      builder.environment().put("KAFKA_POD_IMAGE_PREBUILT", "yes");
      Process process = builder.redirectOutput(output.toFile()).start();
      boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            "%s: %s%n%s"
                .formatted(
                    String.join(" ", command),
                    ended ? "exit " + process.exitValue() : "no end",
                    printed));
      }
      Files.delete(output);
      return printed;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

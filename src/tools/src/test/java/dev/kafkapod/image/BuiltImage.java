package dev.kafkapod.image;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.kafkapod.testing.Programs;
import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * The image of this build in the Docker engine, built once for all tests. Without an engine, or
 * without a base for the image, they are NOT RUN ({@link Tools}).
 */
final class BuiltImage {

  private static final Map<String, DockerImageName> BUILT = new ConcurrentHashMap<>();
  private static final Path BASE = Path.of("target/image/base.tar").toAbsolutePath();
  private static final String PUBLIC_BASE = "debian:12-slim";
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

  /** Ends the test unless there are a Docker engine and a base for the image. */
  static void requireEngine() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      Tools.missing("a Docker engine", "install Docker and start it");
    }
    if (base().isEmpty()) {
      Tools.missing(
          "a base for the image",
          "run scripts/base-image, which takes a minute, or docker pull " + PUBLIC_BASE);
    }
  }

  /** Made before, or already in the engine: tests neither make a base nor ask a registry. */
  private static Optional<String> base() {
    if (Files.exists(BASE)) {
      return Optional.of("tar://" + BASE);
    }
    boolean pulled =
        DockerClientFactory.instance().client().listImagesCmd().exec().stream()
            .anyMatch(
                image ->
                    image.getRepoTags() != null
                        && List.of(image.getRepoTags()).contains(PUBLIC_BASE));
    return pulled ? Optional.of("docker://" + PUBLIC_BASE) : Optional.empty();
  }

  /** The base's name in the engine, to which it is brought. */
  static String baseInTheEngine() {
    if (Files.exists(BASE)) {
      return Programs.loadedImage(run(List.of("docker", "load", "-q", "-i", BASE.toString())));
    }
    return PUBLIC_BASE;
  }

  private static DockerImageName of(String kafkaVersion) {
    requireEngine();
    return BUILT.computeIfAbsent(kafkaVersion, BuiltImage::build);
  }

  private static DockerImageName build(String kafkaVersion) {
    String name = "kafka-pod:" + System.getProperty("kafkapod.version") + "-" + kafkaVersion;
    // tests of another JVM may want it at the same time: who waits finds it made
    try (FileChannel channel = FileChannel.open(Path.of("target/image.lock"), CREATE, WRITE);
        FileLock lock = channel.lock()) {
      run(
          List.of(
              "scripts/image",
              "daemon",
              "-Dkafka.version=" + kafkaVersion,
              "--name",
              name,
              "--base",
              base().orElseThrow()));
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return DockerImageName.parse(name);
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
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

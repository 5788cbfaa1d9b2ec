package dev.kafkapod.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process from which a JVM learns what belongs into an archive of loaded classes. */
final class Training {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Path output;

  private Training(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param environment added to this JVM's, less what that has for Kafka and kafka-pod
   */
  static Training start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("KAFKA_"));
    builder.environment().putAll(environment);
    Path output = Files.createTempFile("kafka-pod-training", ".log");
    return new Training(
        builder.redirectErrorStream(true).redirectOutput(output.toFile()).start(), output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has printed so far. */
  String printed() {
    try {
      return Files.readString(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Sends SIGTERM. */
  void stop() {
    process.destroy();
  }

  /** Sends SIGKILL, should it still be there. */
  void kill() {
    process.destroyForcibly();
  }

  /**
   * Waits for its end and for what it should leave.
   *
   * @param exitCode the one that it must end with
   * @throws IllegalStateException if it doesn't end, ends otherwise, or leaves no archive
   */
  void await(int exitCode, Path archive) throws IOException, InterruptedException {
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    if (!ended || process.exitValue() != exitCode || !Files.exists(archive)) {
      throw new IllegalStateException(
          "the training run failed: %s, %s\n%s"
              .formatted(
                  ended ? "exit " + process.exitValue() : "no end within " + LIMIT,
                  Files.exists(archive) ? "archive " + archive : "no archive at " + archive,
                  printed()));
    }
    Files.delete(output);
  }
}

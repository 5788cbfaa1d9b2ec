package dev.kafkapod.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs the packaged {@code kafka-pod}, launcher and archive included, as people and Kubernetes run
 * it.
 */
public final class KafkaPodCli {

  /** Far beyond any time limit that a test gives the command. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path launcher;
  private final Map<String, String> environment;

  private KafkaPodCli(Path launcher, Map<String, String> environment) {
    this.launcher = launcher;
    this.environment = environment;
  }

  /**
   * The distribution that this build has made.
   *
   * @throws IllegalStateException if it hasn't been made
   */
  public static KafkaPodCli packaged() {
    return at(Path.of(System.getProperty("kafkapod.distribution", "target/kafka-pod")));
  }

  /**
   * A distribution of its own place.
   *
   * @throws IllegalStateException if there is none
   */
  public static KafkaPodCli at(Path distribution) {
    return program(distribution.resolve("bin/kafka-pod"));
  }

  /**
   * Another program of the distribution.
   *
   * @throws IllegalStateException if there is none
   */
  public static KafkaPodCli program(Path file) {
    if (!Files.isExecutable(file)) {
      throw new IllegalStateException("there is no " + file + "; run mvn package first");
    }
    return new KafkaPodCli(
        file,
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            // tests ask brokers that have only just started
            "KAFKA_POD_STABLE_FOR",
            "1ms"));
  }

  /** The same command with one more environment variable. */
  public KafkaPodCli with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new KafkaPodCli(launcher, more);
  }

  /** Where the launcher lies. */
  public Path launcher() {
    return launcher;
  }

  /**
   * What a run came to.
   *
   * @param command the command line, for messages
   * @param exitCode what it exited with
   * @param out all of its standard output
   * @param err all of its standard error
   * @param took from start to exit
   */
  public record Result(String command, int exitCode, String out, String err, Duration took) {
    /** The first line of the standard output, which says the verdict. */
    public String line() {
      return out.lines().findFirst().orElse("");
    }

    @Override
    public String toString() {
      return "%s%nexit %d after %d ms%n%s%s"
          .formatted(command, exitCode, took.toMillis(), out, err);
    }
  }

  /**
   * Runs the command and waits for its end.
   *
   * @throws IllegalStateException if it hasn't ended after 60 s; it is killed then
   */
  public Result run(String... args) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    try {
      Path out = Files.createTempFile("kafka-pod", ".out");
      Path err = Files.createTempFile("kafka-pod", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      long begun = System.nanoTime();
      Process process = start(builder);
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      if (!ended) {
        process.destroyForcibly();
      }
      Result result =
          new Result(
              String.join(" ", command),
              ended ? process.exitValue() : -1,
              read(out),
              read(err),
              took);
      if (!ended) {
        throw new IllegalStateException("no end within " + LIMIT + ": " + result);
      }
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command, e);
    }
  }

  /** Starts the command, whose output nobody reads, and leaves its end to the caller. */
  public Process start(String... args) {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    try {
      return start(
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the command ready to begin; it ends with this JVM at the latest.
   *
   * @param output where all that it prints is appended
   */
  public GatedProcess prepare(Path output, List<String> args) {
    List<String> command = new ArrayList<>(List.of(launcher.toAbsolutePath().toString()));
    command.addAll(args);
    return Reaper.get()
        .prepare(command, Path.of("").toAbsolutePath(), output.toAbsolutePath(), environment);
  }

  private Process start(ProcessBuilder builder) throws IOException {
    builder.environment().keySet().removeIf(variable -> variable.startsWith("KAFKA_"));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String read(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Files.delete(file);
    return text;
  }
}

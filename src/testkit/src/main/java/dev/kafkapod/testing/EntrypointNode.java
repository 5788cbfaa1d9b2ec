package dev.kafkapod.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Kafka process as its container starts it, by the packaged entrypoint. */
public final class EntrypointNode implements AutoCloseable {

  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("kafkapod.distribution", "target/kafka-pod")).toAbsolutePath();
  private static final Duration LIMIT = Duration.ofSeconds(150);

  /** Writes down what it is asked for, and leaves the rest to the real one. */
  private static final String LAUNCHER =
      """
      #!/bin/sh
      echo "$1" >>'%1$s/launched'
      exec '%2$s/bin/kafka-pod' "$@"
      """;

  private final Path directory;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> prefix = new ArrayList<>();
  private Process process;

  /**
   * A node that hasn't been started.
   *
   * @param directory to be made; everything of the node is in it, its disk under {@code data}
   * @param properties what its mounted server.properties says, to which log.dirs is added unless it
   *     is there; empty where templates and variables say everything
   */
  public EntrypointNode(Path directory, String kafkaVersion, Map<String, String> properties) {
    this.directory = directory;
    Map<String, String> all = new LinkedHashMap<>(properties);
    if (!all.isEmpty()) {
      all.putIfAbsent("log.dirs", data().toString());
    }
    try {
      Files.createDirectories(directory.resolve("given"));
      Files.createDirectories(directory.resolve("pod/bin"));
      Files.createSymbolicLink(directory.resolve("pod/lib"), DISTRIBUTION.resolve("lib"));
      for (String script : List.of("entrypoint", "native-libraries")) {
        Files.copy(
            DISTRIBUTION.resolve("bin/" + script),
            directory.resolve("pod/bin/" + script),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
      Path launcher = directory.resolve("pod/bin/kafka-pod");
      Files.writeString(launcher, LAUNCHER.formatted(directory, DISTRIBUTION));
      if (!launcher.toFile().setExecutable(true, false)) {
        throw new IOException("can't be made executable: " + launcher);
      }
      if (!all.isEmpty()) {
        StringBuilder lines = new StringBuilder();
        all.forEach((key, value) -> lines.append(key).append('=').append(value).append('\n'));
        Files.writeString(directory.resolve("given/server.properties"), lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path config = directory.resolve("run/config");
    KafkaDistribution distribution = KafkaDistribution.of(kafkaVersion);
    String archive =
        ClassDataArchive.of(distribution).map(it -> " -XX:SharedArchiveFile=" + it).orElse("");
    with("KAFKA_HOME", distribution.home().toString())
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("KAFKA_POD_RUN_DIR", directory.resolve("run").toString())
        .with("KAFKA_POD_RENDER_TO", config.toString())
        .with("KAFKA_POD_MOUNTED_DIR", directory.resolve("given").toString())
        .with("KAFKA_POD_AGENT", "off")
        .with("KAFKA_POD_TIMEOUT", "3s")
        .with("KAFKA_HEAP_OPTS", "-Xmx256m")
        .with("KAFKA_JVM_PERFORMANCE_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1" + archive)
        .with("LOG_DIR", directory.resolve("logs").toString());
  }

  /** Sets an environment variable for the next start. */
  public EntrypointNode with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /**
   * Starts it by another user, in no group but his own; only root can. What he has to write is for
   * the test to see to.
   */
  public EntrypointNode as(int user) {
    prefix.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
    return this;
  }

  /** Its disk, unless the configuration names another. */
  public Path data() {
    return directory.resolve("data");
  }

  /** Its run directory, with the agent's verdict. */
  public Path runDirectory() {
    return directory.resolve("run");
  }

  /** Where its configuration lies once it is rendered. */
  public Path configFile() {
    return directory.resolve("run/config/server.properties");
  }

  /** Formats its disk by Kafka's own tool before it is started, as people do by hand. */
  public EntrypointNode formatBy(String kafkaVersion, String clusterId, String... flags) {
    List<String> arguments = new ArrayList<>(List.of("format", "--cluster-id", clusterId));
    arguments.addAll(List.of("--config", directory.resolve("given/server.properties").toString()));
    arguments.addAll(List.of(flags));
    KafkaDistribution.of(kafkaVersion).storageTool(arguments.toArray(String[]::new));
    return this;
  }

  /** Starts the container, {@code start} being the default. */
  public EntrypointNode start() {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException("it runs already: " + directory);
    }
    List<String> command = new ArrayList<>(prefix);
    command.add(directory.resolve("pod/bin/entrypoint").toString());
    process = Reaper.get().start(command, directory, directory.resolve("node.log"), environment);
    return this;
  }

  /** The process id, of the entrypoint and of the broker that it becomes. */
  public long pid() {
    return process.pid();
  }

  /** Everything that its processes have written to stdout and stderr. */
  public String log() {
    try {
      return Files.readString(directory.resolve("node.log"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often the entrypoint has started {@code kafka-pod} with each command. */
  public List<String> launched() {
    try {
      return Files.readAllLines(directory.resolve("launched"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until its log, of all starts, has a line that contains this; returns that line. */
  public String awaitLine(String part) {
    return Await.until(
            "'%s' in the log of %s".formatted(part, directory),
            LIMIT,
            () -> log().lines().filter(line -> line.contains(part)).toList(),
            lines -> !lines.isEmpty(),
            this::tail)
        .get(0);
  }

  /** Waits until the container has ended, and returns its exit code. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it is still alive\n" + tail());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw Await.interrupted("the end of " + directory, e);
    }
  }

  /** Whether the container runs. */
  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /**
   * Waits until its log, of all starts, has a line that contains this, or the container has ended.
   */
  public void awaitLineOrEnd(String part) {
    Await.until(
        "'%s' in the log of %s, or its end".formatted(part, directory),
        LIMIT,
        () -> !isAlive() || log().contains(part),
        it -> it,
        this::tail);
  }

  /** Sends SIGTERM, as Kubernetes does, and returns the exit code. */
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** Kills it. */
  public EntrypointNode kill() {
    process.destroyForcibly();
    awaitEnd();
    return this;
  }

  /** Takes away everything that is on its disk. */
  public EntrypointNode loseDisk() {
    return lose(data());
  }

  /** Takes away everything that is in a directory. */
  public EntrypointNode lose(Path disk) {
    Trees.delete(disk);
    return this;
  }

  /** The end of its log, for messages. */
  public String tail() {
    return "-- end of the log of %s%n%s"
        .formatted(directory, LogTail.of(directory.resolve("node.log")));
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
    try {
      Files.deleteIfExists(directory.resolve("pod/lib"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

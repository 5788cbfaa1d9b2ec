package dev.kafkapod.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A container of the image with nothing configured, a broker that is its own controller, from its
 * start until it is RUNNING and then removed. Processes in containers are seen in {@code /proc},
 * which takes root, and an engine on this machine.
 */
final class ImageContainer implements AutoCloseable {

  private static final String FORMATTED = "formatted ";
  private static final String RUNNING = "Transitioning from RECOVERY to RUNNING";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double TICKS_PER_SECOND = 100;

  private final String name = "kafka-pod-bench-" + UUID.randomUUID();
  private final Process attached;
  private double wallSeconds;
  private double cpuSeconds;

  private ImageContainer(String image, List<String> environment) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker", "run", "--name", name));
    // Kafka asks for the host's name, and would not find any other without a network
    command.addAll(List.of("--network", "none", "--hostname", "localhost"));
    environment.forEach(variable -> command.addAll(List.of("-e", variable)));
    command.add(image);
    attached = new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /**
   * Starts one and returns it once it is RUNNING.
   *
   * @throws IllegalStateException if it never is; with what it printed
   */
  static ImageContainer start(String image, String... environment)
      throws IOException, InterruptedException {
    ImageContainer container = new ImageContainer(image, List.of(environment));
    try {
      container.awaitRunning();
      return container;
    } catch (IOException | InterruptedException | RuntimeException e) {
      container.close();
      throw e;
    }
  }

  private void awaitRunning() throws IOException, InterruptedException {
    StringBuilder seen = new StringBuilder();
    long end = System.nanoTime() + LIMIT.toNanos();
    // what ends reading is the container's end, and that is bound to come
    Thread bound = new Thread(() -> killAt(end), "bench-limit");
    bound.setDaemon(true);
    bound.start();
    try {
      BufferedReader lines = attached.inputReader(StandardCharsets.UTF_8);
      await(lines, FORMATTED, seen);
      long formatted = System.nanoTime();
      String pid = docker("inspect", "--format", "{{.State.Pid}}", name).strip();
      await(lines, RUNNING, seen);
      wallSeconds = (System.nanoTime() - formatted) / 1e9;
      cpuSeconds = cpuSeconds(pid);
    } finally {
      bound.interrupt();
    }
    // whatever else it prints must not fill the pipe
    Thread drain =
        new Thread(
            () -> {
              try {
                attached.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // it has been removed
              }
            },
            "bench-drain");
    drain.setDaemon(true);
    drain.start();
  }

  private void killAt(long end) {
    try {
      TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
      docker("kill", name);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      attached.destroy();
    }
  }

  private static void await(BufferedReader lines, String text, StringBuilder seen)
      throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      seen.append(line).append('\n');
      if (line.contains(text)) {
        return;
      }
    }
    throw new IllegalStateException("no '%s' came:%n%s".formatted(text, seen));
  }

  /** From the end of formatting, when the entrypoint becomes Java, to RUNNING. */
  double wallSeconds() {
    return wallSeconds;
  }

  /** What the broker has used until RUNNING; not what the entrypoint has waited for. */
  double cpuSeconds() {
    return cpuSeconds;
  }

  /** Resident memory of the broker after a collection, in millions of bytes. */
  double megabytesAfterCollection() throws IOException, InterruptedException {
    docker("exec", name, "jcmd", "1", "GC.run");
    String pid = docker("inspect", "--format", "{{.State.Pid}}", name).strip();
    return StartedBroker.residentMegabytes(Files.readAllLines(Path.of("/proc", pid, "status")));
  }

  private static double cpuSeconds(String pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", pid, "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    // proc(5): utime and stime are the 14th and 15th, counted with the two that are cut off
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  @Override
  public void close() throws IOException {
    try {
      docker("rm", "-f", "-v", name);
      attached.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs the docker command line and returns what it prints.
   *
   * @throws IOException if it fails; with its words
   */
  static String docker(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + printed.strip());
    }
    return printed;
  }
}

package dev.kafkapod.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures a process by the command {@code time}, which knows what the kernel has counted. Only the
 * wall time is measured here: that command rounds it to 10 ms.
 */
final class GnuTime {

  private static final Path COMMAND = Path.of("/usr/bin/time");
  private static final Pattern OUTPUT =
      Pattern.compile("^([\\d.]+) ([\\d.]+) (\\d+)$", Pattern.MULTILINE);

  /** What would change the flags or the class path of a JVM behind our back. */
  static final Set<String> JVM_VARIABLES =
      Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH", "JMX_PORT");

  private static final String LOOP =
      "n=$1; shift; while [ \"$n\" -gt 0 ]; do \"$@\" || exit; n=$((n - 1)); done";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private GnuTime() {}

  /**
   * Makes sure that it works.
   *
   * @throws IOException if it isn't installed, or is another program; the message says what to do
   */
  static GnuTime find() throws IOException {
    String remedy = "; install GNU time, for example with apt-get install time";
    if (!Files.isExecutable(COMMAND)) {
      throw new IOException(
          "CPU time and memory are measured by %s, which doesn't exist%s"
              .formatted(COMMAND, remedy));
    }
    GnuTime time = new GnuTime();
    try {
      time.measure(List.of("true"), Map.of());
    } catch (IllegalStateException e) {
      throw new IOException(COMMAND + " doesn't do what GNU time does" + remedy, e);
    }
    return time;
  }

  /**
   * Runs a command to its end.
   *
   * @param environment added to this JVM's, of which nothing is passed on that would change a JVM
   *     or one of Kafka's tools
   * @throws IllegalStateException if it doesn't end within 60 s or exits with anything but 0
   */
  Cost measure(List<String> command, Map<String, String> environment) {
    try {
      Path report = Files.createTempFile("bench", ".time");
      Path output = Files.createTempFile("bench", ".log");
      try {
        return measure(command, environment, report, output);
      } finally {
        Files.delete(report);
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while measuring " + command, e);
    }
  }

  /**
   * One of so many calls that a shell makes in a row: for commands that take about as long as the
   * 10 ms in which the command {@code time} counts. The shell's fork is in it.
   */
  Cost measureEach(int calls, List<String> command, Map<String, String> environment) {
    List<String> all = new ArrayList<>(List.of("sh", "-c", LOOP, "sh", String.valueOf(calls)));
    all.addAll(command);
    return measure(all, environment).dividedBy(calls);
  }

  private static Cost measure(
      List<String> command, Map<String, String> environment, Path report, Path output)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(COMMAND.toString(), "-f", "%U %S %M", "-o", report.toString()));
    all.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("KAFKA_") || JVM_VARIABLES.contains(name));
    builder.environment().putAll(environment);
    long begun = System.nanoTime();
    Process process = builder.start();
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    Duration wall = Duration.ofNanos(System.nanoTime() - begun);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String figures = Files.readString(report, StandardCharsets.UTF_8);
    Matcher matcher = OUTPUT.matcher(figures);
    if (!ended || process.exitValue() != 0 || !matcher.find()) {
      throw new IllegalStateException(
          "a measured command failed: %s%n%s; time says '%s'; output:%n%s"
              .formatted(
                  String.join(" ", command),
                  ended ? "exit " + process.exitValue() : "no end within " + LIMIT,
                  figures.strip(),
                  Files.readString(output, StandardCharsets.UTF_8)));
    }
    return new Cost(
        wall,
        seconds(matcher.group(1)).plus(seconds(matcher.group(2))),
        kibibytes(matcher.group(3)));
  }

  private static Duration seconds(String text) {
    return Duration.ofNanos(new BigDecimal(text).movePointRight(9).longValueExact());
  }

  private static long kibibytes(String text) {
    return Long.parseLong(text) * 1024;
  }
}

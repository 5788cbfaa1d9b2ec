package dev.kafkapod.bench;

import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the start of a broker took.
 *
 * @param millis from the start of the process to the moment that its log gives for "Kafka Server
 *     started"
 * @param cpuMillis of the process until that line was seen
 */
record StartedBroker(long millis, long cpuMillis) {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration LOOK = Duration.ofMillis(10);
  private static final int JCMD_SECONDS = 60;
  private static final Pattern STARTED =
      Pattern.compile(
          "^\\[([\\d-]+ [\\d:]+,\\d{3})] INFO \\[KafkaRaftServer .*Kafka Server started");
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

  /**
   * Starts a broker that was stopped.
   *
   * @throws IllegalStateException if its log doesn't say within 90 s that it has started
   */
  static StartedBroker of(KafkaNode node) throws IOException {
    long old = Files.size(node.log());
    long begun = System.currentTimeMillis();
    node.start();
    while (System.currentTimeMillis() - begun < LIMIT.toMillis() && node.isAlive()) {
      LockSupport.parkNanos(LOOK.toNanos());
      byte[] log = Files.readAllBytes(node.log());
      long started =
          startedMillis(
              new String(log, (int) old, (int) (log.length - old), StandardCharsets.UTF_8));
      if (started > 0) {
        return new StartedBroker(started - begun, cpuMillis(node.pid()));
      }
    }
    throw new IllegalStateException(node + " doesn't start; see " + node.log());
  }

  /** When a broker had started, in milliseconds since the epoch; 0 if it hasn't yet. */
  static long startedMillis(String log) {
    return log.lines()
        .map(STARTED::matcher)
        .filter(Matcher::find)
        .map(line -> LocalDateTime.parse(line.group(1), WHEN))
        .mapToLong(when -> when.atZone(ZoneId.systemDefault()).toInstant().toEpochMilli())
        .findFirst()
        .orElse(0);
  }

  /** Megabytes of resident memory after a garbage collection that is forced now. */
  static double residentAfterCollection(KafkaNode node) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      throw new IllegalStateException("a JDK is needed, for its jcmd; there is no " + jcmd);
    }
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(node.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(JCMD_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException("jcmd GC.run failed for " + node);
    }
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(node.pid()), "status"))) {
      return residentMegabytes(lines.toList());
    }
  }

  /** From the lines of {@code /proc/PID/status}. */
  static double residentMegabytes(Iterable<String> status) {
    for (String line : status) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / Comparison.MB;
      }
    }
    throw new IllegalStateException("/proc has no VmRSS");
  }

  private static long cpuMillis(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toMillis)
        .orElse(0L);
  }
}

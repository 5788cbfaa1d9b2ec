package dev.kafkapod.bench;

import dev.kafkapod.testing.KafkaCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a producer in a process of its own got out of a cluster: a run of {@code
 * kafka-producer-perf-test.sh}, as that script calls it.
 *
 * @param recordsPerSecond that were acknowledged
 * @param p99Millis from send to acknowledgement, the 99th percentile
 */
record ProducerRun(double recordsPerSecond, double p99Millis) {

  static final int RECORD_SIZE = 1_000;

  private static final int LIMIT_SECONDS = 300;
  private static final Pattern SUMMARY =
      Pattern.compile(
          "^\\d+ (?:steady state )?records sent, ([\\d.]+) records/sec .* (\\d+) ms 99th,.*$",
          Pattern.MULTILINE);

  /**
   * Produces with {@code acks=all}.
   *
   * @param warmUp records before those that count
   * @param records that count
   * @param perSecond as fast as it goes if -1
   * @throws IllegalStateException if that fails
   */
  static ProducerRun of(KafkaCluster cluster, String topic, int warmUp, int records, int perSecond)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512M", "-server", "-XX:+UseG1GC"));
    command.addAll(
        List.of(
            "-cp",
            cluster.distribution().classPath(),
            "org.apache.kafka.tools.ProducerPerformance",
            "--bootstrap-server=" + cluster.bootstrapServers(),
            "--topic=" + topic,
            "--record-size=" + RECORD_SIZE,
            "--num-records=" + (warmUp + records),
            "--warmup-records=" + warmUp,
            "--throughput=" + perSecond,
            "--command-property",
            "acks=all"));
    Path output = Files.createTempFile("bench", ".producer");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(GnuTime.JVM_VARIABLES::contains);
      Process process = builder.start();
      boolean ended;
      try {
        ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      } finally {
        process.destroyForcibly();
      }
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(
            "kafka-producer-perf-test failed, or didn't end within %d s; output:%n%s"
                .formatted(LIMIT_SECONDS, printed));
      }
      return parse(printed);
    } finally {
      Files.delete(output);
    }
  }

  /** From the last summary: with warm-up records, that is the one that leaves them out. */
  static ProducerRun parse(String printed) {
    Matcher matcher = SUMMARY.matcher(printed);
    ProducerRun last = null;
    while (matcher.find()) {
      last =
          new ProducerRun(
              Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
    }
    if (last == null) {
      throw new IllegalStateException(
          "kafka-producer-perf-test printed no summary:%n%s".formatted(printed));
    }
    return last;
  }
}

package dev.kafkapod.soak;

import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;

/**
 * What a broker's process holds.
 *
 * @param agentThreads threads of the agent and of its Kafka clients
 * @param threads all threads
 * @param descriptors open files and sockets
 * @param heap what is live on the heap after a full collection, in bytes
 * @param bytesByClass the same by class
 */
record Footprint(
    int agentThreads, int threads, int descriptors, long heap, Map<String, Long> bytesByClass) {

  private static final int MORE_AGENT_THREADS = 4;
  private static final int MORE_THREADS = 15;
  private static final int MORE_DESCRIPTORS = 25;

  /** Kafka's own histograms fill up for hours; most of half an hour's 12 MB is theirs. */
  private static final long MORE_HEAP = 25_000_000;

  /** Of classes of the agent's own, and of its Kafka clients' requests: they should come and go. */
  private static final long MORE_OF_THE_AGENT = 300_000;

  private static final int SHOWN = 8;

  /** {@code 12: 34 5600 java.lang.String (java.base@17)}. */
  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

  /** Measures a broker, after a full collection. */
  static Footprint of(KafkaNode broker) throws IOException, InterruptedException {
    Map<String, Long> classes = histogram(broker);
    Path process = Path.of("/proc", String.valueOf(broker.pid()));
    List<String> names = threadNames(process);
    CompositeData heap =
        (CompositeData) broker.attribute("java.lang:type=Memory", "HeapMemoryUsage");
    return new Footprint(
        (int)
            names.stream()
                .filter(it -> it.startsWith("kafka-pod") || it.startsWith("kafka-admin-cli"))
                .count(),
        names.size(),
        count(process.resolve("fd")),
        (Long) heap.get("used"),
        classes);
  }

  /** What lives; asking makes the JVM collect all else. */
  private static Map<String, Long> histogram(KafkaNode broker)
      throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(broker.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd GC.class_histogram: " + output);
    }
    return output
        .lines()
        .map(CLASS::matcher)
        .filter(Matcher::matches)
        .collect(
            Collectors.toMap(
                line -> line.group(2), line -> Long.valueOf(line.group(1)), Long::sum));
  }

  private long ofTheAgent() {
    return bytesByClass.entrySet().stream()
        .filter(
            it ->
                it.getKey().startsWith("dev.kafkapod.")
                    || it.getKey().startsWith("org.apache.kafka.clients.admin."))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** The classes that have grown most, for people. */
  String growthSince(Footprint before) {
    return bytesByClass.entrySet().stream()
        .map(
            it ->
                Map.entry(
                    it.getKey(), it.getValue() - before.bytesByClass.getOrDefault(it.getKey(), 0L)))
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .map(it -> "%s %,d".formatted(it.getKey(), it.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static List<String> threadNames(Path process) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      for (Path thread : threads.toList()) {
        try {
          names.add(Files.readString(thread.resolve("comm"), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
          // it has just ended
        }
      }
    }
    return names;
  }

  private static int count(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return (int) entries.count();
    }
  }

  /** What has grown beyond what comes and goes, one line each. */
  List<String> leaksSince(Footprint before) {
    List<String> leaks = new ArrayList<>();
    check("agent threads", before.agentThreads, agentThreads, MORE_AGENT_THREADS, leaks);
    check("threads", before.threads, threads, MORE_THREADS, leaks);
    check("descriptors", before.descriptors, descriptors, MORE_DESCRIPTORS, leaks);
    check("bytes of heap", before.heap, heap, MORE_HEAP, leaks);
    check(
        "bytes of the agent's objects",
        before.ofTheAgent(),
        ofTheAgent(),
        MORE_OF_THE_AGENT,
        leaks);
    return leaks;
  }

  private static void check(String what, long before, long after, long more, List<String> leaks) {
    if (after - before > more) {
      leaks.add("%s grew from %,d to %,d, by more than %,d".formatted(what, before, after, more));
    }
  }

  @Override
  public String toString() {
    return "%d threads of the agent's of %d, %d descriptors, %.1f MB of heap, %.2f MB of it the agent's own objects"
        .formatted(agentThreads, threads, descriptors, heap / 1e6, ofTheAgent() / 1e6);
  }
}

package dev.kafkapod.soak;

import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;

/**
 * What a broker's process holds.
 *
 * @param agentThreads threads of the agent and of its Kafka clients
 * @param threads all threads
 * @param descriptors open files and sockets
 * @param heap what is live on the heap after a full collection, in bytes
 */
record Footprint(int agentThreads, int threads, int descriptors, long heap) {

  private static final int MORE_AGENT_THREADS = 4;
  private static final int MORE_THREADS = 15;
  private static final int MORE_DESCRIPTORS = 25;
  private static final long MORE_HEAP = 12_000_000;

  /** Measures a broker, after a full collection. */
  static Footprint of(KafkaNode broker) throws IOException, InterruptedException {
    collectGarbage(broker);
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
        (Long) heap.get("used"));
  }

  private static void collectGarbage(KafkaNode broker) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(broker.pid()),
                "GC.run")
            .redirectErrorStream(true)
            .start();
    String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException("jcmd GC.run: " + output);
    }
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
    return leaks;
  }

  private static void check(String what, long before, long after, long more, List<String> leaks) {
    if (after - before > more) {
      leaks.add("%s grew from %,d to %,d, by more than %,d".formatted(what, before, after, more));
    }
  }

  @Override
  public String toString() {
    return "%d threads of the agent's of %d, %d descriptors, %.1f MB of heap"
        .formatted(agentThreads, threads, descriptors, heap / 1e6);
  }
}

package dev.kafkapod.bench;

import com.sun.management.GarbageCollectorMXBean;
import dev.kafkapod.readiness.ClusterSnapshot;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * How much heap an evaluation needs at its peak, beyond what was live before: what an agent asks of
 * its broker's heap for a moment.
 *
 * <p>A full collection is forced again and again, at random moments, while evaluations run; what is
 * left after each is what is live then. It runs in a JVM of its own with the serial collector,
 * whose full collections leave nothing dead behind. The true peak may lie between two samples, so
 * there are many.
 */
final class TransientHeap {

  private static final String COLLECTOR = "MarkSweepCompact";
  private static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");
  private static final int WARM_UP = 20;
  private static final int SAMPLES_AN_EVALUATION = 40;
  private static final int SAMPLES = 200;

  /**
   * What was found.
   *
   * @param peak the most that was live in an evaluation beyond what was live before it, in bytes
   * @param direct memory outside the heap that stays allocated for the client's buffers, in bytes
   */
  record Result(long peak, long direct) {}

  private final CheckedProbe probe;
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
  private long peak;
  private int samples;

  private TransientHeap(CheckedProbe probe) {
    this.probe = probe;
  }

  /** Measures in a child JVM. */
  static Result measure(StandInShape shape, String bootstrapServers) throws IOException {
    List<String> arguments = new ArrayList<>(shape.arguments());
    arguments.add(bootstrapServers);
    try (ChildJvm child = ChildJvm.start(TransientHeap.class, FLAGS, arguments)) {
      long peak = Long.parseLong(child.line());
      return new Result(peak, Long.parseLong(child.line()));
    }
  }

  /**
   * The child.
   *
   * @param args the stand-in's shape and its bootstrap servers
   */
  public static void main(String[] args) throws InterruptedException {
    ChildJvm.endWithParent();
    int last = args.length - 1;
    try (CheckedProbe probe =
        new CheckedProbe(args[last], StandInShape.parse(Arrays.copyOf(args, last)))) {
      long peak = new TransientHeap(probe).peak();
      long direct =
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .filter(pool -> pool.getName().equals("direct"))
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum();
      System.out.printf("%d%n%d%n", peak, direct);
    }
    System.exit(0);
  }

  private long peak() throws InterruptedException {
    long wall = 0;
    for (int i = 0; i < WARM_UP; i++) {
      long begun = System.nanoTime();
      probe.check(probe.evaluate());
      wall = System.nanoTime() - begun;
    }
    long highest = 0;
    while (samples < SAMPLES) {
      peak = 0;
      long before = live();
      sampleDuringAnEvaluation(wall / SAMPLES_AN_EVALUATION);
      highest = Math.max(highest, peak - before);
    }
    return highest;
  }

  private void sampleDuringAnEvaluation(long pace) throws InterruptedException {
    Thread sampler = new Thread(() -> sample(pace), "heap sampler");
    sampler.start();
    ClusterSnapshot snapshot = probe.evaluate();
    sampler.interrupt();
    sampler.join();
    probe.check(snapshot);
  }

  /** Until it is interrupted. */
  private void sample(long pace) {
    while (true) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(2 * pace + 1));
      if (Thread.interrupted()) {
        return;
      }
      peak = Math.max(peak, live());
      samples++;
    }
  }

  /** Bytes on the heap that a full collection leaves. */
  private long live() {
    System.gc();
    var heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(pool -> pool.getName())
            .collect(Collectors.toSet());
    return collectors.stream()
        .filter(collector -> collector.getName().equals(COLLECTOR))
        .flatMap(collector -> collector.getLastGcInfo().getMemoryUsageAfterGc().entrySet().stream())
        .filter(pool -> heap.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }
}

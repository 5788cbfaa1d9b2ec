package dev.kafkapod.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.kafkapod.readiness.ClusterSnapshot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Measures evaluations on one probe that lives on, as an agent's does, but without the pauses
 * between them.
 */
final class EvaluationMeter {

  /** Part of the names of all threads that Kafka's client starts for the probe: its client id. */
  private static final String THREAD_NAME = "kafka-pod";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final CheckedProbe probe;

  /**
   * What came of some rounds.
   *
   * @param median of the rounds
   * @param withJvm CPU of the whole process, so with garbage collection and JIT compilation, a
   *     round on average: collections don't fall into every round
   * @param pauses for which young and full collections stopped all threads, a round on average
   */
  record Result(Evaluation median, Duration withJvm, Duration pauses) {}

  EvaluationMeter(CheckedProbe probe) {
    this.probe = probe;
  }

  /**
   * Evaluates until the JIT compiler has seen enough.
   *
   * @param rounds at least so often
   * @param time and at least so long
   */
  void warmUp(int rounds, Duration time) {
    long begun = System.nanoTime();
    for (int i = 0; i < rounds || System.nanoTime() - begun < time.toNanos(); i++) {
      probe.check(probe.evaluate());
    }
  }

  Result measure(int rounds) {
    long[] threads = threads();
    List<Evaluation> evaluations = new ArrayList<>();
    long processCpu = 0;
    long pausesBefore = pausesMillis();
    for (int round = 0; round < rounds; round++) {
      long processBefore = SYSTEM.getProcessCpuTime();
      long allocatedBefore = sum(THREADS.getThreadAllocatedBytes(threads));
      long cpuBefore = sum(THREADS.getThreadCpuTime(threads));
      long begun = System.nanoTime();
      ClusterSnapshot snapshot = probe.evaluate();
      long wall = System.nanoTime() - begun;
      long cpu = sum(THREADS.getThreadCpuTime(threads)) - cpuBefore;
      long allocated = sum(THREADS.getThreadAllocatedBytes(threads)) - allocatedBefore;
      processCpu += SYSTEM.getProcessCpuTime() - processBefore;
      probe.check(snapshot);
      evaluations.add(new Evaluation(Duration.ofNanos(wall), Duration.ofNanos(cpu), allocated));
    }
    if (!Arrays.equals(threads, threads())) {
      throw new IllegalStateException("the probe's threads have changed while it was measured");
    }
    return new Result(
        Evaluation.median(evaluations),
        Duration.ofNanos(processCpu / rounds),
        Duration.ofMillis(pausesMillis() - pausesBefore).dividedBy(rounds));
  }

  private static long pausesMillis() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !collector.getName().contains("Concurrent")) // from Java 20 on
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static long[] threads() {
    LongStream ofClient =
        Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(Objects::nonNull)
            .filter(thread -> thread.getThreadName().contains(THREAD_NAME))
            .mapToLong(ThreadInfo::getThreadId);
    long[] ids =
        LongStream.concat(LongStream.of(Thread.currentThread().getId()), ofClient)
            .sorted()
            .toArray();
    if (ids.length < 2) {
      throw new IllegalStateException("no thread of Kafka's client is named " + THREAD_NAME);
    }
    return ids;
  }

  private static long sum(long[] figures) {
    if (Arrays.stream(figures).anyMatch(figure -> figure < 0)) {
      throw new IllegalStateException("a thread of the probe has ended while it was measured");
    }
    return Arrays.stream(figures).sum();
  }
}

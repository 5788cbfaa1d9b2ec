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
import java.util.concurrent.atomic.AtomicReference;
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
  private final ListTopics reference;

  /**
   * What came of some rounds.
   *
   * @param rounds what was measured
   * @param withJvm CPU of the whole process, so with garbage collection and JIT compilation, a
   *     round on average: collections don't fall into every round
   * @param pauses for which young and full collections stopped all threads, a round on average
   */
  record Result(AgentFigures.Rounds rounds, Duration withJvm, Duration pauses) {}

  EvaluationMeter(CheckedProbe probe, ListTopics reference) {
    this.probe = probe;
    this.reference = reference;
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
      reference.ask();
    }
  }

  Result measure(int rounds) {
    long[] threads = threads();
    long[] own = {Thread.currentThread().getId()};
    List<Evaluation> evaluations = new ArrayList<>();
    List<Evaluation> listTopics = new ArrayList<>();
    long processCpu = 0;
    long pauses = 0;
    for (int round = 0; round < rounds; round++) {
      long pausesBefore = pausesMillis();
      long processBefore = SYSTEM.getProcessCpuTime();
      AtomicReference<ClusterSnapshot> snapshot = new AtomicReference<>();
      evaluations.add(measure(threads, () -> snapshot.set(probe.evaluate())));
      processCpu += SYSTEM.getProcessCpuTime() - processBefore;
      pauses += pausesMillis() - pausesBefore;
      probe.check(snapshot.get());
      listTopics.add(measure(own, reference::ask));
    }
    if (!Arrays.equals(threads, threads())) {
      throw new IllegalStateException("the probe's threads have changed while it was measured");
    }
    return new Result(
        new AgentFigures.Rounds(evaluations, listTopics),
        Duration.ofNanos(processCpu / rounds),
        Duration.ofMillis(pauses).dividedBy(rounds));
  }

  private static Evaluation measure(long[] threads, Runnable work) {
    long allocatedBefore = sum(THREADS.getThreadAllocatedBytes(threads));
    long cpuBefore = sum(THREADS.getThreadCpuTime(threads));
    long begun = System.nanoTime();
    work.run();
    long wall = System.nanoTime() - begun;
    long cpu = sum(THREADS.getThreadCpuTime(threads)) - cpuBefore;
    long allocated = sum(THREADS.getThreadAllocatedBytes(threads)) - allocatedBefore;
    return new Evaluation(Duration.ofNanos(wall), Duration.ofNanos(cpu), allocated);
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

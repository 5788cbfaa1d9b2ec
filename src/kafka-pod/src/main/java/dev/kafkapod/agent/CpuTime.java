package dev.kafkapod.agent;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The CPU time of the agent's own threads, those of its Kafka clients included. */
final class CpuTime {

  /** More than the agent ever has. */
  private static final int THREADS = 64;

  private final ThreadGroup group;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  /**
   * A meter.
   *
   * @param group the agent's thread group: new threads are born into that of their parents
   */
  CpuTime(ThreadGroup group) {
    this.group = group;
  }

  /** Nanoseconds that all threads that live now have used; 0 where the JVM doesn't count them. */
  long nanos() {
    if (!threads.isThreadCpuTimeSupported() || !threads.isThreadCpuTimeEnabled()) {
      return 0;
    }
    Thread[] ours = new Thread[THREADS];
    int count = group.enumerate(ours);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.max(0, threads.getThreadCpuTime(ours[i].getId()));
    }
    return sum;
  }
}

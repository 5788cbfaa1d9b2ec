package dev.kafkapod.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.kafkapod.testing.KafkaNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a broker's process, and in it the agent's threads, have used of a core up to now. */
final class AgentThreads {

  /** In the names of the agent's own threads, and of those of Kafka's clients that it uses. */
  private static final String OURS = "kafka-pod";

  /** The name that the JDK's HTTP server gives its thread. */
  private static final String HTTP = "HTTP-Dispatcher";

  /**
   * What was used, in percent of one core.
   *
   * @param agent by the agent's threads; those that came or went meanwhile are left out
   * @param process by all of the process, so with garbage collection and compilation
   */
  record Share(double agent, double process) {}

  private record Sample(long nanos, long process, Map<Long, Long> threads) {
    Share until(Sample later) {
      long agent =
          threads.entrySet().stream()
              .filter(entry -> later.threads.containsKey(entry.getKey()))
              .mapToLong(entry -> later.threads.get(entry.getKey()) - entry.getValue())
              .sum();
      double wall = later.nanos - nanos;
      return new Share(100 * agent / wall, 100 * (later.process - process) / wall);
    }
  }

  private AgentThreads() {}

  /** Watches brokers that have nothing else to do. */
  static List<Share> watch(List<KafkaNode> brokers, Duration time)
      throws IOException, InterruptedException {
    List<Sample> before = samples(brokers);
    Thread.sleep(time.toMillis());
    List<Sample> after = samples(brokers);
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < brokers.size(); i++) {
      shares.add(before.get(i).until(after.get(i)));
    }
    return shares;
  }

  private static List<Sample> samples(List<KafkaNode> brokers) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (KafkaNode broker : brokers) {
      samples.add(sample(broker));
    }
    return samples;
  }

  @SuppressWarnings("BanJNDI") // the address is one that the fixture has chosen itself
  private static Sample sample(KafkaNode broker) throws IOException {
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(broker.jmxUrl()))) {
      MBeanServerConnection beans = connector.getMBeanServerConnection();
      ThreadMXBean threads =
          ManagementFactory.newPlatformMXBeanProxy(
              beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
      OperatingSystemMXBean system =
          ManagementFactory.newPlatformMXBeanProxy(
              beans, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
      Map<Long, Long> cpu = new HashMap<>();
      for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
        if (thread != null && isOurs(thread.getThreadName())) {
          cpu.put(thread.getThreadId(), threads.getThreadCpuTime(thread.getThreadId()));
        }
      }
      return new Sample(System.nanoTime(), system.getProcessCpuTime(), cpu);
    }
  }

  private static boolean isOurs(String thread) {
    return thread.contains(OURS) || thread.equals(HTTP);
  }
}

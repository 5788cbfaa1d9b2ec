package dev.kafkapod.tryout;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Adds up for how long partitions had fewer in-sync replicas than min.insync.replicas. Looks for
 * itself, not through kafka-pod, which it is to judge.
 */
final class MinIsrWatch implements AutoCloseable {

  private static final long EVERY_MS = 100;
  private static final long ANSWER_WITHIN_S = 5;

  private final Supplier<Admin> admin;
  private final Map<String, Integer> minIsr;
  private final AtomicLong partitionMillis = new AtomicLong();
  private final AtomicLong looks = new AtomicLong();
  private final Thread thread = new Thread(this::watch, "min-isr-watch");
  private volatile boolean running = true;

  /**
   * Begins to watch.
   *
   * @param minIsr the topics to watch, with their min.insync.replicas
   */
  MinIsrWatch(Supplier<Admin> admin, Map<String, Integer> minIsr) {
    this.admin = admin;
    this.minIsr = Map.copyOf(minIsr);
    thread.start();
  }

  private void watch() {
    long before = System.nanoTime();
    while (running) {
      try {
        Thread.sleep(EVERY_MS);
        long under = partitionsUnder();
        long now = System.nanoTime();
        partitionMillis.addAndGet(under * TimeUnit.NANOSECONDS.toMillis(now - before));
        looks.incrementAndGet();
        before = now;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        // a broker that is just stopping: the next look covers this time too
      }
    }
  }

  private long partitionsUnder() throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, TopicDescription> topics =
        admin
            .get()
            .describeTopics(List.copyOf(minIsr.keySet()))
            .allTopicNames()
            .get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
    return topics.values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .filter(it -> it.isr().size() < minIsr.get(topic.name())))
        .count();
  }

  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Seconds under min ISR, summed over partitions. */
  double partitionSeconds() {
    return partitionMillis.get() / 1000.0;
  }

  /** How often it has looked; a sum of nothing would prove nothing. */
  long looks() {
    return looks.get();
  }
}

package dev.kafkapod.tryout;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * Counts partitions without all their replicas in sync, over time. Looks for itself, not through
 * kafka-pod, which it is to judge.
 */
public final class IsrWatch implements AutoCloseable {

  private static final long EVERY_MS = 100;
  private static final long ANSWER_WITHIN_S = 5;

  /**
   * One look at all watched partitions.
   *
   * @param atMillis since the watch began
   * @param underReplicated how many have a smaller ISR than replica set
   * @param atMinIsr how many have just their min ISR, though more replicas than that
   * @param underMinIsr how many have fewer, so that acks=all sends are refused
   * @param offline how many have no leader
   */
  public record Look(
      long atMillis, int underReplicated, int atMinIsr, int underMinIsr, int offline) {}

  private final Supplier<Admin> admin;
  private final Map<String, Integer> minIsr;
  private final List<Look> looks = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::watch, "isr-watch");
  private final long begun = System.nanoTime();
  private volatile boolean running = true;

  /**
   * Begins to watch.
   *
   * @param minIsr the topics to watch, with their min.insync.replicas
   */
  public IsrWatch(Supplier<Admin> admin, Map<String, Integer> minIsr) {
    this.admin = admin;
    this.minIsr = Map.copyOf(minIsr);
    thread.start();
  }

  private void watch() {
    while (running) {
      try {
        Thread.sleep(EVERY_MS);
        looks.add(look());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException | TimeoutException e) {
        // a broker that is just stopping: the next look covers this time too
      }
    }
  }

  private Look look() throws InterruptedException, ExecutionException, TimeoutException {
    Collection<TopicDescription> topics =
        admin
            .get()
            .describeTopics(List.copyOf(minIsr.keySet()))
            .allTopicNames()
            .get(ANSWER_WITHIN_S, TimeUnit.SECONDS)
            .values();
    int underReplicated = 0;
    int atMinIsr = 0;
    int underMinIsr = 0;
    int offline = 0;
    for (TopicDescription topic : topics) {
      int minimum = minIsr.get(topic.name());
      for (TopicPartitionInfo partition : topic.partitions()) {
        int inSync = partition.isr().size();
        int replicas = partition.replicas().size();
        underReplicated += inSync < replicas ? 1 : 0;
        atMinIsr += inSync == minimum && replicas > minimum ? 1 : 0;
        underMinIsr += inSync < minimum ? 1 : 0;
        offline += partition.leader() == null || partition.leader().isEmpty() ? 1 : 0;
      }
    }
    return new Look(millis(), underReplicated, atMinIsr, underMinIsr, offline);
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
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

  /** When it began, on the JVM's monotonic clock. */
  public long begunNanos() {
    return begun;
  }

  /** Everything that it has seen; nothing would prove nothing. */
  public List<Look> looks() {
    return List.copyOf(looks);
  }

  /** Seconds under min ISR, summed over partitions. */
  public double partitionSeconds() {
    long before = 0;
    long partitionMillis = 0;
    for (Look look : looks) {
      partitionMillis += look.underMinIsr() * (look.atMillis() - before);
      before = look.atMillis();
    }
    return partitionMillis / 1000.0;
  }
}

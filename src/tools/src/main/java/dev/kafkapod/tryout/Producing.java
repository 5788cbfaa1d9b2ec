package dev.kafkapod.tryout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends with acks=all all the time, and counts what failed for good. */
public final class Producing implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * How much is sent.
   *
   * @param burst messages every 5 ms, at least 1
   * @param bytes of each message, at least 20
   */
  public record Pace(int burst, int bytes) {

    static final Pace GENTLE = new Pace(1, 20);

    /** About so many messages a second. */
    public static Pace perSecond(int messages, int bytes) {
      return new Pace(Math.max(1, (int) (messages * PAUSE.toMillis() / 1000)), bytes);
    }
  }

  private final KafkaProducer<byte[], byte[]> producer;
  private final Thread thread;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final ConcurrentSkipListSet<String> failedAt = new ConcurrentSkipListSet<>();
  private final Acknowledgements acknowledgements = new Acknowledgements(System.nanoTime());
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();
  private volatile boolean running = true;

  private Producing(
      String bootstrapServers,
      List<TopicPartition> targets,
      Function<TopicPartition, Integer> partition,
      Pace pace,
      Duration patience) {
    List<TopicPartition> all = List.copyOf(targets);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                (int) patience.toMillis(),
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                patience.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                (int) Math.min(10_000, patience.toMillis() / 2),
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                "enable.metrics.push",
                false),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.thread = new Thread(() -> send(all, partition, pace), "producing");
    thread.start();
  }

  /** Begins to send to topics, to whichever of their partitions the producer likes. */
  public static Producing toTopics(String bootstrapServers, List<String> topics) {
    return toTopics(bootstrapServers, topics, Pace.GENTLE, PATIENCE);
  }

  /**
   * The same at another pace.
   *
   * @param patience how long a message is tried to be delivered
   */
  public static Producing toTopics(
      String bootstrapServers, List<String> topics, Pace pace, Duration patience) {
    List<TopicPartition> targets =
        topics.stream().map(topic -> new TopicPartition(topic, 0)).toList();
    return new Producing(bootstrapServers, targets, target -> null, pace, patience);
  }

  /**
   * Begins to send to each of these partitions in turn.
   *
   * @param patience how long a message is tried to be delivered
   */
  public static Producing toPartitions(
      String bootstrapServers, List<TopicPartition> partitions, Duration patience) {
    return new Producing(
        bootstrapServers, partitions, TopicPartition::partition, Pace.GENTLE, patience);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback gets what the future would have
  private void send(
      List<TopicPartition> targets, Function<TopicPartition, Integer> partition, Pace pace) {
    try {
      for (long number = 0; running; number++) {
        byte[] value =
            Arrays.copyOf(Long.toString(number).getBytes(StandardCharsets.UTF_8), pace.bytes());
        TopicPartition target = targets.get((int) (number % targets.size()));
        long sent = System.nanoTime();
        producer.send(
            new ProducerRecord<>(target.topic(), partition.apply(target), null, value),
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.incrementAndGet();
                acknowledgements.add(sent, System.nanoTime());
              } else {
                failed(target, failure);
              }
            });
        if (number % pace.burst() == 0) {
          Thread.sleep(PAUSE.toMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      firstFailure.compareAndSet(null, e);
    }
  }

  private void failed(TopicPartition target, Exception failure) {
    failed.incrementAndGet();
    failedAt.add(target.toString());
    firstFailure.compareAndSet(null, failure);
  }

  /** Stops sending and waits until every message is acknowledged or has failed. */
  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close();
    acknowledgements.end(System.nanoTime());
  }

  /** How long acknowledgements took, and when none came. */
  public Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  /** How many messages have been acknowledged so far. */
  public long acknowledged() {
    return acknowledged.get();
  }

  /** How many messages have been given up so far. */
  public long failed() {
    return failed.get();
  }

  /**
   * Where messages were given up, as topic-partition; the number means nothing where only topics
   * were given.
   */
  public Set<String> failedAt() {
    return new TreeSet<>(failedAt);
  }

  /** How many messages were given up; with the first reason, for people. */
  public String failures() {
    return failed.get()
        + (firstFailure.get() == null ? "" : " (first: " + firstFailure.get() + ")");
  }

  boolean anyFailed() {
    return failed.get() > 0;
  }
}

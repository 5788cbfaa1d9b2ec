package dev.kafkapod.tryout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends with acks=all all the time, and counts what failed for good. */
final class Producing implements AutoCloseable {

  private static final long PAUSE_MS = 5;

  private final KafkaProducer<byte[], byte[]> producer;
  private final List<String> topics;
  private final Thread thread;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicReference<Exception> firstFailure = new AtomicReference<>();
  private volatile boolean running = true;

  Producing(String bootstrapServers, List<String> topics) {
    this.topics = List.copyOf(topics);
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                60_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000,
                ProducerConfig.LINGER_MS_CONFIG,
                5,
                "enable.metrics.push",
                false),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    this.thread = new Thread(this::send, "producing");
    thread.start();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback gets what the future would have
  private void send() {
    try {
      for (long number = 0; running; number++) {
        byte[] value = Long.toString(number).getBytes(StandardCharsets.UTF_8);
        String topic = topics.get((int) (number % topics.size()));
        producer.send(
            new ProducerRecord<>(topic, value),
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.incrementAndGet();
              } else {
                failed(failure);
              }
            });
        Thread.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  private void failed(Exception failure) {
    failed.incrementAndGet();
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
  }

  long acknowledged() {
    return acknowledged.get();
  }

  /** How many messages were given up; with the first reason, for people. */
  String failures() {
    return failed.get()
        + (firstFailure.get() == null ? "" : " (first: " + firstFailure.get() + ")");
  }

  boolean anyFailed() {
    return failed.get() > 0;
  }
}

package dev.kafkapod.bench;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's client alone: the call by which an evaluation gets all partitions. What an evaluation
 * costs is judged by it, because both run on the same machine in the same minute.
 */
final class ListTopics implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final StandInShape shape;
  private final KafkaConsumer<byte[], byte[]> consumer;

  ListTopics(String bootstrapServers, StandInShape shape) {
    this.shape = shape;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "client.id", "bench-list-topics"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Asks once. All of it runs on the calling thread.
   *
   * @throws IllegalStateException if a topic is missing
   */
  void ask() {
    int seen = consumer.listTopics(TIMEOUT).size();
    if (seen != shape.topics()) {
      throw new IllegalStateException(
          "listTopics: expected %d topics, got %d".formatted(shape.topics(), seen));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

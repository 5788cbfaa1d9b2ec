package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Hears which cluster a consumer is in talks with. Kafka tells that to nobody but listeners, and a
 * consumer's deserializer may be one.
 */
final class ClusterIdListener extends ByteArrayDeserializer implements ClusterResourceListener {

  /** A topic's name that nobody has: only that there is an answer counts. */
  private static final String NO_TOPIC = "kafka-pod-asks-whose-broker-this-is";

  private volatile String first;
  private volatile String id;

  /**
   * A consumer that this one listens to.
   *
   * @param brokers whom it meets first
   * @throws Unanswered if no name of an address is known
   */
  KafkaConsumer<byte[], byte[]> consumer(
      ClientSettings settings, List<String> brokers, Duration timeout) throws Unanswered {
    return NewClient.of(
        settings,
        () ->
            new KafkaConsumer<>(
                settings.forConsumer(brokers, timeout), this, new ByteArrayDeserializer()));
  }

  /**
   * Has a consumer meet somebody.
   *
   * @throws KafkaException if nobody answers before the deadline
   */
  static void meet(KafkaConsumer<byte[], byte[]> consumer, Deadline deadline) {
    try {
      consumer.partitionsFor(NO_TOPIC, deadline.remaining());
    } catch (AuthorizationException e) {
      // an answer, too
    }
  }

  @Override
  public void onUpdate(ClusterResource cluster) {
    id = cluster.clusterId();
    if (first == null) {
      first = id;
    }
  }

  /** The id that was heard first, at a bootstrap address; empty if none was. */
  Optional<String> first() {
    return Optional.ofNullable(first);
  }

  /** The id that was heard last; empty if none was. */
  Optional<String> id() {
    return Optional.ofNullable(id);
  }
}

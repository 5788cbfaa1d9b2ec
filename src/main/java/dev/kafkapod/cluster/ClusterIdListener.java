package dev.kafkapod.cluster;

import java.util.Optional;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.ClusterResourceListener;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Hears which cluster a consumer is in talks with. Kafka tells that to nobody but listeners, and a
 * consumer's deserializer may be one.
 */
final class ClusterIdListener extends ByteArrayDeserializer implements ClusterResourceListener {

  /** A topic's name that nobody has: only that there is an answer counts. */
  static final String NO_TOPIC = "kafka-pod-asks-whose-broker-this-is";

  private volatile String first;
  private volatile String id;

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

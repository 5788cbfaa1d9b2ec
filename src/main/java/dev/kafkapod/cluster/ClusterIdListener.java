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

  private volatile String id;

  @Override
  public void onUpdate(ClusterResource cluster) {
    id = cluster.clusterId();
  }

  /** The id that was heard last; empty if none was. */
  Optional<String> id() {
    return Optional.ofNullable(id);
  }
}

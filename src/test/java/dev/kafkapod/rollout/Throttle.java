package dev.kafkapod.rollout;

import dev.kafkapod.testing.KafkaCluster;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Makes small brokers as slow to catch up, in proportion, as those with years of data: Kafka's own
 * replication quotas, which hold up only replicas that are out of sync.
 */
final class Throttle {

  /** How much faster than it grew a backlog is caught up with. */
  private static final int TIMES_LOAD = 2;

  private Throttle() {}

  static void set(KafkaCluster cluster, Setting setting) throws InterruptedException {
    // what one broker gets of the load, as leader or follower
    long perBroker =
        (long) setting.load()
            * Setting.MESSAGE_BYTES
            * setting.replicationFactor()
            / setting.brokers();
    String rate = String.valueOf(perBroker * TIMES_LOAD);
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (int id = 0; id < setting.brokers(); id++) {
      changes.put(
          new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(id)),
          List.copyOf(
              Stream.of("leader.replication.throttled.rate", "follower.replication.throttled.rate")
                  .map(key -> new AlterConfigOp(new ConfigEntry(key, rate), OpType.SET))
                  .toList()));
    }
    try {
      cluster.admin().incrementalAlterConfigs(changes).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the throttle couldn't be set", e);
    }
  }
}

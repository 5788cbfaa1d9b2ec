package dev.kafkapod.rollout;

import dev.kafkapod.testing.KafkaCluster;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Makes small brokers as slow to catch up, in proportion, as those with years of data, by Kafka's
 * own replication quotas. Only those of leaders, who know which replicas are out of sync: followers
 * also hold up replicas that have only just come back into the ISR, and all acks=all sends with
 * them.
 */
final class Throttle {

  private static final String RATE = "leader.replication.throttled.rate";

  /** What topics are to have for the quotas to count. */
  static final String TOPIC_CONFIG = "leader.replication.throttled.replicas";

  /** More than one, so that even by a single leader what is missed grows smaller. */
  private static final double TIMES_LOAD = 1.2;

  /** Bytes a second; with less than that, even what is sent now would be held up. */
  private static final long LEAST = 50_000;

  private Throttle() {}

  /**
   * Sets the quotas. Each leader's is enough for one broker of each set: for some seconds after a
   * restart one broker may lead everything.
   *
   * @param perSecond messages that are really sent each second
   */
  static void set(KafkaCluster cluster, Setting setting, long perSecond)
      throws InterruptedException {
    long ofOneBroker =
        perSecond * Setting.MESSAGE_BYTES * setting.replicationFactor() / setting.brokers();
    String rate =
        String.valueOf(Math.max(LEAST, (long) (ofOneBroker * TIMES_LOAD * setting.sets())));
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (int id = 0; id < setting.brokers(); id++) {
      changes.put(
          new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(id)),
          List.of(new AlterConfigOp(new ConfigEntry(RATE, rate), OpType.SET)));
    }
    try {
      cluster.admin().incrementalAlterConfigs(changes).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the throttle couldn't be set", e);
    }
  }
}

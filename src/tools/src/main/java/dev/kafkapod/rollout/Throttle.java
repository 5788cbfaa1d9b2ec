package dev.kafkapod.rollout;

import dev.kafkapod.testing.KafkaCluster;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  private static final long LIMIT_S = 3;

  /** Bytes a second; with less than that, even what is sent now would be held up. */
  private static final long LEAST = 50_000;

  /** How long a rollout may stand still before what holds it up is let through faster. */
  private static final Duration STANDSTILL = Duration.ofSeconds(60);

  private final KafkaCluster cluster;
  private final Setting setting;
  private long rate;
  private boolean toldAll = true;

  Throttle(KafkaCluster cluster, Setting setting) {
    this.cluster = cluster;
    this.setting = setting;
  }

  /**
   * What each leader may send, in bytes a second: enough for one broker of each set, for some
   * seconds after a restart one broker may lead everything. Twice as much for each minute in which
   * nothing has changed: on a busy machine the load was measured too low.
   *
   * @param perSecond messages that are really sent each second
   * @param standstill since a broker last changed
   */
  static long rate(Setting setting, long perSecond, Duration standstill) {
    long ofOneBroker =
        perSecond * Setting.MESSAGE_BYTES * setting.replicas().factor() / setting.brokers();
    long enough = Math.max(LEAST, (long) (ofOneBroker * TIMES_LOAD * setting.sets()));
    return enough << Math.min(10, standstill.toSeconds() / STANDSTILL.toSeconds());
  }

  /** Sets the quotas, if they must be higher than they are; they never get lower. */
  boolean allow(long perSecond, Duration standstill) {
    long wanted = rate(setting, perSecond, standstill);
    boolean higher = wanted > rate;
    if (!higher && toldAll) {
      return false;
    }
    rate = Math.max(rate, wanted);
    toldAll = true;
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
    for (int id = 0; id < setting.brokers(); id++) {
      changes.put(
          new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(id)),
          List.of(new AlterConfigOp(new ConfigEntry(RATE, String.valueOf(rate)), OpType.SET)));
    }
    // a broker that is down can't be told: all are told once more the next time
    changes.forEach(
        (broker, change) -> {
          try {
            cluster
                .admin()
                .incrementalAlterConfigs(Map.of(broker, change))
                .all()
                .get(LIMIT_S, TimeUnit.SECONDS);
          } catch (ExecutionException | TimeoutException e) {
            toldAll = false;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return higher;
  }

  /** In kilobytes a second, for people. */
  String describe() {
    return rate / 1000 + " kB/s";
  }
}

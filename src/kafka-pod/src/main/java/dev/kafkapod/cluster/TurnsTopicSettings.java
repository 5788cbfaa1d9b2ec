package dev.kafkapod.cluster;

import dev.kafkapod.turns.TurnRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the topic of turns has to be like. The order of its records is a lock only as long as no
 * record that was acknowledged is lost, reordered, or removed while it may stand.
 *
 * @param name the topic's name, for messages
 */
record TurnsTopicSettings(String name) {

  /**
   * With five replicas, two are left where one of two Kubernetes clusters is lost, however Kafka
   * has spread them.
   */
  private static final int MOST_REPLICAS = 5;

  private static final int FEW_REPLICAS = 3;

  /** Longer than any record may stand: compaction takes none that may count. */
  private static final long KEPT_MS = 2 * TurnRequest.LONGEST.toMillis();

  /** How many replicas it is made with. */
  static short replicas(int brokers) {
    return (short) Math.max(1, Math.min(MOST_REPLICAS, brokers));
  }

  /** Its settings when it is made. */
  static Map<String, String> of(int brokers) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    settings.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, brokers < FEW_REPLICAS ? "1" : "2");
    settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    settings.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, String.valueOf(KEPT_MS));
    settings.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, String.valueOf(2 * KEPT_MS));
    settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, String.valueOf(KEPT_MS));
    settings.put(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(KEPT_MS));
    return settings;
  }

  /**
   * What breaks the lock.
   *
   * @param partitions how many partitions it has
   * @param settings its settings as they are
   * @return a sentence each, with what to do; empty if its order is a lock
   */
  List<String> faults(int partitions, Map<String, String> settings) {
    List<String> faults = new ArrayList<>();
    if (partitions != 1) {
      faults.add(
          "topic %s must have one partition, because the order of its records is the lock, and has %d; delete it while no node stops, and kafka-pod makes it anew"
              .formatted(name, partitions));
    }
    must(settings, TopicConfig.CLEANUP_POLICY_CONFIG, "compact", faults);
    must(settings, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime", faults);
    must(settings, TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false", faults);
    String kept = settings.getOrDefault(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0");
    if (number(kept) < KEPT_MS) {
      faults.add(
          fault(
              TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
              "at least " + KEPT_MS,
              kept,
              String.valueOf(KEPT_MS)));
    }
    return faults;
  }

  private void must(
      Map<String, String> settings, String setting, String value, List<String> faults) {
    String is = settings.getOrDefault(setting, "unknown");
    if (!is.equals(value)) {
      faults.add(fault(setting, value, is, value));
    }
  }

  private String fault(String setting, String rule, String is, String value) {
    return "topic %s must have %s=%s, and has %s; correct it with kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s=%s"
        .formatted(name, setting, rule, is, name, setting, value);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * What makes it weaker than it could be.
   *
   * @param replicas how many it has
   * @param brokers how many brokers the cluster has
   */
  Optional<String> weakness(int replicas, int brokers, Map<String, String> settings) {
    if (replicas < Math.min(FEW_REPLICAS, brokers)) {
      return Optional.of(
          "topic %s has %d replica%s, and %d brokers could have %d: turns stop with it; add some with kafka-reassign-partitions.sh"
              .formatted(
                  name,
                  replicas,
                  replicas == 1 ? "" : "s",
                  brokers,
                  Math.min(MOST_REPLICAS, brokers)));
    }
    long minIsr = number(settings.getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1"));
    if (minIsr < 2 && replicas >= FEW_REPLICAS) {
      return Optional.of(
          "topic %s has min.insync.replicas=%d: a lost disk may lose turns; set it to 2"
              .formatted(name, minIsr));
    }
    return minIsr >= replicas && replicas > 1
        ? Optional.of(
            "topic %s has min.insync.replicas=%d with %d replicas: no turn can be taken while one of them is down; set it to %d"
                .formatted(name, minIsr, replicas, replicas - 1))
        : Optional.empty();
  }
}

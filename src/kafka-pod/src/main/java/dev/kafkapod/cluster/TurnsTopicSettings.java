package dev.kafkapod.cluster;

import dev.kafkapod.turns.TurnRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
  private static final int MIN_ISR = 2;
  private static final String UNKNOWN = "unknown";

  /** What its order needs to be a lock. */
  private static final Map<String, String> MUST = must();

  private static Map<String, String> must() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    return settings;
  }

  /** Longer than any record may stand: compaction takes none that may count. */
  private static final long KEPT_MS = 2 * TurnRequest.LONGEST.toMillis();

  /** How many replicas it is made with. */
  static short replicas(int brokers) {
    return (short) Math.max(1, Math.min(MOST_REPLICAS, brokers));
  }

  /** Its settings when it is made. */
  static Map<String, String> of(int brokers) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.putAll(MUST);
    settings.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
        String.valueOf(brokers < FEW_REPLICAS ? 1 : MIN_ISR));
    settings.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, String.valueOf(KEPT_MS));
    settings.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, String.valueOf(2 * KEPT_MS));
    settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, String.valueOf(KEPT_MS));
    settings.put(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(KEPT_MS));
    return settings;
  }

  /**
   * How many brokers it is made for. A broker that is down for a moment counts where few are left,
   * so that what is made during a rollout isn't weak for ever; those that may never come back
   * don't.
   *
   * @param live the brokers that aren't fenced
   * @param registered all of them
   */
  static int brokers(int live, int registered) {
    return Math.max(live, Math.min(FEW_REPLICAS, registered));
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
          "topic %s must have one partition, because the order of its records is the lock, and has %d; delete it with kafka-topics.sh --delete --topic %s while no node stops: kafka-pod makes it anew"
              .formatted(name, partitions, name));
    }
    Map<String, String> corrections = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    MUST.forEach(
        (setting, value) -> {
          String is = settings.getOrDefault(setting, UNKNOWN);
          if (!is.equals(value)) {
            wrong.add("%s=%s, and has %s".formatted(setting, value, is));
            corrections.put(setting, value);
          }
        });
    String kept = settings.getOrDefault(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, UNKNOWN);
    if (number(kept) < KEPT_MS) {
      wrong.add(
          "%s=%d or more, and has %s"
              .formatted(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, KEPT_MS, kept));
      corrections.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, String.valueOf(KEPT_MS));
      String longest = settings.get(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG);
      if (longest != null && number(longest) < KEPT_MS) { // Kafka refuses less than the minimum
        corrections.put(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, String.valueOf(2 * KEPT_MS));
      }
    }
    if (!wrong.isEmpty()) {
      faults.add(
          "topic %s must have %s; %s"
              .formatted(name, String.join("; ", wrong), correction(corrections)));
    }
    return faults;
  }

  private String correction(Map<String, String> corrections) {
    return "correct it with kafka-configs.sh --alter --entity-type topics --entity-name %s --add-config %s"
        .formatted(
            name,
            corrections.entrySet().stream()
                .map(it -> it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining(",")));
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
   * @return a sentence each, with what to do
   */
  List<String> weaknesses(int replicas, int brokers, Map<String, String> settings) {
    List<String> weaknesses = new ArrayList<>();
    if (replicas < Math.min(FEW_REPLICAS, brokers)) {
      weaknesses.add(
          "topic %s has %d replica%s, and on %d brokers it could have %d: while %s down, no turn can be taken; add replicas with kafka-reassign-partitions.sh"
              .formatted(
                  name,
                  replicas,
                  replicas == 1 ? "" : "s",
                  brokers,
                  replicas(brokers),
                  replicas == 1 ? "its broker is" : "its brokers are"));
    }
    String inSync = settings.getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, UNKNOWN);
    if (replicas >= FEW_REPLICAS && number(inSync) < MIN_ISR) {
      weaknesses.add(
          weakMinimum(inSync, replicas, "a disk that is lost may take turns with it", MIN_ISR));
    }
    if (replicas > 1 && number(inSync) >= replicas) {
      weaknesses.add(
          weakMinimum(
              inSync,
              replicas,
              number(inSync) > replicas
                  ? "no turn can be taken"
                  : "no turn can be taken while one of them is down",
              Math.min(MIN_ISR, replicas - 1)));
    }
    if (replicas == 1 && number(inSync) > 1) {
      weaknesses.add(weakMinimum(inSync, replicas, "no turn can be taken", 1));
    }
    return weaknesses;
  }

  private String weakMinimum(String is, int replicas, String effect, int better) {
    return "topic %s has %s=%s with %d replica%s: %s; %s"
        .formatted(
            name,
            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
            is,
            replicas,
            replicas == 1 ? "" : "s",
            effect,
            correction(Map.of(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(better))));
  }
}

package dev.kafkapod.nodeconfig;

import dev.kafkapod.common.NodeNumber;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The node id that a node's configuration gives it. */
public final class NodeId {

  /** What Kafka wants, for messages. */
  public static final String RULE = "must be a whole number from 0 to 2147483647";

  private NodeId() {}

  /**
   * Reads {@code node.id}, or {@code broker.id}, which Kafka takes where there is no other
   * (org.apache.kafka.server.config.AbstractKafkaConfig.populateSynonyms). Empty where there is
   * none, or one that Kafka refuses, or only what a config provider knows.
   */
  public static OptionalInt of(Map<String, String> properties) {
    return text(properties).map(NodeNumber::of).orElse(OptionalInt.empty());
  }

  /** What is written for it; empty if nothing is. */
  public static Optional<String> text(Map<String, String> properties) {
    return Optional.ofNullable(properties.getOrDefault("node.id", properties.get("broker.id")));
  }
}

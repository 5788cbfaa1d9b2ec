package dev.kafkapod.nodeconfig;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** The node id that a broker's configuration gives it. */
public final class NodeId {

  private NodeId() {}

  /**
   * Reads {@code node.id}, or {@code broker.id}, which ZooKeeper mode and old configurations have.
   * Empty where there is none, or only what a config provider knows.
   */
  public static OptionalInt of(Map<String, String> properties) {
    return Stream.of("node.id", "broker.id")
        .map(name -> properties.getOrDefault(name, "").strip())
        .filter(value -> value.matches("\\d{1,9}"))
        .mapToInt(Integer::parseInt)
        .findFirst();
  }
}

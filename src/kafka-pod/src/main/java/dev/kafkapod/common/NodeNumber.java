package dev.kafkapod.common;

import java.util.OptionalInt;

/**
 * A node id as Kafka reads it, wherever one is written: a whole number from 0 that an int holds,
 * with blanks around it, a plus sign or zeros before it (org.apache.kafka.common.config
 * .ConfigDef.parseType).
 */
public final class NodeNumber {

  private NodeNumber() {}

  /** Reads it; empty where Kafka refuses it. */
  public static OptionalInt of(String text) {
    try {
      int id = Integer.parseInt(text.trim());
      return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }
}

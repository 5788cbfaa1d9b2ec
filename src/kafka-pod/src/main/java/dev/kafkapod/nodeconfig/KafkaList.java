package dev.kafkapod.nodeconfig;

import java.util.ArrayList;
import java.util.List;

/** A list in a configuration of Kafka's. */
public final class KafkaList {

  private KafkaList() {}

  /** Its parts, without the blanks around them; empty ones, which Kafka 3.9 skips, are left out. */
  public static List<String> of(String value) {
    List<String> parts = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      if (!part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts;
  }
}

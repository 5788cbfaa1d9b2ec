package dev.kafkapod.rendering;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the Kafka that will read a configuration says of it. */
public interface KafkaOpinion {

  /** Every key that it knows without a prefix, or of a plugin. */
  Set<String> knownKeys();

  /** The keys whose values it treats as secrets: those of its type PASSWORD. */
  Set<String> passwordKeys();

  /** Whether a class is on its class path. */
  boolean hasClass(String name);

  /** What it would refuse to start with; empty if it takes the settings. May hold secrets. */
  Optional<String> refusal(Map<String, String> settings);
}

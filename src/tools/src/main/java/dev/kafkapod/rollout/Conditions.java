package dev.kafkapod.rollout;

import dev.kafkapod.cli.KafkaPod;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Under what a rollout ran, so that two pages can be compared.
 *
 * @param kafka its version
 * @param kafkaPod its version
 * @param java its version
 * @param cores of the machine
 * @param at when it ended
 */
record Conditions(String kafka, String kafkaPod, String java, int cores, Instant at) {

  Conditions {
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Of this machine, now. */
  static Conditions now(String kafka) {
    return new Conditions(
        kafka,
        Objects.requireNonNullElse(
            KafkaPod.class.getPackage().getImplementationVersion(), "not packaged"),
        Runtime.version().toString(),
        Runtime.getRuntime().availableProcessors(),
        Instant.now());
  }

  /** For people. */
  String describe() {
    return "Kafka %s, kafka-pod %s, Java %s, %s; %s"
        .formatted(kafka, kafkaPod, java, cores == 1 ? "1 core" : cores + " cores", at);
  }
}

package dev.kafkapod.bench;

import java.time.Duration;
import java.util.Collection;

/**
 * What an evaluation has cost the JVM that it runs in.
 *
 * @param wall from question to answer
 * @param cpu of the calling thread and of those of Kafka's client
 * @param allocated bytes that those threads have allocated
 */
record Evaluation(Duration wall, Duration cpu, long allocated) {

  /** The medians of each figure on its own. */
  static Evaluation median(Collection<Evaluation> all) {
    return new Evaluation(
        Duration.ofNanos(Cost.median(all, it -> it.wall().toNanos())),
        Duration.ofNanos(Cost.median(all, it -> it.cpu().toNanos())),
        Cost.median(all, Evaluation::allocated));
  }
}

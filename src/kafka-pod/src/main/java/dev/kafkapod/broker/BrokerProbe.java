package dev.kafkapod.broker;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.BrokerSnapshot;
import java.util.Optional;

/**
 * Tells what one Kafka process says of itself now. May block; see {@link
 * dev.kafkapod.bounded.Question}.
 */
@FunctionalInterface
public interface BrokerProbe {
  /**
   * Reads the process's state.
   *
   * @throws Unanswered if the process can't be reached or isn't Kafka
   */
  BrokerSnapshot snapshot() throws Unanswered;

  /** Why a snapshot that is still waited for may never come; empty if nobody knows. */
  default Optional<String> silence() {
    return Optional.empty();
  }
}

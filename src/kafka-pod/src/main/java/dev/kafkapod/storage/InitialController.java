package dev.kafkapod.storage;

import java.util.Objects;

/**
 * One of the controllers with which a cluster of dynamic voters begins.
 *
 * @param endpoint host:port
 * @param directoryId Kafka's id of its metadata directory
 */
public record InitialController(int id, String endpoint, String directoryId) {

  public InitialController {
    Objects.requireNonNull(endpoint);
    Objects.requireNonNull(directoryId);
  }

  /** As {@code kafka-storage.sh format --initial-controllers} takes it. */
  @Override
  public String toString() {
    return id + "@" + endpoint + ":" + directoryId;
  }
}

package dev.kafkapod.storage;

import dev.kafkapod.common.Address;
import java.util.Objects;

/**
 * One of the controllers with which a cluster of dynamic voters begins.
 *
 * @param address where it answers
 * @param directoryId Kafka's id of its metadata directory
 */
public record InitialController(int id, Address address, String directoryId) {

  public InitialController {
    Objects.requireNonNull(address);
    Objects.requireNonNull(directoryId);
  }

  /** As {@code kafka-storage.sh format --initial-controllers} takes it. */
  @Override
  public String toString() {
    return id + "@" + address + ":" + directoryId;
  }
}

package dev.kafkapod.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

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

  /**
   * The directory id on which all controllers agree without talking to each other: that of a
   * cluster's n-th node, in Kafka's own form (16 bytes, base64 for URLs).
   */
  public static String directoryId(String clusterId, int nodeId) {
    for (int salt = 0; ; salt++) {
      String seed = "kafka-pod directory %s %d %d".formatted(clusterId, nodeId, salt);
      UUID id = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
      byte[] bytes =
          ByteBuffer.allocate(2 * Long.BYTES)
              .putLong(id.getMostSignificantBits())
              .putLong(id.getLeastSignificantBits())
              .array();
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      if (!text.startsWith("-")) { // as Kafka's own: tools would take it for an option
        return text;
      }
    }
  }

  /** As {@code kafka-storage.sh format --initial-controllers} takes it. */
  @Override
  public String toString() {
    return id + "@" + endpoint + ":" + directoryId;
  }
}

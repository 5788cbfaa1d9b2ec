package dev.kafkapod.formatting;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Kafka tells dynamic voters apart by the ids of their metadata directories. */
public final class DirectoryIds {

  private DirectoryIds() {}

  /**
   * The directory id on which all controllers agree without talking to each other: that of a
   * cluster's n-th node, in Kafka's own form (16 bytes, base64 for URLs).
   */
  public static String of(String clusterId, int nodeId) {
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
}

package dev.kafkapod.nodeconfig;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * A directory's meta.properties. A file that Kafka can't make sense of is as bad as one that can't
 * be read (org.apache.kafka.metadata.properties.MetaProperties.Builder, MetaPropertiesEnsemble).
 */
record MetaProperties(
    Optional<String> clusterId, OptionalInt nodeId, Optional<String> directoryId) {

  static final String FILE = "meta.properties";

  /**
   * Reads the file as Kafka does.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException if it can't be read, or Kafka would refuse it; never has any of its
   *     contents
   */
  static MetaProperties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw new IOException(FILE + " has a malformed \\u escape", e);
    }
    return switch (version(properties)) {
      case 0 ->
          new MetaProperties(
              Optional.ofNullable(properties.getProperty("cluster.id")),
              properties.containsKey("broker.id")
                  ? OptionalInt.of(number(properties, "broker.id"))
                  : OptionalInt.empty(),
              directoryId(properties));
      case 1 -> {
        int nodeId = number(properties, "node.id");
        if (!properties.containsKey("cluster.id")) {
          throw new IOException(FILE + " has no cluster.id");
        }
        yield new MetaProperties(
            Optional.of(properties.getProperty("cluster.id")),
            OptionalInt.of(nodeId),
            directoryId(properties));
      }
      default -> throw new IOException(FILE + " is of a version that Kafka doesn't know");
    };
  }

  private static int version(Properties properties) throws IOException {
    try {
      return Integer.parseInt(properties.getProperty("version", "0").trim());
    } catch (NumberFormatException e) {
      throw new IOException(FILE + " has a version that is no number", e);
    }
  }

  private static int number(Properties properties, String key) throws IOException {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IOException(FILE + " has no " + key);
    }
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IOException(FILE + " has a " + key + " that is no number", e);
    }
  }

  /** Kafka's Uuid: 16 bytes, base64 for URLs. */
  private static Optional<String> directoryId(Properties properties) throws IOException {
    String id = properties.getProperty("directory.id");
    if (id == null) {
      return Optional.empty();
    }
    try {
      if (Base64.getUrlDecoder().decode(id).length == 2 * Long.BYTES) {
        return Optional.of(id);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(FILE + " has a directory.id that is none", e);
    }
    throw new IOException(FILE + " has a directory.id that is none");
  }
}

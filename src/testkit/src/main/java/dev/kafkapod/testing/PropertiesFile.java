package dev.kafkapod.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Files of properties. */
final class PropertiesFile {
  private PropertiesFile() {}

  /** Writes a file that Kafka and ZooKeeper can read. */
  static void write(Path file, Map<String, String> content) {
    Properties properties = new Properties();
    properties.putAll(content);
    try (OutputStream out = Files.newOutputStream(file)) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads such a file. */
  static Properties read(Path file) {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}

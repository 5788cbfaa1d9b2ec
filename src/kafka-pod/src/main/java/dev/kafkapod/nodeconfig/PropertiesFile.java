package dev.kafkapod.nodeconfig;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A file of Java properties, in the encoding in which Kafka reads its own (ISO 8859-1). */
public final class PropertiesFile {

  private PropertiesFile() {}

  /**
   * Reads the whole file.
   *
   * @param setting who names the file, for messages
   * @throws Misconfigured if it can't be read; the message never has anything of its contents
   */
  public static Map<String, String> read(String setting, Path file) {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (NoSuchFileException e) {
      throw new Misconfigured(setting + ": there is no file " + file, e);
    } catch (IOException e) {
      throw new Misconfigured(
          "%s: %s can't be read (%s)".formatted(setting, file, FileProblem.reason(e, file)), e);
    } catch (IllegalArgumentException e) {
      throw new Misconfigured(
          "%s: %s must hold Java properties, but has a malformed \\u escape (%s); write \\uXXXX or double the backslash"
              .formatted(setting, file, e.getMessage()),
          e);
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(key -> key, properties::getProperty));
  }

  /**
   * The same, but of nothing that opening or reading may wait for: a pipe, whose writer may never
   * come. For those who have nobody to end them, and for files that are read again and again.
   *
   * @throws Misconfigured also if it is a pipe, a socket or a device
   */
  public static Map<String, String> readRegular(String setting, Path file) {
    refusePipe(setting, file);
    return read(setting, file);
  }

  /**
   * Refuses a pipe, a socket and a device.
   *
   * @throws Misconfigured if it is one
   */
  public static void refusePipe(String setting, Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new Misconfigured(
          "%s: %s must be a regular file, and is a pipe or a device; name a file"
              .formatted(setting, file));
    }
  }
}

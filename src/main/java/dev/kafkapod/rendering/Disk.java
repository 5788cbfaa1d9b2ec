package dev.kafkapod.rendering;

import java.util.Map;
import java.util.Objects;

/**
 * What a log directory that has been a broker's says of itself.
 *
 * @param file its meta.properties
 * @param properties the lines of that file
 */
public record Disk(String file, Map<String, String> properties) {
  public Disk {
    Objects.requireNonNull(file);
    properties = Map.copyOf(properties);
  }
}

package dev.kafkapod.nodeconfig;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a node's configuration puts its data, as Kafka reads it
 * (org.apache.kafka.server.config.AbstractKafkaConfig.logDirs and metadataLogDir).
 *
 * @param logs {@code log.dirs}, in order; never empty
 * @param metadata where the metadata log goes; one of {@code logs} unless {@code metadata.log.dir}
 *     says otherwise
 */
public record NodeDirectories(List<String> logs, String metadata) {

  private static final String DEFAULT = "/tmp/kafka-logs";

  public NodeDirectories {
    logs = List.copyOf(logs);
  }

  /** What the lines of server.properties say. */
  public static NodeDirectories of(Map<String, String> properties) {
    List<String> several = KafkaList.of(properties.getOrDefault("log.dirs", ""));
    List<String> one = KafkaList.of(properties.getOrDefault("log.dir", ""));
    List<String> given = several.isEmpty() ? one : several;
    List<String> logs =
        given.isEmpty() ? List.of(DEFAULT) : List.copyOf(new LinkedHashSet<>(given));
    String metadata = properties.getOrDefault("metadata.log.dir", "").strip();
    return new NodeDirectories(logs, metadata.isEmpty() ? logs.get(0) : metadata);
  }

  /** Each directory once. */
  public Set<String> all() {
    Set<String> all = new LinkedHashSet<>(logs);
    all.add(metadata);
    return all;
  }
}

package dev.kafkapod.placement;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How many bytes a replica of each partition has.
 *
 * @param byTopic by topic and number; those that aren't known are missing
 * @param problems why some aren't known, each in one line
 */
public record PartitionSizes(Map<String, Map<Integer, Long>> byTopic, List<String> problems) {

  /** Nobody has asked. */
  public static final PartitionSizes NONE = new PartitionSizes(Map.of(), List.of());

  public PartitionSizes {
    byTopic = Map.copyOf(byTopic);
    problems = List.copyOf(problems);
  }

  OptionalLong of(String topic, int partition) {
    Long size = byTopic.getOrDefault(topic, Map.of()).get(partition);
    return size == null ? OptionalLong.empty() : OptionalLong.of(size);
  }
}

package dev.kafkapod.placement;

import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Partitions that a file names.
 *
 * @param source the file, for messages
 * @param byTopic the partitions' numbers by topic; none for all of a topic
 */
public record NamedPartitions(String source, NavigableMap<String, NavigableSet<Integer>> byTopic) {

  public NamedPartitions {
    Objects.requireNonNull(source);
    NavigableMap<String, NavigableSet<Integer>> copy = new TreeMap<>();
    byTopic.forEach((topic, partitions) -> copy.put(topic, new TreeSet<>(partitions)));
    byTopic = copy;
  }

  boolean names(String topic, int partition) {
    NavigableSet<Integer> named = byTopic.get(topic);
    return named != null && (named.isEmpty() || named.contains(partition));
  }
}

package dev.kafkapod.placement;

import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Partitions that a file names.
 *
 * @param source the file, for messages
 * @param byTopic the partitions' numbers by topic; none for all of a topic
 */
public record NamedPartitions(String source, SortedMap<String, SortedSet<Integer>> byTopic) {

  public NamedPartitions {
    Objects.requireNonNull(source);
    SortedMap<String, SortedSet<Integer>> copy = new TreeMap<>();
    byTopic.forEach((topic, partitions) -> copy.put(topic, new TreeSet<>(partitions)));
    byTopic = copy;
  }

  boolean names(String topic, int partition) {
    SortedSet<Integer> named = byTopic.get(topic);
    return named != null && (named.isEmpty() || named.contains(partition));
  }
}

package dev.kafkapod.tryout;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A topic of the story, of which it must be known whether a rolling restart can spare it. */
record StoryTopic(String name, int partitions, int replicas, int minIsr) {

  /** Without one, every restart of a broker that has a replica takes it under its min ISR. */
  private boolean hasReplicaToSpare() {
    return replicas > minIsr;
  }

  /** The topics that the last figures count, with their min.insync.replicas. */
  static Map<String, Integer> counted(List<StoryTopic> topics) {
    Map<String, Integer> counted = new TreeMap<>();
    topics.stream()
        .filter(StoryTopic::hasReplicaToSpare)
        .forEach(topic -> counted.put(topic.name(), topic.minIsr()));
    return counted;
  }

  /** A line for each topic that the last figures leave out, with the reason. */
  static List<String> leftOut(List<StoryTopic> topics) {
    return topics.stream()
        .filter(topic -> !topic.hasReplicaToSpare())
        .map(
            topic ->
                "These figures leave out %s: it has %s and min.insync.replicas %d, so it has none to spare, and every restart of a broker with one of them takes it under its min ISR."
                    .formatted(
                        topic.name(),
                        topic.replicas() == 1 ? "1 replica" : topic.replicas() + " replicas",
                        topic.minIsr()))
        .toList();
  }
}

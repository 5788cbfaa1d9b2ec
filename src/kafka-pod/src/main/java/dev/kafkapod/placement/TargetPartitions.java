package dev.kafkapod.placement;

import dev.kafkapod.common.Nearest;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The partitions that a target names.
 *
 * @param chosen in the order of their names
 * @param problems what is wrong with the names, each in one line with its remedy
 */
public record TargetPartitions(List<PartitionState> chosen, List<String> problems) {

  private static final int EXAMPLES = 10;

  public TargetPartitions {
    chosen = List.copyOf(chosen);
    problems = List.copyOf(problems);
  }

  /** Looks for them in a cluster with every partition. */
  public static TargetPartitions of(PlacementTarget target, ClusterSnapshot cluster) {
    List<String> problems = new ArrayList<>();
    target.topics().ifPresent(it -> checkTopics(it, cluster, problems));
    target.partitions().ifPresent(it -> checkNames(it, cluster, problems));
    return new TargetPartitions(
        cluster.partitions().stream().filter(chosenBy(target)).sorted().toList(), problems);
  }

  private static Predicate<PartitionState> chosenBy(PlacementTarget target) {
    return partition ->
        (target.topics().isEmpty() || target.topics().get().matcher(partition.topic()).matches())
            && (target.partitions().isEmpty()
                || target.partitions().get().names(partition.topic(), partition.partition()));
  }

  private static void checkTopics(Pattern pattern, ClusterSnapshot cluster, List<String> problems) {
    if (cluster.topics().stream().noneMatch(it -> pattern.matcher(it).matches())) {
      problems.add(
          "--topics: cluster %s has %s, and the whole name of none matches '%s'; correct it, or check --bootstrap-server"
              .formatted(
                  cluster.clusterId(),
                  Wording.count(cluster.topics().size(), "topic"),
                  pattern.pattern()));
    }
  }

  private static void checkNames(
      NamedPartitions named, ClusterSnapshot cluster, List<String> problems) {
    Map<String, NavigableSet<Integer>> there = new TreeMap<>();
    cluster
        .partitions()
        .forEach(
            it -> there.computeIfAbsent(it.topic(), topic -> new TreeSet<>()).add(it.partition()));
    List<String> missing = new ArrayList<>();
    named
        .byTopic()
        .forEach(
            (topic, numbers) -> {
              if (!there.containsKey(topic)) {
                missing.add("topic " + topic + Nearest.hint(topic, there.keySet()));
              } else {
                numbers.stream()
                    .filter(it -> !there.get(topic).contains(it))
                    .forEach(it -> missing.add("partition " + topic + "-" + it));
              }
            });
    if (!missing.isEmpty()) {
      problems.add(
          "--partitions: cluster %s has no %s%s, which %s names; correct the file, or check --bootstrap-server"
              .formatted(
                  cluster.clusterId(),
                  String.join(", no ", missing.subList(0, Math.min(EXAMPLES, missing.size()))),
                  missing.size() > EXAMPLES
                      ? " and %d more".formatted(missing.size() - EXAMPLES)
                      : "",
                  named.source()));
    }
  }
}

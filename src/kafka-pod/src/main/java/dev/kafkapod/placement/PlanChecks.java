package dev.kafkapod.placement;

import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.Wording;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** What keeps a plan from being made: what can't be, and what nobody knows. */
final class PlanChecks {

  private static final int EXAMPLES = 5;

  private final PlacementTarget target;
  private final ClusterSnapshot cluster;
  private final Brokers brokers;
  private final TargetBrokers allowed;

  PlanChecks(
      PlacementTarget target, ClusterSnapshot cluster, Brokers brokers, TargetBrokers allowed) {
    this.target = target;
    this.cluster = cluster;
    this.brokers = brokers;
    this.allowed = allowed;
  }

  /**
   * What can't be.
   *
   * @param replicas how many replicas a partition is to have
   */
  List<String> problems(Collection<PartitionState> chosen, ToIntFunction<PartitionState> replicas) {
    Map<Integer, NavigableSet<String>> tooMany = new TreeMap<>();
    Map<Integer, NavigableSet<String>> tooFew = new TreeMap<>();
    NavigableSet<Integer> rackless = new TreeSet<>();
    for (PartitionState partition : chosen) {
      int wanted = replicas.applyAsInt(partition);
      if (wanted > allowed.grid().brokerCount()) {
        add(tooMany, wanted, partition.topic());
      }
      Integer minIsr = cluster.minIsr().get(partition.topic());
      if (wanted < partition.target().size() && minIsr != null && wanted < minIsr) {
        add(tooFew, minIsr, partition.topic());
      }
      partition.target().stream()
          .filter(it -> brokers.rackless().contains(it) && !allowed.leaves(it))
          .forEach(rackless::add);
    }
    List<String> problems = new ArrayList<>();
    tooMany.forEach(
        (wanted, topics) ->
            problems.add(
                "%s: %s to have %s, and only %s may hold them (%s); name more with --onto, or fewer replicas with --replication-factor"
                    .formatted(
                        names("topic", topics),
                        topics.size() == 1 ? "it is" : "they are",
                        Wording.count(wanted, "replica"),
                        Wording.count(allowed.grid().brokerCount(), "broker"),
                        Wording.ids(allowed.grid().brokerIds()))));
    tooFew.forEach(
        (minIsr, topics) ->
            problems.add(
                "--replication-factor: %s min.insync.replicas %d, which %s could never reach; lower that first"
                    .formatted(
                        names("topic", topics) + (topics.size() == 1 ? " has" : " have"),
                        minIsr,
                        Wording.count(target.replicationFactor().orElse(0), "replica"))));
    if (!rackless.isEmpty()) {
      problems.add(
          "%s no rack, so nobody knows where the replicas there are; set broker.rack to ZONE, or ZONE/CLUSTER, or name what is to be left with --off"
              .formatted(have(rackless)));
    }
    return problems;
  }

  /**
   * What nobody knows.
   *
   * @param isInPlace whether a partition needs no move
   */
  List<String> causes(
      Collection<PartitionState> chosen,
      ToIntFunction<PartitionState> replicas,
      Predicate<PartitionState> isInPlace) {
    List<String> causes = new ArrayList<>();
    cluster.hiddenTopics().ifPresent(causes::add);
    List<Integer> unheardOf =
        brokers.unheardOf().stream()
            .filter(it -> !allowed.leaves(it) && !allowed.restricted())
            .toList();
    NavigableSet<String> moving = new TreeSet<>();
    NavigableSet<String> unknownMinimum = new TreeSet<>();
    NavigableSet<Integer> holders = new TreeSet<>(unheardOf);
    for (PartitionState partition : chosen) {
      if (partition.isReassigned() && !isInPlace.test(partition)) {
        moving.add(partition.name());
      }
      if (replicas.applyAsInt(partition) < partition.target().size()
          && !cluster.minIsr().containsKey(partition.topic())) {
        unknownMinimum.add(partition.topic());
      }
      partition.target().stream()
          .filter(it -> !allowed.grid().has(it) && !allowed.leaves(it))
          .forEach(holders::add);
    }
    if (!holders.isEmpty()) {
      causes.add(
          "%s replicas, but cluster %s doesn't list %s (before Kafka 4.0, none that is down), so where %s isn't known; wait until %s back, or name what is to be left with --off"
              .formatted(
                  holders.size() == 1
                      ? "broker " + Wording.ids(holders) + " holds"
                      : "brokers " + Wording.ids(holders) + " hold",
                  cluster.clusterId(),
                  holders.size() == 1 ? "it" : "them",
                  holders.size() == 1 ? "it runs" : "they run",
                  holders.size() == 1 ? "it is" : "they are"));
    }
    if (!moving.isEmpty()) {
      causes.add(
          "%s being moved by somebody already, to another place than it would be; wait for the end of that, or cancel it"
              .formatted(names("partition", moving) + (moving.size() == 1 ? " is" : " are")));
    }
    if (!unknownMinimum.isEmpty()) {
      causes.add(
          "whether %s could be written to with fewer replicas isn't known: %s"
              .formatted(
                  names("topic", unknownMinimum),
                  cluster.minIsrProblem().orElse("nobody told min.insync.replicas")));
    }
    return causes;
  }

  private static void add(Map<Integer, NavigableSet<String>> names, int key, String name) {
    names.computeIfAbsent(key, it -> new TreeSet<>()).add(name);
  }

  private static String have(NavigableSet<Integer> ids) {
    return ids.size() == 1
        ? "broker " + Wording.ids(ids) + " has"
        : "brokers " + Wording.ids(ids) + " have";
  }

  /** {@code topic a}, {@code topics a, b and 12 more}. */
  private static String names(String kind, NavigableSet<String> names) {
    List<String> shown = names.stream().limit(EXAMPLES).toList();
    return kind
        + (names.size() == 1 ? " " : "s ")
        + String.join(", ", shown)
        + (names.size() > EXAMPLES ? " and %d more".formatted(names.size() - EXAMPLES) : "");
  }
}

package dev.kafkapod.placement;

import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.Wording;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Finds the fewest moves by which each partition is spread as well as the brokers allow that may
 * hold it. The same input gives the same plan, in whatever order it comes; and to a cluster that is
 * as planned, the plan is empty.
 */
public final class PlacementPlanner {

  private final PlacementTarget target;
  private final ClusterSnapshot cluster;
  private final PartitionSizes sizes;
  private final Brokers brokers;
  private final TargetBrokers allowed;
  private final List<PartitionState> chosen;
  private final BestSpreads best;
  private final List<String> problems = new ArrayList<>();

  private PlacementPlanner(PlacementTarget target, ClusterSnapshot cluster, PartitionSizes sizes) {
    this.target = target;
    this.cluster = cluster;
    this.sizes = sizes;
    brokers = Brokers.of(cluster);
    allowed = TargetBrokers.of(target, brokers, cluster.clusterId());
    best = new BestSpreads(allowed.grid());
    TargetPartitions named = TargetPartitions.of(target, cluster);
    chosen = named.chosen();
    problems.addAll(named.problems());
    problems.addAll(allowed.problems());
  }

  /**
   * Plans.
   *
   * @param cluster with every partition and every topic's min ISR; its answers are trusted. Brokers
   *     that are down count as if they were up.
   * @param explain the name of a partition to explain
   */
  public static PlanOutcome plan(
      PlacementTarget target,
      ClusterSnapshot cluster,
      PartitionSizes sizes,
      Optional<String> explain) {
    return new PlacementPlanner(target, cluster, sizes).plan(explain);
  }

  private PlanOutcome plan(Optional<String> explain) {
    Optional<PartitionState> explained =
        explain.flatMap(it -> chosen.stream().filter(p -> p.name().equals(it)).findFirst());
    if (explain.isPresent() && explained.isEmpty() && problems.isEmpty()) {
      problems.add(
          "--explain: there is no partition '%s' among the %d that are to be placed; write TOPIC-PARTITION"
              .formatted(explain.get(), chosen.size()));
    }
    PlanChecks checks = new PlanChecks(target, cluster, brokers, allowed);
    if (problems.isEmpty()) {
      problems.addAll(checks.problems(chosen, this::replicas));
    }
    if (!problems.isEmpty()) {
      return new PlanOutcome.Impossible(problems);
    }
    List<String> causes = checks.causes(chosen, this::replicas, this::isInPlace);
    if (!causes.isEmpty()) {
      return new PlanOutcome.Unclear(causes);
    }
    return new PlanOutcome.Planned(moves(explained));
  }

  private int replicas(PartitionState partition) {
    return target.replicationFactor().orElse(partition.target().size());
  }

  private boolean isInPlace(PartitionState partition) {
    List<Integer> replicas = partition.target();
    return replicas.size() == replicas(partition)
        && replicas.stream().allMatch(allowed.grid()::has)
        && best.of(replicas.size()).compareTo(best.spread(allowed.grid().counts(replicas))) == 0;
  }

  private PlacementPlan moves(Optional<PartitionState> explained) {
    Grid grid = allowed.grid();
    BrokerLoads loads = new BrokerLoads(grid);
    cluster.partitions().forEach(it -> loads.add(it.target(), size(it).orElse(0)));
    IdentityHashMap<PartitionState, List<Integer>> places = new IdentityHashMap<>();
    List<PartitionMove> moves = new ArrayList<>();
    long bound = 0;
    long boundBytes = 0;
    int unsized = 0;
    for (PartitionState partition : chosen) {
      List<Integer> before = partition.target();
      if (isInPlace(partition)) {
        continue;
      }
      OptionalLong size = size(partition);
      int fewest = best.fewestMoves(replicas(partition), grid.counts(before));
      bound += fewest;
      boundBytes += fewest * size.orElse(0);
      unsized += size.isEmpty() ? 1 : 0;
      List<Integer> after = ReplicaChoice.of(grid, before, replicas(partition), loads);
      loads.remove(before, size.orElse(0));
      loads.add(after, size.orElse(0));
      places.put(partition, after);
      moves.add(new PartitionMove(partition, before, after, reason(before, after), size));
    }
    PlacementPolicy everywhere =
        new PlacementPolicy(PlacementPolicy.grid(brokers, target.order()), cluster.minIsr());
    boolean allAllowed = grid.brokerCount() == brokers.placed().size();
    Function<PartitionState, List<Integer>> planned = it -> places.getOrDefault(it, it.target());
    return new PlacementPlan(
        moves,
        bound,
        boundBytes,
        unsized,
        everywhere.assess(chosen, PlacementPolicy::now),
        allAllowed ? everywhere.assess(chosen, planned) : restricted(everywhere, planned),
        explained
            .map(it -> new Explanation(grid, brokers).of(it.target(), planned.apply(it)))
            .orElse(List.of()),
        notes(moves));
  }

  /** What a lost zone would leave counts also where only one zone may hold replicas. */
  private PlacementAssessment restricted(
      PlacementPolicy everywhere, Function<PartitionState, List<Integer>> planned) {
    return new PlacementPolicy(allowed.grid(), cluster.minIsr())
        .assess(chosen, planned)
        .with(everywhere.assess(chosen, planned).losses());
  }

  private OptionalLong size(PartitionState partition) {
    return sizes.of(partition.topic(), partition.partition());
  }

  private MoveReason reason(List<Integer> before, List<Integer> after) {
    Grid grid = allowed.grid();
    if (!before.stream().allMatch(grid::has)) {
      return MoveReason.LEFT;
    }
    if (before.size() != after.size()) {
      return MoveReason.FACTOR;
    }
    Spread is = best.spread(grid.counts(before));
    Spread will = best.spread(grid.counts(after));
    if (!is.first().equals(will.first())) {
      return MoveReason.of(grid.order().get(0));
    }
    return is.second().equals(will.second())
        ? MoveReason.CELLS
        : MoveReason.of(grid.order().get(1));
  }

  private List<String> notes(List<PartitionMove> moves) {
    List<String> notes = new ArrayList<>();
    NavigableSet<Integer> down = new TreeSet<>();
    for (PartitionMove move : moves) {
      for (int id : move.adding()) {
        if (cluster.node(id).filter(ClusterNode::fenced).isPresent()) {
          down.add(id);
        }
      }
    }
    if (!down.isEmpty()) {
      notes.add(
          "%s down, and would get replicas; begin when %s back"
              .formatted(
                  down.size() == 1
                      ? "broker " + Wording.ids(down) + " is"
                      : "brokers " + Wording.ids(down) + " are",
                  down.size() == 1 ? "it is" : "they are"));
    }
    if (!brokers.rackless().isEmpty()) {
      notes.add(
          "%s no replicas"
              .formatted(
                  brokers.rackless().size() == 1
                      ? "broker " + Wording.ids(brokers.rackless()) + " has no rack, and gets"
                      : "brokers " + Wording.ids(brokers.rackless()) + " have no rack, and get"));
    }
    long moving = chosen.stream().filter(PartitionState::isReassigned).count();
    if (moving > 0) {
      notes.add(
          "%s being moved already, to where %s to be"
              .formatted(
                  Wording.count(moving, "partition") + (moving == 1 ? " is" : " are"),
                  moving == 1 ? "it is" : "they are"));
    }
    notes.addAll(sizes.problems());
    return notes;
  }
}

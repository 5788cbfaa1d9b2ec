package dev.kafkapod.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.fixtures.Snapshots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of every plan. */
class PlacementPlannerPropertyTest {

  private static final int TRIES = 200;

  @Property(tries = TRIES)
  void aPlanAfterAPlanIsEmpty(@ForAll long seed) {
    ClusterSnapshot cluster = Worlds.random(new Random(seed));

    PlacementPlan plan = Worlds.plan(cluster);
    ClusterSnapshot after = Worlds.after(cluster, plan);

    assertThat(Worlds.plan(after).moves()).isEmpty();
    assertThat(
            PlacementPolicy.assess(after, after.partitions(), Dimension.DEFAULT)
                .count(Evenness.VIOLATED))
        .isZero();
    assertThat(plan.after().count(Evenness.VIOLATED)).isZero();
  }

  @Property(tries = TRIES)
  void noOtherChoiceOfBrokersMovesFewer(@ForAll long seed) {
    ClusterSnapshot cluster = Worlds.random(new Random(seed));
    Grid grid = PlacementPolicy.grid(Brokers.of(cluster), Dimension.DEFAULT);
    PlacementPlan plan = Worlds.plan(cluster);
    Map<String, PartitionMove> moves = new HashMap<>();
    plan.moves().forEach(it -> moves.put(it.partition().name(), it));

    long all = 0;
    for (PartitionState partition : cluster.partitions()) {
      int fewest = fewestByLookingAtAll(grid, partition.replicas());
      PartitionMove move = moves.get(partition.name());
      assertThat(move == null ? 0 : move.adding().size())
          .as("%s on %s", partition, cluster.nodes())
          .isEqualTo(fewest);
      all += fewest;
    }
    assertThat(plan.replicas()).isEqualTo(all).isEqualTo(plan.bound());
    assertThat(plan.bytes()).isEqualTo(plan.boundBytes());
  }

  private static int fewestByLookingAtAll(Grid grid, List<Integer> before) {
    List<Integer> brokers = List.copyOf(grid.brokerIds());
    int[] best = null;
    int fewest = Integer.MAX_VALUE;
    for (int bits = 0; bits < 1 << brokers.size(); bits++) {
      if (Integer.bitCount(bits) == before.size()) {
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < brokers.size(); i++) {
          if ((bits >> i & 1) == 1) {
            chosen.add(brokers.get(i));
          }
        }
        int[] counts = grid.counts(chosen);
        int difference = best == null ? -1 : Enumerated.compare(grid, counts, best);
        if (difference < 0) {
          best = counts;
          fewest = Integer.MAX_VALUE;
        }
        if (difference <= 0) {
          chosen.removeAll(before);
          fewest = Math.min(fewest, chosen.size());
        }
      }
    }
    return fewest;
  }

  /** Other node ids, and everything told in another order, cost the same. */
  @Property(tries = TRIES)
  void namesAndOrderCostNothing(@ForAll long seed) {
    Random random = new Random(seed);
    ClusterSnapshot cluster = Worlds.random(random);
    List<Integer> others = new ArrayList<>();
    for (int id = 0; id < cluster.nodes().size(); id++) {
      others.add(1000 + 7 * id);
    }
    Collections.shuffle(others, random);
    List<ClusterNode> nodes = new ArrayList<>();
    cluster
        .nodes()
        .forEach(
            it ->
                nodes.add(
                    new ClusterNode(
                        others.get(it.id()), it.host(), it.port(), it.rack(), it.fenced())));
    List<PartitionState> partitions = new ArrayList<>();
    cluster
        .partitions()
        .forEach(
            it ->
                partitions.add(
                    Worlds.placed(it, it.replicas().stream().map(others::get).toList())));
    Collections.shuffle(nodes, random);
    Collections.shuffle(partitions, random);

    PlacementPlan plan = Worlds.plan(cluster);
    PlacementPlan relabelled = Worlds.plan(Snapshots.with(cluster, nodes, partitions));

    assertThat(relabelled.replicas()).isEqualTo(plan.replicas());
    assertThat(relabelled.bytes()).isEqualTo(plan.bytes());
  }

  @Property(tries = TRIES)
  void theOrderOfTheInputChangesNothingAtAll(@ForAll long seed) {
    Random random = new Random(seed);
    ClusterSnapshot cluster = Worlds.random(random);
    List<ClusterNode> nodes = new ArrayList<>(cluster.nodes());
    List<PartitionState> partitions = new ArrayList<>(cluster.partitions());
    Collections.shuffle(nodes, random);
    Collections.shuffle(partitions, random);

    assertThat(Worlds.plan(Snapshots.with(cluster, nodes, partitions)))
        .isEqualTo(Worlds.plan(cluster));
  }

  /** Whoever stays keeps its place in the list, and no broker is in it twice. */
  @Property(tries = TRIES)
  void whoeverStaysKeepsItsPlace(@ForAll long seed) {
    for (PartitionMove move : Worlds.plan(Worlds.random(new Random(seed))).moves()) {
      assertThat(Set.copyOf(move.after())).hasSameSizeAs(move.after());
      assertThat(move.after()).hasSameSizeAs(move.before());
      for (int i = 0; i < move.before().size(); i++) {
        if (move.after().contains(move.before().get(i))) {
          assertThat(move.after().get(i)).isEqualTo(move.before().get(i));
        }
      }
    }
  }

  /** Whatever the target, the plan is made of brokers that it allows, and reaches it. */
  @Property(tries = TRIES)
  void aTargetIsReachedOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    ClusterSnapshot cluster = Worlds.random(random);
    int brokers = cluster.nodes().size();
    List<Integer> off = Worlds.some(brokers, random.nextInt(brokers), random);
    int replicas = 1 + random.nextInt(5);
    PlacementTarget target =
        new PlacementTarget(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            off.stream().map(String::valueOf).toList(),
            random.nextBoolean() ? OptionalInt.of(replicas) : OptionalInt.empty(),
            Dimension.DEFAULT);

    PlanOutcome outcome =
        PlacementPlanner.plan(target, cluster, Worlds.sizes(cluster), Optional.empty());

    if (outcome instanceof PlanOutcome.Planned planned) {
      ClusterSnapshot after = Worlds.after(cluster, planned.plan());
      Set<Integer> used = new HashSet<>();
      after.partitions().forEach(it -> used.addAll(it.replicas()));
      assertThat(used).noneMatch(off::contains);
      target
          .replicationFactor()
          .ifPresent(
              it ->
                  assertThat(after.partitions())
                      .allSatisfy(partition -> assertThat(partition.replicas()).hasSize(it)));
      assertThat(planned.plan().replicas()).isEqualTo(planned.plan().bound());
      assertThat(Worlds.plan(after, target).moves()).isEmpty();
    } else {
      assertThat(((PlanOutcome.Impossible) outcome).problems()).isNotEmpty();
    }
  }
}

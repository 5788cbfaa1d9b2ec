package dev.kafkapod.placement;

import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementPlannerTest {

  private static final PlacementTarget ALL = PlacementTarget.ALL;

  private static PlacementTarget target(List<String> onto, List<String> off, int replicas) {
    return new PlacementTarget(
        Optional.empty(),
        Optional.empty(),
        onto,
        off,
        replicas == 0 ? OptionalInt.empty() : OptionalInt.of(replicas),
        Dimension.DEFAULT);
  }

  private static PlacementTarget topics(String regex) {
    return new PlacementTarget(
        Optional.of(Pattern.compile(regex)),
        Optional.empty(),
        List.of(),
        List.of(),
        OptionalInt.empty(),
        Dimension.DEFAULT);
  }

  private static PlanOutcome outcome(ClusterBuilder cluster, PlacementTarget target) {
    ClusterSnapshot snapshot = cluster.build();
    return PlacementPlanner.plan(target, snapshot, Worlds.sizes(snapshot), Optional.empty());
  }

  private static PlacementPlan plan(ClusterBuilder cluster, PlacementTarget target) {
    return Worlds.plan(cluster.build(), target);
  }

  private static List<String> problems(ClusterBuilder cluster, PlacementTarget target) {
    return ((PlanOutcome.Impossible) outcome(cluster, target)).problems();
  }

  private static List<String> causes(ClusterBuilder cluster, PlacementTarget target) {
    return ((PlanOutcome.Unclear) outcome(cluster, target)).causes();
  }

  @Test
  void movesTheOneReplicaThatIsTooMuch() {
    PlacementPlan plan =
        plan(Worlds.stretched().with(aPartition("orders", 0).withReplicas(0, 1, 2)), ALL);

    assertThat(plan.moves()).hasSize(1);
    assertThat(plan.replicas()).isEqualTo(1);
    assertThat(plan.bytes()).isEqualTo(plan.boundBytes()).isPositive();
    assertThat(plan.moves().get(0).reason()).isEqualTo(MoveReason.CLUSTERS);
    // the preferred leader stays; of 1 and 2, the one that comes later in the list of ids goes
    assertThat(plan.moves().get(0).after()).startsWith(0);
  }

  @Test
  void aSuccessorTakesThePlaceOfWhomItFollows() {
    PlacementPlan plan =
        plan(
            Worlds.racks("a/x", "b/x", "c/x", "a/x")
                .with(aPartition("orders", 0).withReplicas(0, 1, 2)),
            target(List.of(), List.of("0"), 0));

    assertThat(plan.moves().get(0).after()).containsExactly(3, 1, 2);
    assertThat(plan.moves().get(0).reason()).isEqualTo(MoveReason.LEFT);
    assertThat(plan.leaders()).isEqualTo(1);
  }

  /** Otherwise one broker would lead everything after a migration. */
  @Test
  void successorsOfPreferredLeadersLeadEquallyMuch() {
    ClusterBuilder cluster = Worlds.racks("a", "b", "c", "a/k8s", "b/k8s", "c/k8s");
    for (int i = 0; i < 9; i++) {
      cluster.with(aPartition("orders", i).withReplicas(i % 3, (i + 1) % 3, (i + 2) % 3));
    }

    PlacementPlan plan = plan(cluster, target(List.of("k8s"), List.of(), 0));

    assertThat(plan.replicas()).isEqualTo(27);
    Map<Integer, Integer> leaders = new TreeMap<>();
    plan.moves().forEach(it -> leaders.merge(it.after().get(0), 1, Integer::sum));
    assertThat(leaders).isEqualTo(Map.of(3, 3, 4, 3, 5, 3));
  }

  @Test
  void tiesGoToTheLeastLoadedBroker() {
    ClusterBuilder cluster = Worlds.racks("a/x", "b/x", "b/x", "b/x");
    for (int i = 0; i < 6; i++) {
      cluster.with(aPartition("orders", i).withReplicas(0));
    }

    PlacementPlan plan = plan(cluster, target(List.of(), List.of(), 2));

    Map<Integer, Integer> got = new TreeMap<>();
    plan.moves().forEach(it -> it.adding().forEach(id -> got.merge(id, 1, Integer::sum)));
    assertThat(got).isEqualTo(Map.of(1, 2, 2, 2, 3, 2));
  }

  /** Kafka's own tool moves 20 replicas for it. */
  @Test
  void oneOfTwentyBrokersLeavesWithOneMove() {
    String[] racks = new String[20];
    for (int i = 0; i < 20; i++) {
      racks[i] = "z" + i % 2 + "/x";
    }
    ClusterBuilder cluster = Worlds.racks(racks);
    for (int i = 0; i < 10; i++) {
      cluster.with(aPartition("t", i).withReplicas(2 * i, 2 * i + 1));
    }

    PlacementPlan plan = plan(cluster, target(List.of(), List.of("19"), 0));

    assertThat(plan.replicas()).isEqualTo(1);
    assertThat(plan.moves()).hasSize(1);
  }

  @Test
  void changesTheReplicationFactor() {
    ClusterBuilder cluster =
        Worlds.stretched()
            .with(
                aPartition("few", 0).withReplicas(0, 4),
                aPartition("many", 0).withReplicas(0, 4, 2, 3, 1));

    PlacementPlan plan = plan(cluster, target(List.of(), List.of(), 3));

    assertThat(plan.moves())
        .extracting(it -> it.partition().topic() + it.reason())
        .containsExactly("fewFACTOR", "manyFACTOR");
    assertThat(plan.moves()).allSatisfy(it -> assertThat(it.after()).hasSize(3).startsWith(0));
    assertThat(plan.replicas()).isEqualTo(1);
    assertThat(plan.after().count(Evenness.EVEN)).isEqualTo(2);
  }

  @Test
  void onlyTouchesWhatIsNamed() {
    ClusterBuilder cluster =
        Worlds.stretched()
            .with(
                aPartition("orders", 0).withReplicas(0, 1, 2),
                aPartition("orders", 1).withReplicas(0, 1, 2),
                aPartition("orders-dlq", 0).withReplicas(0, 1, 2));

    assertThat(plan(cluster, topics("orders")).moves())
        .extracting(it -> it.partition().name())
        .containsExactly("orders-0", "orders-1");
    PlacementTarget file =
        new PlacementTarget(
            Optional.empty(),
            Optional.of(
                new NamedPartitions(
                    "some.json",
                    new TreeMap<>(
                        Map.of(
                            "orders", new TreeSet<>(List.of(1)), "orders-dlq", new TreeSet<>())))),
            List.of(),
            List.of(),
            OptionalInt.empty(),
            Dimension.DEFAULT);
    assertThat(plan(cluster, file).moves())
        .extracting(it -> it.partition().name())
        .containsExactly("orders-1", "orders-dlq-0");
  }

  @Test
  void aRolloutMovesNothing() {
    ClusterBuilder cluster =
        Worlds.stretched().with(aPartition("orders", 0).withReplicas(0, 4, 2).isr(0, 2)).fenced(4);

    assertThat(plan(cluster, ALL).moves()).isEmpty();
  }

  @Test
  void saysWhoIsDownAndWouldGetReplicas() {
    ClusterBuilder cluster =
        Worlds.racks("a/x", "a/x", "b/x").fenced(2).with(aPartition("t", 0).withReplicas(0, 1));

    assertThat(plan(cluster, ALL).notes())
        .containsExactly("broker 2 is down, and would get replicas; begin when it is back");
  }

  @Test
  void namesAllThatCanNotBeAtOnce() {
    ClusterBuilder cluster = Worlds.stretched().with(aPartition("orders", 0).withReplicas(0, 4, 2));
    PlacementTarget wrong =
        new PlacementTarget(
            Optional.of(Pattern.compile("order")),
            Optional.empty(),
            List.of("wst", "7"),
            List.of("8"),
            OptionalInt.empty(),
            Dimension.DEFAULT);

    assertThat(problems(cluster, wrong))
        .containsExactly(
            "--topics: cluster %1$s has 1 topic, and the whole name of none matches 'order'; correct it, or check --bootstrap-server"
                .formatted(cluster.build().clusterId()),
            "--onto: no broker of cluster %1$s has a rack ZONE/wst (did you mean west?) (Kubernetes clusters there: east, west); correct it, or name node ids"
                .formatted(cluster.build().clusterId()),
            "--onto: cluster %1$s has no broker 7 (its brokers: 0, 1, 2, 3, 4, 5); correct the ids, or check --bootstrap-server"
                .formatted(cluster.build().clusterId()),
            "--off: cluster %1$s has no broker 8 (its brokers: 0, 1, 2, 3, 4, 5); correct the ids, or check --bootstrap-server"
                .formatted(cluster.build().clusterId()));
  }

  @Test
  void refusesWhatTooFewBrokersCanHold() {
    ClusterBuilder cluster =
        Worlds.stretched()
            .with(
                aPartition("orders", 0).withReplicas(0, 4, 2, 3),
                aPartition("audit", 0).withReplicas(0, 4, 2, 3));

    assertThat(problems(cluster, target(List.of("east"), List.of(), 0)))
        .containsExactly(
            "topics audit, orders: they are to have 4 replicas, and only 3 brokers may hold them (0, 1, 2); name more with --onto, or fewer replicas with --replication-factor");
    assertThat(problems(cluster, target(List.of("east"), List.of("0,1,2".split(",")), 0)))
        .singleElement()
        .asString()
        .startsWith("--onto and --off leave no broker of cluster ");
  }

  @Test
  void refusesFewerReplicasThanMinIsr() {
    ClusterBuilder cluster = Worlds.stretched().with(aPartition("orders", 0).withReplicas(0, 4, 2));

    assertThat(problems(cluster, target(List.of(), List.of(), 1)))
        .containsExactly(
            "--replication-factor: topic orders has min.insync.replicas 2, which 1 replica could never reach; lower that first");
    assertThat(causes(cluster.withoutMinIsrOf("orders"), target(List.of(), List.of(), 1)))
        .containsExactly(
            "whether topic orders could be written to with fewer replicas isn't known: nobody told min.insync.replicas");
  }

  @Test
  void refusesRacksThatAreMissing() {
    assertThat(
            problems(
                Worlds.racks("a/x", "b/x").fenced(2).with(aPartition("t", 0).withReplicas(0, 2)),
                ALL))
        .containsExactly(
            "broker 2 has no rack, so nobody knows where the replicas there are; set broker.rack to ZONE, or ZONE/CLUSTER, or name what is to be left with --off");
    assertThat(problems(Worlds.racks().fenced(1, 2).with(aPartition("t", 0).withReplicas(1)), ALL))
        .singleElement()
        .asString()
        .startsWith("no broker of cluster ");
  }

  @Test
  void leavesBrokersWithoutRacksIfThatIsAsked() {
    ClusterBuilder cluster =
        Worlds.racks("a/x", "b/x").fenced(2).with(aPartition("t", 0).withReplicas(0, 2));

    assertThat(plan(cluster, target(List.of(), List.of("2"), 0)).moves().get(0).after())
        .containsExactly(0, 1);
    assertThat(plan(cluster, target(List.of("x"), List.of(), 0)).moves().get(0).after())
        .containsExactly(0, 1);
  }

  @Test
  void canNotTellWhereABrokerIsThatIsNotListed() {
    ClusterBuilder cluster =
        Worlds.racks("a/x", "b/x", "c/x")
            .notListingFenced()
            .with(aPartition("t", 0).withReplicas(0, 9));

    assertThat(causes(cluster, ALL))
        .singleElement()
        .asString()
        .startsWith("broker 9 holds replicas, but");
    assertThat(plan(cluster, target(List.of(), List.of("9"), 0)).moves().get(0).before())
        .containsExactly(0, 9);
  }

  @Test
  void neverPlansAgainstAMoveThatRuns() {
    ClusterBuilder elsewhere =
        Worlds.stretched().with(aPartition("t", 0).withReplicas(0, 1, 2).adding(2).removing(0));
    ClusterBuilder there =
        Worlds.stretched().with(aPartition("t", 0).withReplicas(4, 0, 1, 2).adding(4).removing(1));

    assertThat(causes(elsewhere, ALL))
        .containsExactly(
            "partition t-0 is being moved by somebody already, to another place than it would be; wait for the end of that, or cancel it");
    assertThat(plan(there, ALL).moves()).isEmpty();
    assertThat(plan(there, ALL).notes())
        .containsExactly("1 partition is being moved already, to where it is to be");
  }

  @Test
  void canNotTellWhereTopicsAreHidden() {
    assertThat(causes(Worlds.stretched().hidingTopics("a missing ACL"), ALL))
        .containsExactly("a missing ACL");
  }

  @Test
  void explainsAPartition() {
    ClusterSnapshot cluster =
        Worlds.stretched().with(aPartition("orders", 0).withReplicas(0, 1, 2)).build();

    PlanOutcome outcome =
        PlacementPlanner.plan(ALL, cluster, PartitionSizes.NONE, Optional.of("orders-0"));
    PlanOutcome unknown =
        PlacementPlanner.plan(ALL, cluster, PartitionSizes.NONE, Optional.of("orders-7"));

    List<String> lines = new ArrayList<>(((PlanOutcome.Planned) outcome).plan().explanation());
    assertThat(lines)
        .startsWith("has     0 (a/east), 1 (b/east), 2 (c/east)")
        .contains("zones   a:1 b:1 c:1 -> a:1 b:1 c:1", "clusters east:3 west:0 -> east:2 west:1");
    assertThat(((PlanOutcome.Impossible) unknown).problems())
        .containsExactly(
            "--explain: there is no partition 'orders-7' among the 1 that are to be placed; write TOPIC-PARTITION");
  }

  @Test
  void manyPartitionsTakeSeconds() {
    String[] racks =
        IntStream.range(0, 60).mapToObj(i -> "z" + i % 3 + "/c" + i / 3 % 2).toArray(String[]::new);
    ClusterBuilder cluster = Worlds.racks(racks);
    for (int i = 0; i < 20_000; i++) {
      cluster.with(
          aPartition("t", i).withReplicas(i % 60, (i + 1 + i % 7) % 60, (i + 20 + i % 11) % 60));
    }
    ClusterSnapshot snapshot = cluster.build();
    long begun = System.nanoTime();

    PlacementPlan plan = Worlds.plan(snapshot);

    assertThat(plan.replicas()).isEqualTo(plan.bound()).isPositive();
    assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(20_000);
  }
}

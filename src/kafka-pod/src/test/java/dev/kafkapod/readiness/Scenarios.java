package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;

import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.Counted;
import dev.kafkapod.readiness.fixtures.ObservationBuilder;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Made-up observations and policies for property tests: something in order, and a few troubles that
 * befall it, so that every kind of verdict is common.
 */
final class Scenarios {

  private static final List<String> TOPICS = List.of("a", "b", "c");

  private static final int BROKERS = 4;

  private Scenarios() {}

  /** Observations of a broker, a controller, or both in one. */
  static Arbitrary<Observation> observations() {
    return Combinators.combine(
            processes(),
            fewOf(brokerTroubles()),
            fewOf(clusterTroubles()),
            partitions().list().ofMaxSize(4).uniqueElements(Scenarios::name),
            fewOf(unknowns()))
        .as(Scenarios::observation)
        .filter(Scenarios::isPossible);
  }

  private static <T> Arbitrary<List<T>> fewOf(Arbitrary<T> troubles) {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just(List.of())),
        Tuple.of(1, troubles.list().ofMinSize(1).ofMaxSize(2)));
  }

  private static String name(PartitionBuilder partition) {
    return partition.build().name();
  }

  /** A ZooKeeper cluster has no controllers to ask; nothing else is impossible. */
  private static boolean isPossible(Observation observation) {
    return observation
        .cluster()
        .value()
        .filter(it -> it.asked() == ClusterSnapshot.Asked.CONTROLLERS)
        .filter(it -> it.controlPlane() instanceof ControlPlane.ZooKeeper)
        .isEmpty();
  }

  /**
   * Observations of a sound broker in a trusted cluster, with nothing but partitions in trouble,
   * and perhaps a fenced broker.
   */
  static Arbitrary<Observation> shrunkClusters() {
    return shrunkClusters(5);
  }

  /** The same with so many partitions at the most: the fewer, the more often nothing is wrong. */
  static Arbitrary<Observation> shrunkClusters(int partitionsAtMost) {
    Arbitrary<List<Consumer<ClusterBuilder>>> fenced =
        Arbitraries.of(
            List.of(
                List.of(), List.of(), List.of(it -> it.fenced(2)), List.of(it -> it.fenced(4))));
    return Combinators.combine(
            shrunkPartitions()
                .list()
                .ofMinSize(1)
                .ofMaxSize(partitionsAtMost)
                .uniqueElements(Scenarios::name),
            fenced)
        .as(
            (partitions, troubles) ->
                observation(() -> aBroker(1), List.of(), troubles, partitions, List.of()));
  }

  /** Policies that look at one condition alone, and allow a few partitions to be wrong. */
  static Arbitrary<ReadinessPolicy> tolerantPolicies() {
    return Combinators.combine(countingConditions(), Arbitraries.integers().between(1, 3))
        .as(
            (condition, threshold) ->
                new ReadinessPolicy(
                    Map.of(condition, Gate.ALWAYS), Map.of(condition, threshold), topic -> false));
  }

  private static Observation observation(
      Supplier<BrokerBuilder> process,
      List<Consumer<BrokerBuilder>> brokerTroubles,
      List<Consumer<ClusterBuilder>> clusterTroubles,
      List<PartitionBuilder> partitions,
      List<Consumer<ObservationBuilder>> unknowns) {
    BrokerBuilder broker = process.get();
    brokerTroubles.forEach(it -> it.accept(broker));
    ClusterBuilder cluster = aCluster().rack(BROKERS, "d").lag(BROKERS, Duration.ZERO);
    partitions.forEach(cluster::with);
    cluster.minIsr("b", 1);
    clusterTroubles.forEach(it -> it.accept(cluster));
    ObservationBuilder observation = anObservation().of(broker).in(cluster);
    unknowns.forEach(it -> it.accept(observation));
    return observation.build();
  }

  private static Arbitrary<Supplier<BrokerBuilder>> processes() {
    return Arbitraries.frequency(
        Tuple.of(6, () -> aBroker(1)),
        Tuple.of(1, () -> aBroker(1).alsoController()),
        Tuple.of(1, () -> aController(102)));
  }

  private static Arbitrary<Consumer<BrokerBuilder>> brokerTroubles() {
    return Arbitraries.<Consumer<BrokerBuilder>>of(
        it -> it.inState(BrokerState.SHUTTING_DOWN),
        it -> it.recovering(3, 1),
        BrokerBuilder::withoutState,
        BrokerBuilder::withoutNodeId,
        BrokerBuilder::withoutClusterId,
        it -> it.ofCluster("cluster-B"),
        it -> it.withOfflineLogDirs(1),
        BrokerBuilder::withoutLogDirCount,
        BrokerBuilder::withoutQuorumLeader,
        it -> it.withZooKeeperSession("CONNECTED"),
        it -> it.withZooKeeperSession("CLOSED"));
  }

  private static Arbitrary<Consumer<ClusterBuilder>> clusterTroubles() {
    return Arbitraries.<Consumer<ClusterBuilder>>of(
        it -> it.fenced(1),
        it -> it.fenced(2),
        it -> it.notListing(1),
        it -> it.notListing(1).notListingFenced(),
        it -> it.lag(1, Duration.ofSeconds(7)),
        it -> it.lag(1, Duration.ofSeconds(20)),
        it -> it.lag(2, Duration.ofSeconds(7)),
        it -> it.lag(102, Duration.ofSeconds(3)),
        it -> it.neverCaughtUp(102).neverCaughtUp(103),
        it -> it.controllerSilent("no controller answers"),
        ClusterBuilder::inZooKeeperMode,
        ClusterBuilder::askedThroughControllers,
        it -> it.hidingTopics("topics may be hidden"),
        it -> it.withoutMinIsrOf("a"),
        it -> it.withoutMinIsrOf("b").minIsrProblem("an ACL is missing"));
  }

  private static Arbitrary<Consumer<ObservationBuilder>> unknowns() {
    return Arbitraries.frequency(
        Tuple.of(1, it -> it.brokerUnknown("no JMX")),
        Tuple.of(1, it -> it.listenerUnknown("no listener")),
        Tuple.of(1, it -> it.listenerFailing("Connection refused")),
        Tuple.of(1, it -> it.clusterUnknown("no cluster")));
  }

  /** Partitions of which most have every replica in sync. */
  private static Arbitrary<PartitionBuilder> partitions() {
    return partitions(
        Arbitraries.frequencyOf(
            Tuple.of(2, Arbitraries.just(Set.of())),
            Tuple.of(1, Arbitraries.subsetOf(1, 2, 3, 4))));
  }

  /** Partitions of which most have lost replicas from their ISR. */
  static Arbitrary<PartitionBuilder> shrunkPartitions() {
    return partitions(Arbitraries.subsetOf(1, 2, 3, 4));
  }

  /** Partitions of up to four replicas, of which a running reassignment may add or remove some. */
  private static Arbitrary<PartitionBuilder> partitions(Arbitrary<Set<Integer>> outOfSync) {
    Arbitrary<List<Integer>> replicas =
        Arbitraries.integers().between(1, BROKERS).list().uniqueElements().ofMinSize(1);
    Arbitrary<Set<Integer>> adding =
        Arbitraries.of(List.of(Set.of(), Set.of(), Set.of(4), Set.of(3, 4)));
    return Combinators.combine(
            Arbitraries.of(TOPICS),
            Arbitraries.integers().between(0, 9),
            replicas,
            outOfSync,
            adding,
            Arbitraries.<Set<Integer>>of(List.of(Set.of(), Set.of(), Set.of(1), Set.of(1, 2))),
            Arbitraries.<UnaryOperator<PartitionBuilder>>frequency(
                Tuple.of(9, it -> it),
                Tuple.of(1, PartitionBuilder::leaderless),
                Tuple.of(2, PartitionBuilder::stalled)))
        .as(Scenarios::partition);
  }

  private static PartitionBuilder partition(
      String topic,
      int number,
      List<Integer> replicas,
      Set<Integer> outOfSync,
      Set<Integer> adding,
      Set<Integer> removing,
      UnaryOperator<PartitionBuilder> more) {
    List<Integer> isr = replicas.stream().filter(it -> !outOfSync.contains(it)).toList();
    Set<Integer> added = only(replicas, adding);
    Set<Integer> removed = only(replicas, removing);
    Counted moving = new Counted(Set.copyOf(replicas), Set.copyOf(isr), added, removed);
    boolean running = moving.completed().equals(moving) && removed.size() < replicas.size();
    PartitionBuilder partition =
        aPartition(topic, number).withReplicas(ids(replicas)).isr(ids(isr));
    return more.apply(
        running
            ? partition.adding(ids(List.copyOf(added))).removing(ids(List.copyOf(removed)))
            : partition);
  }

  private static Set<Integer> only(List<Integer> replicas, Set<Integer> some) {
    return replicas.stream().filter(some::contains).collect(Collectors.toUnmodifiableSet());
  }

  private static Integer[] ids(List<Integer> ids) {
    return ids.toArray(Integer[]::new);
  }

  /** Policies with any gates, small thresholds and any topics left out. */
  static Arbitrary<ReadinessPolicy> policies() {
    Arbitrary<Map<Condition, Gate>> presets =
        Arbitraries.of(GatePreset.class).map(GatePreset::gates);
    Arbitrary<Map<Condition, Gate>> changes =
        Arbitraries.maps(Arbitraries.of(Condition.class), Arbitraries.of(Gate.class)).ofMaxSize(4);
    return Combinators.combine(presets, changes, thresholds(), excludedTopics())
        .as(
            (preset, changed, thresholds, excluded) -> {
              Map<Condition, Gate> gates = new EnumMap<>(preset);
              gates.putAll(changed);
              return new ReadinessPolicy(gates, thresholds, excluded::contains);
            });
  }

  private static Arbitrary<Map<Condition, Integer>> thresholds() {
    return Arbitraries.maps(countingConditions(), Arbitraries.integers().between(0, 3))
        .ofMaxSize(3);
  }

  static Arbitrary<Condition> countingConditions() {
    return Arbitraries.of(Condition.class).filter(Condition::countsPartitions);
  }

  private static Arbitrary<Set<String>> excludedTopics() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.just(Set.of())), Tuple.of(1, Arbitraries.subsetOf(TOPICS)));
  }
}

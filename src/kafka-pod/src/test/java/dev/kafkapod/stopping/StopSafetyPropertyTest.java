package dev.kafkapod.stopping;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.Counted;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Every set of nodes of made-up clusters is stopped, and what is said of it compared with what is
 * left when one takes the nodes away and counts.
 */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // there are too many combinations of them
class StopSafetyPropertyTest {

  private static final List<Integer> BROKERS = List.of(1, 2, 3, 4);
  private static final List<Integer> CONTROLLERS = List.of(3, 4, 101);

  @Property(tries = 300)
  void namesExactlyThePartitionsThatWouldBreak(@ForAll("clusters") ClusterSnapshot cluster) {
    for (Set<Integer> stopped : subsets(BROKERS)) {
      assertThat(
              StopSafety.of(cluster, stopped).broken().stream()
                  .map(it -> it.partition().name() + " " + it.harm())
                  .toList())
          .as("%s stop: %s %s", stopped, cluster.partitions(), cluster.minIsr())
          .containsExactlyInAnyOrderElementsOf(brokenByCounting(cluster, stopped));
    }
  }

  private static List<String> brokenByCounting(ClusterSnapshot cluster, Set<Integer> stopped) {
    List<String> broken = new ArrayList<>();
    for (PartitionState partition : cluster.partitions()) {
      if (partition.replicas().stream()
          .filter(stopped::contains)
          .allMatch(id -> servesNobody(id, partition, cluster))) {
        continue;
      }
      Counted before = Counted.of(cluster, partition, Set.of());
      Counted left = before.without(stopped);
      int minIsr = cluster.minIsr().get(partition.topic());
      if (left.isr().isEmpty()) {
        broken.add(partition.name() + " LEADERLESS");
      } else if (left.isBroken(minIsr) || breaksLater(before, left, minIsr)) {
        broken.add(partition.name() + " UNDER_MIN_ISR");
      }
    }
    return broken;
  }

  /** Of nobody this is true, too. */
  private static boolean servesNobody(int id, PartitionState partition, ClusterSnapshot cluster) {
    ControlPlane.Quorum quorum = (ControlPlane.Quorum) cluster.controlPlane();
    boolean silent = quorum.brokerLag(id).filter(it -> it.toSeconds() <= 5).isEmpty();
    boolean gone = silent && !cluster.liveIds().contains(id);
    boolean member = partition.isr().contains(id) && partition.leader().isPresent();
    boolean newcomer = partition.stalled() && partition.adding().contains(id);
    return !member && (gone || (newcomer && !partition.isr().contains(id)));
  }

  /** When all that are being added have joined the ISR, and not because of what it was before. */
  private static boolean breaksLater(Counted before, Counted left, int minIsr) {
    Counted with = before.joinedBy(before.adding()).completed();
    Counted without = left.joinedBy(left.adding()).completed();
    return without.isBroken(minIsr) && without.isr().size() < with.isr().size();
  }

  @Property(tries = 300)
  void losesTheQuorumExactlyWhenNoMajorityIsLeftThatFollows(
      @ForAll("clusters") ClusterSnapshot cluster) {
    ControlPlane.Quorum quorum = (ControlPlane.Quorum) cluster.controlPlane();
    for (Set<Integer> stopped : subsets(List.of(1, 3, 4, 101))) {
      int left = 0;
      boolean concerned = false;
      for (ControlPlane.Follower voter : quorum.voters()) {
        concerned |= stopped.contains(voter.id());
        boolean follows = quorum.isWithin(voter, Duration.ofSeconds(2));
        left += follows && !stopped.contains(voter.id()) ? 1 : 0;
      }

      assertThat(StopSafety.of(cluster, stopped).quorum().isPresent())
          .as("%s stop in %s", stopped, quorum)
          .isEqualTo(concerned && left < 2);
    }
  }

  /**
   * A partition is waited for until its replicas are back, or until its reassignment is complete:
   * what breaks in both cases is unavoidable, and nothing else.
   */
  @Property(tries = 300)
  void callsUnavoidableOnlyWhatBreaksHoweverLongOneWaits(
      @ForAll("clusters") ClusterSnapshot cluster) {
    for (int broker : BROKERS) {
      for (BrokenPartition broken : StopSafety.of(cluster, Set.of(broker)).broken()) {
        PartitionState partition = broken.partition();
        int minIsr = cluster.minIsr().get(partition.topic());
        Counted now = Counted.of(cluster, partition, Set.of());
        Counted back = now.joinedBy(now.meant());
        Counted done = back.joinedBy(now.adding()).completed();
        boolean inVain = broken.onCompletion() || back.without(Set.of(broker)).isBroken(minIsr);
        boolean moves = !partition.stalled() && cluster.liveIds().containsAll(partition.adding());
        boolean spared =
            moves
                && done.adding().isEmpty()
                && (!done.replicas().contains(broker)
                    || !done.without(Set.of(broker)).isBroken(minIsr));
        boolean worthwhile = broken.onCompletion() ? spared : !inVain || spared;

        assertThat(broken.unavoidable() && worthwhile).as("%s", broken).isFalse();
      }
    }
  }

  @Property(tries = 300)
  void callsUnavoidableWhatBreaksThoughAllReplicasAreInSync(
      @ForAll("clusters") ClusterSnapshot cluster) {
    for (PartitionState partition : cluster.partitions()) {
      ClusterSnapshot healed =
          aCluster()
              .rack(4, "d")
              .with(copyOf(partition))
              .minIsr(partition.topic(), cluster.minIsr().get(partition.topic()))
              .build();
      for (int broker : BROKERS) {
        assertThat(StopSafety.of(healed, Set.of(broker)).broken())
            .allSatisfy(it -> assertThat(it.unavoidable()).isTrue());
      }
    }
  }

  private static PartitionBuilder copyOf(PartitionState partition) {
    return aPartition(partition.topic(), partition.partition())
        .withReplicas(partition.replicas().toArray(Integer[]::new));
  }

  /**
   * The promise of a yes: nothing falls under its minimum, now or when a reassignment completes.
   */
  @Property(tries = 300)
  void whatMayStopTakesNoPartitionUnderItsMinimum(@ForAll("clusters") ClusterSnapshot cluster) {
    for (Set<Integer> stopped : subsets(BROKERS)) {
      Verdict verdict =
          stopped.isEmpty()
              ? new Verdict.No(List.of("nobody stops"))
              : new StopPolicy(Allowance.NONE).assessOthers(cluster, stopped).verdict();
      if (verdict instanceof Verdict.Yes) {
        for (PartitionState partition : cluster.partitions()) {
          int minIsr = cluster.minIsr().get(partition.topic());
          Counted before = Counted.of(cluster, partition, Set.of());
          Counted left = before.without(stopped);
          for (Counted after : List.of(left, left.joinedBy(left.adding()).completed())) {
            boolean worse = after.isr().size() < before.isr().size();
            assertThat(after.isBroken(minIsr) && worse && !broken(before, minIsr))
                .as("%s stop: %s, min %d", stopped, partition, minIsr)
                .isFalse();
          }
        }
      }
    }
  }

  /** With or without a stop. */
  private static boolean broken(Counted before, int minIsr) {
    return before.isBroken(minIsr) || before.joinedBy(before.adding()).completed().isBroken(minIsr);
  }

  @Property(tries = 300)
  void aLargerStopNeverBreaksLess(@ForAll("clusters") ClusterSnapshot cluster) {
    for (Set<Integer> stopped : subsets(BROKERS)) {
      Set<String> broken = names(cluster, stopped);
      for (int more : BROKERS) {
        Set<Integer> larger = new TreeSet<>(stopped);
        larger.add(more);
        assertThat(names(cluster, larger)).containsAll(broken);
      }
    }
  }

  private static Set<String> names(ClusterSnapshot cluster, Set<Integer> stopped) {
    Set<String> names = new TreeSet<>();
    StopSafety.of(cluster, stopped)
        .broken()
        .forEach(broken -> names.add(broken.partition().name()));
    return names;
  }

  @Property(tries = 300)
  @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
  void neverSaysYesWhileSomethingAvoidableBreaksOrIsUnknown(
      @ForAll("clusters") ClusterSnapshot cluster, @ForAll Allowance allowance) {
    for (Set<Integer> stopped : subsets(BROKERS)) {
      if (stopped.isEmpty()) {
        continue;
      }
      Verdict verdict = new StopPolicy(allowance).assessOthers(cluster, stopped).verdict();
      Statistics.collect(verdict.getClass());
      Consequences consequences = StopSafety.of(cluster, stopped);
      boolean harmful =
          consequences.broken().stream().anyMatch(it -> !it.unavoidable())
              || consequences.quorum().isPresent()
              || !consequences.starting().isEmpty()
              || cluster.hiddenTopics().isPresent();

      assertThat(verdict instanceof Verdict.Yes && harmful).as("%s", verdict).isFalse();
      assertThat(verdict instanceof Verdict.No && consequences.broken().isEmpty())
          .as("%s", verdict)
          .isEqualTo(
              consequences.broken().isEmpty()
                  && (consequences.quorum().isPresent() || !consequences.starting().isEmpty()));
    }
    Statistics.coverage(
        coverage -> {
          coverage.check(Verdict.Yes.class).percentage(it -> it > 3);
          coverage.check(Verdict.No.class).percentage(it -> it > 10);
          coverage.check(Verdict.CannotTell.class).percentage(it -> it > 1);
        });
  }

  @Property(tries = 300)
  void neverAnswersByAClusterThatNobodyVouchesFor(
      @ForAll("partitions") PartitionBuilder partition, @ForAll Allowance allowance) {
    for (int broker : List.of(1, 2, 3)) {
      ClusterSnapshot silent =
          aCluster().with(partition).controllerSilent("no controller answers").build();
      Verdict verdict = new StopPolicy(allowance).assess(aBroker(broker).build(), silent).verdict();

      assertThat(verdict).isInstanceOf(Verdict.CannotTell.class);
    }
  }

  private static List<Set<Integer>> subsets(List<Integer> ids) {
    List<Set<Integer>> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << ids.size(); bits++) {
      Set<Integer> subset = new TreeSet<>();
      for (int i = 0; i < ids.size(); i++) {
        if ((bits & 1 << i) != 0) {
          subset.add(ids.get(i));
        }
      }
      subsets.add(subset);
    }
    return subsets;
  }

  /** Four brokers, of which 3 and 4 are controllers too, and 101, which is nothing else. */
  @Provide
  Arbitrary<ClusterSnapshot> clusters() {
    return Combinators.combine(
            partitions().list().ofMinSize(1).ofMaxSize(4).uniqueElements(it -> it.build().name()),
            oftenEmpty(),
            Arbitraries.integers().between(0, 2500).list().ofSize(CONTROLLERS.size()),
            Arbitraries.integers().between(1, 4).list().ofSize(2),
            Arbitraries.frequency(Tuple.of(5, false), Tuple.of(1, true)),
            Arbitraries.of(true, false))
        .as(StopSafetyPropertyTest::cluster);
  }

  private static Arbitrary<Set<Integer>> oftenEmpty() {
    Arbitrary<Set<Integer>> none = Arbitraries.just(Set.of());
    return Arbitraries.frequencyOf(Tuple.of(3, none), Tuple.of(1, Arbitraries.subsetOf(BROKERS)));
  }

  private static ClusterSnapshot cluster(
      List<PartitionBuilder> partitions,
      Set<Integer> fenced,
      List<Integer> lags,
      List<Integer> minimums,
      boolean hiding,
      boolean silent) {
    ClusterBuilder cluster = aCluster().rack(4, "d").voters(101, 3, 4);
    partitions.forEach(cluster::with);
    cluster.minIsr("a", minimums.get(0)).minIsr("b", minimums.get(1));
    cluster.fenced(fenced.toArray(Integer[]::new));
    // all within the time that keeps a majority credible; 101 leads, and is never behind itself
    for (int i = 0; i < 2; i++) {
      cluster.lag(CONTROLLERS.get(i), Duration.ofMillis(lags.get(i)));
    }
    if (silent) {
      fenced.forEach(it -> cluster.lag(it, Duration.ofSeconds(20)));
    }
    if (hiding) {
      cluster.hidingTopics("topics may be hidden");
    }
    return cluster.build();
  }

  @Provide
  Arbitrary<PartitionBuilder> partitions() {
    Arbitrary<List<Integer>> replicas =
        Arbitraries.of(BROKERS).list().uniqueElements().ofMinSize(1).ofMaxSize(4);
    return Combinators.combine(
            Arbitraries.of("a", "b"),
            Arbitraries.integers().between(0, 9),
            replicas,
            oftenEmpty(),
            Arbitraries.subsetOf(BROKERS),
            Arbitraries.subsetOf(BROKERS),
            Arbitraries.of(true, false))
        .as(
            (topic, number, all, out, adding, removing, stalled) -> {
              PartitionBuilder partition =
                  aPartition(topic, number)
                      .withReplicas(all.toArray(Integer[]::new))
                      .isr(without(all, out))
                      .adding(only(all, adding))
                      // nobody is added and removed
                      .removing(only(all, minus(removing, adding)));
              PartitionBuilder led =
                  out.size() == all.size() && stalled ? partition.leaderless() : partition;
              return stalled ? led.stalled() : led;
            });
  }

  private static Set<Integer> minus(Set<Integer> some, Set<Integer> others) {
    Set<Integer> left = new TreeSet<>(some);
    left.removeAll(others);
    return left;
  }

  private static Integer[] without(List<Integer> all, Set<Integer> out) {
    return all.stream().filter(it -> !out.contains(it)).toArray(Integer[]::new);
  }

  private static Integer[] only(List<Integer> all, Set<Integer> some) {
    return all.stream().filter(some::contains).toArray(Integer[]::new);
  }
}

package dev.kafkapod.stopping;

import static dev.kafkapod.readiness.fixtures.Given.aController;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ClusterNode;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.ControlPlane.Follower;
import dev.kafkapod.readiness.ControlPlane.Quorum;
import dev.kafkapod.readiness.Finding;
import dev.kafkapod.readiness.Freshness;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation;
import dev.kafkapod.readiness.ReadinessPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Quorums of all kinds, of disks that vote and disks that don't, and what is said of them compared
 * with what one counts on one's fingers.
 */
class QuorumPropertyTest {

  private static final long NOW = 1_750_000_000_000L;
  private static final String CLUSTER_ID = "cluster-A";

  /** A disk that has never had the whole log. */
  private static final int NEVER = -1;

  /** Node 1 leads. */
  private static final int LEADER = 1;

  /**
   * A disk by which a node follows the metadata log, or once did.
   *
   * @param name its directory id; empty where Kafka doesn't tell
   * @param age how many milliseconds ago it had the whole log
   */
  private record Disk(int node, String name, boolean votes, int age) {}

  /** Three kinds of old disk, four of new: every combination for up to three nodes. */
  @Example
  void isRightAboutEveryQuorumOfUpToThreeNodes() {
    for (int nodes = 1; nodes <= 3; nodes++) {
      int kinds = 1;
      for (int i = 0; i < nodes; i++) {
        kinds *= 12;
      }
      for (int kind = 0; kind < kinds; kind++) {
        check(disks(nodes, kind));
      }
    }
  }

  private static List<Disk> disks(int nodes, int kind) {
    int[] oldAges = {0, 3_000, 60_000};
    int[] newAges = {0, 7_000, NEVER};
    List<Disk> disks = new ArrayList<>();
    int rest = kind;
    for (int node = 1; node <= nodes; node++) {
      disks.add(new Disk(node, "old", true, oldAges[rest % 3]));
      if (rest / 3 % 4 > 0) {
        disks.add(new Disk(node, "new", false, newAges[rest / 3 % 4 - 1]));
      }
      rest /= 12;
    }
    return disks;
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void isRightAboutQuorumsWithAnyLags(@ForAll("quorums") List<Disk> disks) {
    check(disks);
  }

  private static void check(List<Disk> disks) {
    ClusterSnapshot cluster = cluster(disks);
    assertThat(Freshness.staleBecause(cluster, Answer.unknown("nobody")).isEmpty())
        .as("trusts %s", disks)
        .isEqualTo(isTrusted(disks));
    Set<Integer> nodes = new TreeSet<>(disks.stream().map(Disk::node).toList());
    for (int subset = 0; subset < 1 << nodes.size(); subset++) {
      Set<Integer> stopped = new TreeSet<>();
      for (int node : nodes) {
        if ((subset & (1 << (node - 1))) != 0) {
          stopped.add(node);
        }
      }
      assertThat(StopSafety.of(cluster, stopped).quorum().isPresent())
          .as("loses its quorum when %s stop: %s", stopped, disks)
          .isEqualTo(losesQuorum(disks, stopped));
    }
    if (hasMajority(disks, 5_000)) {
      for (Disk disk : disks) {
        assertThat(finding(Condition.QUORUM, disk, cluster) instanceof Finding.Clear)
            .as("%s has a vote and keeps up among %s", disk, disks)
            .isEqualTo(disk.votes() && isUpTo(disk, 2_000));
        assertThat(finding(Condition.AT_MIN_QUORUM, disk, cluster) instanceof Finding.Holds)
            .as("%s has no voter to spare", disks)
            .isEqualTo(isAtItsMinimum(disks));
      }
    }
  }

  // counted, not looked up

  private static boolean isUpTo(Disk disk, int limit) {
    return (disk.node() == LEADER && disk.votes()) || (disk.age() != NEVER && disk.age() <= limit);
  }

  private static boolean hasMajority(List<Disk> disks, int limit) {
    int all = 0;
    int there = 0;
    for (Disk disk : disks) {
      all += disk.votes() ? 1 : 0;
      there += disk.votes() && isUpTo(disk, limit) ? 1 : 0;
    }
    return there + there > all;
  }

  private static boolean losesQuorum(List<Disk> disks, Set<Integer> stopped) {
    boolean concerned = false;
    List<Disk> left = new ArrayList<>();
    for (Disk disk : disks) {
      concerned |= disk.votes() && stopped.contains(disk.node());
      // whoever stops is a vote that never comes
      left.add(
          stopped.contains(disk.node())
              ? new Disk(disk.node() + 100, disk.name(), disk.votes(), NEVER)
              : disk);
    }
    return concerned && !hasMajority(left, 2_000);
  }

  /** There is one to spare as long as a majority is left without it. */
  private static boolean isAtItsMinimum(List<Disk> disks) {
    int all = 0;
    int there = 0;
    for (Disk disk : disks) {
      all += disk.votes() ? 1 : 0;
      there += disk.votes() && isUpTo(disk, 2_000) ? 1 : 0;
    }
    boolean oneCanEverBeSpared = (all - 1) * 2 > all;
    boolean oneCanBeSparedNow = (there - 1) * 2 > all;
    return oneCanEverBeSpared && !oneCanBeSparedNow;
  }

  private static boolean isTrusted(List<Disk> disks) {
    boolean trusted = hasMajority(disks, 5_000);
    for (Disk one : disks) {
      boolean follows = false;
      for (Disk any : disks) {
        follows |= any.node() == one.node() && isUpTo(any, 5_000);
      }
      trusted &= follows;
    }
    return trusted;
  }

  // as the tool sees it

  private static ClusterSnapshot cluster(List<Disk> disks) {
    List<Follower> voters = new ArrayList<>();
    List<Follower> observers = new ArrayList<>();
    Set<ClusterNode> nodes = new TreeSet<>((one, other) -> Integer.compare(one.id(), other.id()));
    for (Disk disk : disks) {
      boolean leads = disk.node() == LEADER && disk.votes();
      OptionalLong caughtUp =
          leads
              ? OptionalLong.of(NOW)
              : disk.age() == NEVER ? OptionalLong.empty() : OptionalLong.of(NOW - disk.age());
      (disk.votes() ? voters : observers)
          .add(
              new Follower(
                  disk.node(),
                  Optional.of(disk.name()).filter(it -> !it.isEmpty()),
                  caughtUp,
                  1000));
      nodes.add(new ClusterNode(disk.node(), "host", 9092, Optional.empty(), false));
    }
    return new ClusterSnapshot(
        CLUSTER_ID,
        ClusterSnapshot.Asked.BROKERS,
        List.copyOf(nodes),
        true,
        Set.of(),
        new Quorum(LEADER, 7, voters, observers),
        Set.of(),
        0,
        List.of(),
        Map.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static Finding finding(Condition condition, Disk self, ClusterSnapshot cluster) {
    String role = !self.votes() ? "observer" : self.node() == LEADER ? "leader" : "follower";
    BrokerSnapshot process = aController(self.node()).inQuorum(role).build();
    Observation observation =
        new Observation(
            Answer.known(process), Answer.unknown("not looked at"), Answer.known(cluster));
    return ReadinessPolicy.of(GatePreset.STRICT)
        .assess(observation, true)
        .result(condition)
        .finding();
  }

  /** One to seven voters, each by one disk or two, and nodes without a vote. */
  @Provide
  Arbitrary<List<Disk>> quorums() {
    Arbitrary<Integer> ages =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.integers().between(0, 2_000)),
            Tuple.of(3, Arbitraries.of(NEVER, 2_000, 2_001, 5_000, 5_001)),
            Tuple.of(1, Arbitraries.integers().between(0, 100_000)));
    return Arbitraries.integers()
        .between(1, 7)
        .flatMap(
            voters ->
                Combinators.combine(
                        ages.list().ofSize(voters),
                        ages.list().ofSize(voters + 2),
                        Arbitraries.of(true, false).list().ofSize(voters + 2),
                        Arbitraries.of("", "old"))
                    .as(QuorumPropertyTest::disks));
  }

  private static List<Disk> disks(
      List<Integer> ages, List<Integer> newAges, List<Boolean> isThere, String oldName) {
    List<Disk> disks = new ArrayList<>();
    for (int i = 0; i < newAges.size(); i++) {
      boolean votes = i < ages.size();
      if (votes) {
        disks.add(new Disk(i + 1, oldName, true, ages.get(i)));
      }
      if (!votes || isThere.get(i)) {
        disks.add(new Disk(i + 1, "new", false, newAges.get(i)));
      }
    }
    return disks;
  }
}

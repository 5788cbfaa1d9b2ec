package dev.kafkapod.stopping;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.readiness.ClusterTimeouts;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StopSafetyTest {

  @Test
  void aBrokerWhosePartitionsHaveEnoughReplicasInSyncBreaksNothing() {
    Consequences consequences = stop(aCluster().with(aPartition("orders", 0)), 3);

    assertThat(consequences)
        .isEqualTo(
            new Consequences(
                List.of(3),
                List.of(),
                1,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of()));
  }

  @Test
  void aPartitionAtItsMinimumFallsUnderIt() {
    assertThat(broken(aCluster().with(aPartition("orders", 0).isr(1, 3)), 3))
        .containsExactly(
            "orders-0: 1 of min ISR 2 would be left (1); missing already: 2 UNDER_MIN_ISR");
  }

  @Test
  void aPartitionUnderItsMinimumStaysThereWithoutTheBrokerThatCouldHelp() {
    assertThat(broken(aCluster().with(aPartition("orders", 0).isr(1)), 3))
        .containsExactly(
            "orders-0: 1 of min ISR 2 would be left (1); missing already: 2 UNDER_MIN_ISR");
  }

  @Test
  void theLastMemberOfAnIsrLeavesItsPartitionLeaderless() {
    assertThat(broken(aCluster().with(aPartition("orders", 0).isr(3)).minIsr("orders", 1), 3))
        .containsExactly(
            "orders-0: no replica in sync would be left; missing already: 1, 2 LEADERLESS");
  }

  @Test
  void whereAnEligibleReplicaIsLeftThePartitionIsNotLeaderless() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).isr(3).eligible(1));

    assertThat(broken(cluster, 3))
        .containsExactly(
            "orders-0: 1 of min ISR 2 would be left (1); missing already: 2 UNDER_MIN_ISR");
    assertThat(broken(cluster.fenced(1), 3))
        .containsExactly(
            "orders-0: no replica in sync would be left, and Kafka would wait for an eligible leader (1); missing already: 1, 2 LEADERLESS");
  }

  @Test
  void aPartitionElsewhereDoesNotMatterHoweverBadItIs() {
    Consequences consequences =
        stop(aCluster().with(aPartition("orders", 0).withReplicas(1, 2).isr(1)), 3);

    assertThat(consequences.partitions()).isZero();
    assertThat(consequences.broken()).isEmpty();
  }

  @Test
  void fencedMembersOfAnIsrDoNotCount() {
    assertThat(broken(aCluster().with(aPartition("orders", 0)).fenced(2), 3))
        .containsExactly(
            "orders-0: 1 of min ISR 2 would be left (1); missing already: 2 UNDER_MIN_ISR");
  }

  @Test
  void whoIsNotListedIsNotCountedEither() {
    assertThat(broken(aCluster().with(aPartition("orders", 0)).notListing(2), 3)).hasSize(1);
  }

  @Test
  void brokersThatStopTogetherAreMissedTogether() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0));

    assertThat(broken(cluster, 2, 3))
        .containsExactly(
            "orders-0: 1 of min ISR 2 would be left (1); missing already: none UNDER_MIN_ISR");
    assertThat(broken(cluster, 1, 2, 3))
        .containsExactly(
            "orders-0: no replica in sync would be left; missing already: none LEADERLESS");
  }

  @Test
  void aMinimumAboveTheNumberOfReplicasIsEnforcedOnlyUpToThatNumber() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("pairs", 0).withReplicas(1, 2)).minIsr("pairs", 3);

    assertThat(broken(cluster, 2))
        .containsExactly(
            "pairs-0: 1 of min ISR 3 would be left (1); unavoidable with 2 replicas UNDER_MIN_ISR");
  }

  @Test
  void replicasThatAreBeingAddedCountForTheMinimum() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("moving", 0).withReplicas(1, 2, 3).adding(2, 3).isr(1))
            .minIsr("moving", 2);

    assertThat(broken(cluster, 2))
        .containsExactly(
            "moving-0: 1 of min ISR 2 would be left (1); a reassignment is adding: 3 UNDER_MIN_ISR");
  }

  @Test
  void membersThatAReassignmentRemovesCountUntilTheyLeave() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("moving", 0).removing(1, 2)).minIsr("moving", 2);

    assertThat(broken(cluster, 3)).isEmpty();
  }

  @Test
  void aSingleReplicaThatIsMovingAwayIsWorthWaitingFor() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("solo", 0).withReplicas(1, 2).adding(2).removing(1).isr(1))
            .minIsr("solo", 1);

    assertThat(stop(cluster, 1).broken())
        .singleElement()
        .satisfies(it -> assertThat(it.unavoidable()).isFalse());
  }

  @Test
  void aSingleReplicaCannotBeSparedWhateverItsMinimum() {
    ClusterBuilder cluster = aCluster().with(aPartition("solo", 0).withReplicas(3));

    assertThat(broken(cluster, 3))
        .containsExactly(
            "solo-0: no replica in sync would be left; unavoidable with 1 replica LEADERLESS");
    assertThat(broken(cluster.withoutMinIsrOf("solo"), 3)).hasSize(1);
  }

  @Test
  void asManyReplicasAsTheMinimumCannotBeSparedButNoMoreThanOneOfThem() {
    ClusterBuilder together = aCluster().with(aPartition("pairs", 0).withReplicas(1, 2));
    ClusterBuilder shrunk = aCluster().with(aPartition("pairs", 0).withReplicas(1, 2).isr(1));

    assertThat(stop(together, 1).broken().get(0).unavoidable()).isTrue();
    assertThat(stop(together, 1, 2).broken().get(0).unavoidable()).isFalse();
    assertThat(stop(shrunk, 1).broken().get(0).unavoidable()).isFalse();
    assertThat(stop(shrunk, 2).broken().get(0).unavoidable()).isTrue();
  }

  @Test
  void aReplicaToSpareMakesEveryHarmAvoidable() {
    assertThat(stop(aCluster().with(aPartition("orders", 0).isr(2, 3)), 3).broken())
        .singleElement()
        .satisfies(it -> assertThat(it.unavoidable()).isFalse());
  }

  @Test
  void withoutAMinimumOnlyTheLossOfAllIsCertain() {
    Consequences consequences =
        stop(
            aCluster()
                .with(aPartition("orders", 0), aPartition("orders", 1).isr(3))
                .withoutMinIsrOf("orders"),
            3);

    assertThat(consequences.broken())
        .extracting(it -> it.partition().name())
        .containsExactly("orders-1");
    assertThat(consequences.undecided())
        .containsExactly("min.insync.replicas of orders isn't known");
  }

  @Test
  void tellsWhyMinimumsAreNotKnownAndTopicsHidden() {
    Consequences consequences =
        stop(
            aCluster()
                .with(aPartition("orders", 0))
                .withoutMinIsrOf("orders")
                .minIsrProblem("an ACL is missing")
                .hidingTopics("topics are hidden"),
            3);

    assertThat(consequences.undecided()).containsExactly("an ACL is missing", "topics are hidden");
  }

  @Test
  void aMinimumThatNobodyNeedsMayBeUnknown() {
    Consequences consequences =
        stop(
            aCluster()
                .with(aPartition("orders", 0).withReplicas(1, 2))
                .withoutMinIsrOf("orders")
                .minIsrProblem("an ACL is missing"),
            3);

    assertThat(consequences.undecided()).isEmpty();
  }

  @Test
  void sortsWhatBreaksByName() {
    ClusterBuilder cluster =
        aCluster()
            .with(
                aPartition("b", 0).isr(3),
                aPartition("a", 10).isr(1, 3),
                aPartition("a", 2).isr(3));

    assertThat(stop(cluster, 3).broken())
        .extracting(it -> it.partition().name())
        .containsExactly("a-2", "a-10", "b-0");
  }

  @Test
  void oneControllerOfThreeMayStopWhileTheOthersHaveCaughtUp() {
    assertThat(stop(aCluster(), 102))
        .isEqualTo(
            new Consequences(
                List.of(),
                List.of(102),
                0,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of()));
  }

  @Test
  void aControllerThatLagsDoesNotCountForTheQuorum() {
    assertThat(quorum(aCluster().lag(103, ClusterTimeouts.DEFAULT.quorumFetch()), 102)).isEmpty();
    assertThat(
            quorum(aCluster().lag(103, ClusterTimeouts.DEFAULT.quorumFetch().plusMillis(1)), 102))
        .contains("quorum lost (2 of 3 controllers are needed, left: 101; behind: 103)");
  }

  @Test
  void aControllerMayLagForAsLongAsThisQuorumsFetchTimeout() {
    ClusterTimeouts longer =
        ClusterTimeouts.in(Map.of("controller.quorum.fetch.timeout.ms", "10000"));

    assertThat(quorum(aCluster().timeouts(longer).lag(103, Duration.ofSeconds(10)), 102)).isEmpty();
    assertThat(quorum(aCluster().timeouts(longer).lag(103, Duration.ofMillis(10_001)), 102))
        .isPresent();
  }

  @Test
  void aNewDiskDoesNotVoteForTheLostOne() {
    assertThat(quorum(aCluster().replacedDisk(103, Duration.ofSeconds(60)), 102))
        .contains(
            "quorum lost (2 of 3 controllers are needed, left: 101; behind: 103);"
                + " controller 103 follows by another disk that has no vote:"
                + " remove the old voter, then add the new one"
                + " (kafka-metadata-quorum.sh remove-controller and add-controller)");
    assertThat(
            quorum(
                aCluster()
                    .voters(101, 102, 103, 104, 105)
                    .replacedDisk(104, Duration.ofSeconds(60))
                    .replacedDisk(103, Duration.ofSeconds(60)),
                102))
        .contains(
            "quorum lost (3 of 5 controllers are needed, left: 101, 105; behind: 103, 104);"
                + " controllers 103, 104 follow by another disk that has no vote:"
                + " remove the old voter, then add the new one"
                + " (kafka-metadata-quorum.sh remove-controller and add-controller)");
  }

  @Test
  void aControllerWhoseDiskHasNoVoteMayStop() {
    assertThat(quorum(aCluster().replacedDisk(103, Duration.ofSeconds(60)), 103)).isEmpty();
  }

  @Test
  void theLeaderMayStopTooIfAMajorityIsLeft() {
    assertThat(quorum(aCluster(), 101)).isEmpty();
    assertThat(quorum(aCluster().neverCaughtUp(102), 101))
        .contains("quorum lost (2 of 3 controllers are needed, left: 103; behind: 102)");
  }

  @Test
  void twoControllersOfThreeAreTooMany() {
    assertThat(quorum(aCluster(), 101, 102))
        .contains("quorum lost (2 of 3 controllers are needed, left: 103)");
  }

  @Test
  void aSingleControllerCanNeverBeSpared() {
    assertThat(quorum(aCluster().voters(101), 101))
        .contains("quorum lost (1 of 1 controllers are needed, left: none)");
  }

  @Test
  void twoControllersCannotSpareOneEither() {
    assertThat(quorum(aCluster().voters(101, 102), 102))
        .contains("quorum lost (2 of 2 controllers are needed, left: 101)");
  }

  @Test
  void aQuorumIsNoConcernOfBrokersThatDoNotVote() {
    assertThat(quorum(aCluster().lag(102, Duration.ofSeconds(9)), 1)).isEmpty();
  }

  @Test
  void aCombinedNodeIsMissedAsABrokerAndAsAController() {
    Consequences consequences =
        stop(
            aCluster()
                .voters(1, 2, 3)
                .with(aPartition("orders", 0).isr(1, 3))
                .lag(2, Duration.ofSeconds(4)),
            3);

    assertThat(consequences.who()).isEqualTo("broker 3");
    assertThat(consequences.broken()).hasSize(1);
    assertThat(consequences.quorum())
        .map(QuorumLoss::describe)
        .contains("quorum lost (2 of 3 controllers are needed, left: 1; behind: 2)");
  }

  @Test
  void saysWhoWouldStop() {
    assertThat(stop(aCluster(), 2, 1, 102, 101).who())
        .isEqualTo("brokers 1, 2 and controllers 101, 102");
    assertThat(stop(aCluster(), 1, 101).who()).isEqualTo("broker 1 and controller 101");
  }

  @Test
  void askedOfControllersOnlyControllersStop() {
    assertThat(stop(aCluster().askedThroughControllers(), 101).who()).isEqualTo("controller 101");
  }

  @Test
  void inZooKeeperModeThereIsNoQuorumToLose() {
    assertThat(quorum(aCluster().inZooKeeperMode(), 1, 2, 3)).isEmpty();
    assertThat(stop(aCluster().inZooKeeperMode().notListing(3), 3).who()).isEqualTo("broker 3");
  }

  @Test
  void refusesToJudgeByAPartOfThePartitions() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0)).partitionCount(2);

    assertThatThrownBy(() -> stop(cluster, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a stop can't be judged by 1 of 2 partitions");
  }

  @Test
  void aQuorumHasAVoter() {
    assertThatThrownBy(() -> new QuorumLoss(0, List.of(), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a quorum can't have 0 voters");
  }

  private static Consequences stop(ClusterBuilder cluster, Integer... nodes) {
    return StopSafety.of(cluster.build(), Set.of(nodes));
  }

  private static List<String> broken(ClusterBuilder cluster, Integer... nodes) {
    return stop(cluster, nodes).broken().stream()
        .map(it -> it.describe() + " " + it.harm())
        .toList();
  }

  private static Optional<String> quorum(ClusterBuilder cluster, Integer... nodes) {
    return stop(cluster, nodes).quorum().map(QuorumLoss::describe);
  }
}

package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.Condition.AT_MIN_ISR;
import static dev.kafkapod.readiness.Condition.OFFLINE;
import static dev.kafkapod.readiness.Condition.OUT_OF_SYNC;
import static dev.kafkapod.readiness.Condition.UNDER_MIN_ISR;
import static dev.kafkapod.readiness.Condition.UNDER_REPLICATED;
import static dev.kafkapod.readiness.Judging.finding;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Finding.Clear;
import dev.kafkapod.readiness.Finding.HoldsFor;
import dev.kafkapod.readiness.Finding.NotApplicable;
import dev.kafkapod.readiness.Finding.Unknown;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The conditions that are counted over the cluster's partitions. */
class PartitionConditionsTest {

  @ParameterizedTest
  @MethodSource("dev.kafkapod.readiness.Condition#countingPartitions")
  void findACompleteClusterInOrder(Condition condition) {
    assertThat(finding(condition, anObservation().in(aCluster().with(aPartition("orders", 0)))))
        .isEqualTo(new Clear());
  }

  @Test
  void offlineHoldsForPartitionsWithoutALeader() {
    PartitionBuilder broken = aPartition("orders", 1).isr(2).leaderless();

    assertThat(
            finding(OFFLINE, anObservation().in(aCluster().with(aPartition("orders", 0), broken))))
        .isEqualTo(holdsFor(broken));
  }

  @Test
  void underReplicatedHoldsForPartitionsWithAReplicaOutOfSync() {
    PartitionBuilder broken = aPartition("orders", 1).isr(1, 2);

    assertThat(
            finding(
                UNDER_REPLICATED,
                anObservation().in(aCluster().with(aPartition("orders", 0), broken))))
        .isEqualTo(holdsFor(broken));
  }

  @Test
  void outOfSyncHoldsForThisBrokersReplicasAlone() {
    PartitionBuilder own = aPartition("orders", 0).isr(1, 2);
    PartitionBuilder others = aPartition("orders", 1).isr(1, 3);
    PartitionBuilder elsewhere = aPartition("orders", 2).withReplicas(1, 2, 4).isr(1);

    assertThat(
            finding(
                OUT_OF_SYNC,
                anObservation().of(aBroker(3)).in(aCluster().with(own, others, elsewhere))))
        .isEqualTo(holdsFor(own));
  }

  @Test
  void outOfSyncCannotTellOfABrokerWithoutANodeId() {
    assertThat(finding(OUT_OF_SYNC, anObservation().of(aBroker(1).withoutNodeId())))
        .isEqualTo(new Unknown("the broker's node id isn't known yet"));
  }

  @Test
  void outOfSyncCannotTellOfABrokerThatDoesNotAnswer() {
    assertThat(finding(OUT_OF_SYNC, anObservation().brokerUnknown("no JMX")))
        .isEqualTo(new Unknown("no JMX"));
  }

  @Test
  void outOfSyncAsksNothingOfAController() {
    assertThat(finding(OUT_OF_SYNC, anObservation().of(aController(101))))
        .isEqualTo(new NotApplicable("a controller has no replicas"));
  }

  @Test
  void underMinIsrHoldsForPartitionsThatRefuseWrites() {
    PartitionBuilder under = aPartition("orders", 0).isr(1);
    PartitionBuilder at = aPartition("orders", 1).isr(1, 2);

    assertThat(finding(UNDER_MIN_ISR, anObservation().in(aCluster().with(under, at))))
        .isEqualTo(holdsFor(under));
  }

  @Test
  void atMinIsrHoldsForPartitionsThatCannotSpareAReplica() {
    PartitionBuilder under = aPartition("orders", 0).isr(1);
    PartitionBuilder at = aPartition("orders", 1).isr(1, 2);

    assertThat(finding(AT_MIN_ISR, anObservation().in(aCluster().with(under, at))))
        .isEqualTo(holdsFor(at));
  }

  @ParameterizedTest
  @EnumSource(names = {"AT_MIN_ISR", "UNDER_REPLICATED"})
  void aFencedBrokerIsNoMemberOfAnIsrWhateverTheIsrSays(Condition condition) {
    PartitionBuilder pair = aPartition("pairs", 0).withReplicas(1, 2);

    assertThat(
            finding(
                condition, anObservation().in(aCluster().with(pair).minIsr("pairs", 1).fenced(2))))
        .isEqualTo(holdsFor(pair));
  }

  @Test
  void aMinimumIsNeededOfATopicWhoseIsrHasAFencedMember() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0)).fenced(2).withoutMinIsrOf("orders");

    assertThat(finding(AT_MIN_ISR, anObservation().in(cluster)))
        .isEqualTo(new Unknown("min.insync.replicas isn't known"));
  }

  @Test
  void aPairOnItsWayToThreeIsAtItsMinimum() {
    PartitionBuilder growing = aPartition("pairs", 0).withReplicas(1, 2, 3).adding(3).isr(1, 2);

    assertThat(finding(AT_MIN_ISR, anObservation().in(aCluster().with(growing))))
        .isEqualTo(holdsFor(growing));
    assertThat(finding(AT_MIN_ISR, anObservation().in(aCluster().with(growing.stalled()))))
        .isEqualTo(new Clear());
  }

  @Test
  void everyTopicHasItsOwnMinimum() {
    PartitionBuilder orders = aPartition("orders", 0).isr(1, 2);
    PartitionBuilder payments = aPartition("payments", 0).isr(1, 2);
    ClusterBuilder cluster =
        aCluster().with(orders, payments).minIsr("orders", 1).minIsr("payments", 2);

    assertThat(finding(AT_MIN_ISR, anObservation().in(cluster))).isEqualTo(holdsFor(payments));
  }

  @Test
  void minIsrConditionsCannotTellOfAShrunkPartitionWithoutItsMinimum() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("orders", 0).isr(1))
            .withoutMinIsrOf("orders")
            .minIsrProblem("an ACL is missing");

    assertThat(finding(UNDER_MIN_ISR, anObservation().in(cluster)))
        .isEqualTo(new Unknown("an ACL is missing"));
  }

  @Test
  void minIsrConditionsCannotTellWithoutAMinimumEvenWhereNobodySaysWhy() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).isr(1)).withoutMinIsrOf("orders");

    assertThat(finding(AT_MIN_ISR, anObservation().in(cluster)))
        .isEqualTo(new Unknown("min.insync.replicas isn't known"));
  }

  @Test
  void aSeenProblemCountsThoughAnotherTopicsMinimumIsNotKnown() {
    PartitionBuilder seen = aPartition("orders", 0).isr(1, 2);
    ClusterBuilder cluster =
        aCluster().with(seen, aPartition("payments", 0).isr(1)).withoutMinIsrOf("payments");

    assertThat(finding(AT_MIN_ISR, anObservation().in(cluster)))
        .isEqualTo(holdsForAtLeast(Optional.of("min.insync.replicas isn't known"), seen));
  }

  @Test
  void noMinimumIsNeededOfATopicWhoseReplicasAreAllInSync() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0)).withoutMinIsrOf("orders");

    assertThat(finding(AT_MIN_ISR, anObservation().in(cluster))).isEqualTo(new Clear());
  }

  @Test
  void aMinimumIsNeededOfATopicWhoseOnlyMissingReplicaIsStillBeingAdded() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("orders", 0).withReplicas(4, 1, 2, 3).adding(4).isr(1, 2, 3))
            .withoutMinIsrOf("orders");

    assertThat(finding(UNDER_MIN_ISR, anObservation().in(cluster)))
        .isEqualTo(new Unknown("min.insync.replicas isn't known"));
  }

  @Test
  void noMinimumIsNeededOfATopicThatIsLeftOut() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).isr(1)).withoutMinIsrOf("orders");

    assertThat(findingWithout("orders"::equals, AT_MIN_ISR, cluster)).isEqualTo(new Clear());
  }

  @ParameterizedTest
  @EnumSource(names = {"OFFLINE", "UNDER_MIN_ISR", "OUT_OF_SYNC", "UNDER_REPLICATED"})
  void noConditionLooksAtTopicsThatAreLeftOut(Condition condition) {
    PartitionBuilder broken = aPartition("orders", 0).isr().leaderless();
    PartitionBuilder leftOut = aPartition("test-orders", 0).isr().leaderless();

    assertThat(
            findingWithout(
                topic -> topic.startsWith("test-"), condition, aCluster().with(leftOut, broken)))
        .isEqualTo(holdsFor(broken));
  }

  @ParameterizedTest
  @EnumSource(names = {"OFFLINE", "UNDER_MIN_ISR", "OUT_OF_SYNC", "UNDER_REPLICATED"})
  void aSeenProblemCountsThoughTopicsMayBeHidden(Condition condition) {
    PartitionBuilder broken = aPartition("orders", 0).isr().leaderless();

    assertThat(
            finding(
                condition,
                anObservation().in(aCluster().with(broken).hidingTopics("an ACL is missing"))))
        .isEqualTo(holdsForAtLeast(Optional.of("an ACL is missing"), broken));
  }

  @ParameterizedTest
  @MethodSource("dev.kafkapod.readiness.Condition#countingPartitions")
  void nothingWrongCannotBeToldWhileTopicsMayBeHidden(Condition condition) {
    assertThat(
            finding(
                condition,
                anObservation()
                    .in(
                        aCluster()
                            .with(aPartition("orders", 0))
                            .hidingTopics("an ACL is missing"))))
        .isEqualTo(new Unknown("an ACL is missing"));
  }

  @ParameterizedTest
  @MethodSource("dev.kafkapod.readiness.Condition#countingPartitions")
  void nothingCanBeToldFromAClusterThatIsNotTrusted(Condition condition) {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).isr().leaderless()).lag(2, Duration.ofSeconds(8));

    assertThat(finding(condition, anObservation().in(cluster)))
        .isEqualTo(
            new Unknown(
                "broker 2 last caught up with the controller 8.0 s ago,"
                    + " so the cluster's answers may be old"));
  }

  @ParameterizedTest
  @MethodSource("dev.kafkapod.readiness.Condition#countingPartitions")
  void nothingCanBeToldFromAnotherCluster(Condition condition) {
    ClusterBuilder cluster =
        aCluster().id("cluster-B").with(aPartition("orders", 0).isr().leaderless());

    assertThat(finding(condition, anObservation().in(cluster)))
        .isEqualTo(
            new Unknown(
                "broker 1 belongs to cluster cluster-A,"
                    + " but the bootstrap servers answer for cluster cluster-B;"
                    + " check --bootstrap-server"));
  }

  @ParameterizedTest
  @MethodSource("dev.kafkapod.readiness.Condition#countingPartitions")
  void nothingCanBeToldWithoutTheCluster(Condition condition) {
    assertThat(finding(condition, anObservation().clusterUnknown("no cluster")))
        .isEqualTo(new Unknown("no cluster"));
  }

  @ParameterizedTest
  @EnumSource(names = {"OFFLINE", "UNDER_MIN_ISR", "AT_MIN_ISR", "UNDER_REPLICATED"})
  void partitionsAreSeenThoughTheBrokerDoesNotAnswer(Condition condition) {
    assertThat(
            finding(
                condition,
                anObservation()
                    .brokerUnknown("no JMX")
                    .in(aCluster().with(aPartition("orders", 0)))))
        .isEqualTo(new Clear());
  }

  @ParameterizedTest
  @MethodSource("dev.kafkapod.readiness.Condition#countingPartitions")
  void aBrokersPartitionsCannotBeHadFromControllers(Condition condition) {
    assertThat(finding(condition, anObservation().in(aCluster().askedThroughControllers())))
        .isEqualTo(
            new Unknown(
                "controllers describe no partitions; name brokers with --bootstrap-server"));
  }

  @ParameterizedTest
  @EnumSource(names = {"OFFLINE", "UNDER_MIN_ISR", "AT_MIN_ISR", "UNDER_REPLICATED"})
  void aControllerIsNotAskedForPartitionsThatItsQuorumDoesNotDescribe(Condition condition) {
    assertThat(
            finding(
                condition,
                anObservation().of(aController(102)).in(aCluster().askedThroughControllers())))
        .isEqualTo(new NotApplicable("controllers were asked, and they describe no partitions"));
  }

  @ParameterizedTest
  @EnumSource(names = {"OFFLINE", "UNDER_MIN_ISR", "UNDER_REPLICATED"})
  void aControllersClusterIsJudgedWhereBrokersWereAsked(Condition condition) {
    PartitionBuilder broken = aPartition("orders", 0).isr().leaderless();

    assertThat(finding(condition, anObservation().of(aController(102)).in(aCluster().with(broken))))
        .isEqualTo(holdsFor(broken));
  }

  private static Finding findingWithout(
      Predicate<String> excludedTopics, Condition condition, ClusterBuilder cluster) {
    return new ReadinessPolicy(GatePreset.STRICT.gates(), Map.of(), excludedTopics)
        .assess(anObservation().in(cluster).build(), false)
        .result(condition)
        .finding();
  }

  private static Finding holdsFor(PartitionBuilder... partitions) {
    return holdsForAtLeast(Optional.empty(), partitions);
  }

  /** Perhaps there are more, for a reason that is given. */
  private static Finding holdsForAtLeast(
      Optional<String> incomplete, PartitionBuilder... partitions) {
    return new HoldsFor(
        Arrays.stream(partitions).map(PartitionBuilder::build).toList(), incomplete);
  }
}

package dev.kafkapod.stopping;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Freshness;
import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The stop of brokers that serve nobody: dead, cut off, starting, or recovering their logs. */
class IdleBrokerStopTest {

  private static final Duration SILENT = Duration.ofSeconds(20);

  @Test
  void letsABrokerGoThatIsFencedAndSilentAndSaysWhatThatDoesNotCure() {
    ClusterBuilder cluster =
        aCluster()
            .with(
                aPartition("pairs", 0).withReplicas(1, 2).isr(1),
                aPartition("orders", 0).isr(1, 3),
                aPartition("solo", 0).withReplicas(2).isr(2).leaderless())
            .fenced(2)
            .lag(2, SILENT);

    assertThat(together(Allowance.NONE, cluster, 2))
        .isEqualTo(
            new Verdict.Yes(
                "nothing breaks (partitions there: 3); not cured by it: leaderless 1 (solo-0), under-min-ISR 1 (pairs-0)"));
    assertThat(StopSafety.of(cluster.build(), Set.of(2)).uncured())
        .extracting(BrokenPartition::describeUnchanged)
        .containsExactly(
            "pairs-0: under-min-ISR with or without it (in sync: 1)",
            "solo-0: leaderless with or without it (in sync: none)");
  }

  @Test
  void needsNoMinimumWhereNothingChanges() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("pairs", 0).withReplicas(1, 2).isr(1))
            .withoutMinIsrOf("pairs")
            .fenced(2)
            .lag(2, SILENT);

    assertThat(together(Allowance.NONE, cluster, 2))
        .isEqualTo(new Verdict.Yes("nothing breaks (partitions there: 1)"));
  }

  @Test
  void doesNotTakeABrokerForIdleThatIsStillInSyncInAnotherAnswer() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("pairs", 0).withReplicas(1, 2)).fenced(2).lag(2, SILENT);

    assertThat(together(Allowance.NONE, cluster, 2))
        .isEqualTo(new Verdict.No(List.of("under-min-ISR 1 (pairs-0)")));
  }

  @Test
  void whoGoesTogetherWithAFencedOneIsJudgedAllTheSame() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("pairs", 0).withReplicas(1, 2).isr(1)).fenced(2).lag(2, SILENT);

    assertThat(together(Allowance.ALL, cluster, 1, 2))
        .isEqualTo(new Verdict.No(List.of("leaderless 1 (pairs-0)")));
  }

  @Test
  void aLiveReplicaThatCatchesUpIsWorthWaitingFor() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("pairs", 0).withReplicas(1, 2).isr(1)).lag(2, SILENT);

    assertThat(together(Allowance.SINGLE, cluster, 2))
        .isEqualTo(new Verdict.No(List.of("under-min-ISR 1 (pairs-0)")));
  }

  @Test
  void refusesTheStopOfABrokerThatIsStarting() {
    String alone =
        "starting (broker 2 is fenced, but follows the controller): it may be recovering its logs, and a stop makes it start all over";

    assertThat(together(Allowance.ALL, aCluster().fenced(2), 2))
        .isEqualTo(new Verdict.No(List.of(alone)));
    assertThat(together(Allowance.ALL, aCluster().notListing(2).notListingFenced(), 2))
        .isEqualTo(new Verdict.No(List.of(alone)));
    assertThat(together(Allowance.ALL, aCluster().fenced(2, 3), 2, 3).summary())
        .startsWith("starting (brokers 2, 3 are fenced, but follow the controller): they may be");
  }

  @Test
  void isSilentOnlyAfterTheTimeThatAnAnswerMayBeOld() {
    assertThat(together(Allowance.ALL, aCluster().fenced(2).lag(2, Freshness.BROKER_LAG), 2))
        .isInstanceOf(Verdict.No.class);
    assertThat(
            together(
                Allowance.ALL, aCluster().fenced(2).lag(2, Freshness.BROKER_LAG.plusMillis(1)), 2))
        .isInstanceOf(Verdict.Yes.class);
    assertThat(together(Allowance.ALL, aCluster().fenced(2).unknownToTheLeader(2), 2))
        .isInstanceOf(Verdict.Yes.class);
    assertThat(together(Allowance.ALL, aCluster().fenced(2).neverCaughtUp(2), 2))
        .isInstanceOf(Verdict.Yes.class);
  }

  @Test
  void inZooKeeperModeAFencedBrokerIsGone() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("pairs", 0).withReplicas(1, 2).isr(1))
            .inZooKeeperMode()
            .notListing(2);

    assertThat(together(Allowance.SINGLE, cluster, 2))
        .isEqualTo(
            new Verdict.Yes(
                "nothing breaks (partitions there: 1); not cured by it: under-min-ISR 1 (pairs-0)"));
  }

  @Test
  void aControllerIsNotStartingBecauseItIsNoBroker() {
    assertThat(together(Allowance.SINGLE, aCluster(), 102)).isInstanceOf(Verdict.Yes.class);
  }

  @Test
  void refusesTheStopOfALocalBrokerThatRecoversItsLogsUnlessItGetsNowhere() {
    BrokerBuilder recovering = aBroker(2).recovering(12, 3);
    ClusterSnapshot cluster =
        aCluster().with(aPartition("pairs", 0).withReplicas(1, 2).isr(1)).fenced(2).build();
    StopPolicy policy = new StopPolicy(Allowance.SINGLE);

    assertThat(policy.assess(recovering.build(), cluster).verdict())
        .isEqualTo(
            new Verdict.No(
                List.of(
                    "recovering (broker 2: 12 logs and 3 segments remain), and a stop makes it start all over; wait for it")));
    assertThat(policy.assess(recovering.build(), cluster, true).verdict())
        .isEqualTo(
            new Verdict.Yes(
                "nothing breaks (partitions there: 1); not cured by it: under-min-ISR 1 (pairs-0)"));
    assertThat(
            policy
                .assess(
                    recovering.withoutNodeId().build(),
                    aCluster().controllerSilent("silent").build())
                .verdict())
        .isEqualTo(
            new Verdict.No(
                List.of(
                    "recovering (the local broker: 12 logs and 3 segments remain), and a stop makes it start all over; wait for it")));
  }

  @Test
  void aLocalBrokerThatRunsIsNotStartingThoughItIsFenced() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).isr(1, 3)).fenced(2);

    assertThat(local(aBroker(2), cluster))
        .isEqualTo(new Verdict.Yes("nothing breaks (partitions there: 1)"));
    assertThat(local(aBroker(2).inState(BrokerState.STARTING), cluster))
        .isInstanceOf(Verdict.No.class);
  }

  @Test
  void aReplicaWhoseAdditionStandsStillMayGo() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("growing", 0).withReplicas(1, 2, 3).adding(2, 3).isr(1).stalled());

    assertThat(together(Allowance.SINGLE, cluster, 2))
        .isEqualTo(
            new Verdict.Yes(
                "nothing breaks (partitions there: 1); not cured by it: under-min-ISR 1 (growing-0)"));
  }

  private static Verdict together(Allowance allowance, ClusterBuilder cluster, Integer... nodes) {
    return new StopPolicy(allowance).assessOthers(cluster.build(), Set.of(nodes)).verdict();
  }

  private static Verdict local(BrokerBuilder broker, ClusterBuilder cluster) {
    return new StopPolicy(Allowance.SINGLE).assess(broker.build(), cluster.build()).verdict();
  }
}

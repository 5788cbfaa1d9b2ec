package dev.kafkapod.stopping;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StopPolicyTest {

  @Test
  void saysYesWhereNothingBreaks() {
    assertThat(together(Allowance.SINGLE, aCluster().with(aPartition("orders", 0)), 3))
        .isEqualTo(new Verdict.Yes("nothing breaks (partitions there: 1)"));
    assertThat(together(Allowance.SINGLE, aCluster(), 102))
        .isEqualTo(new Verdict.Yes("nothing breaks"));
  }

  @Test
  void saysNoWithEverythingThatBreaks() {
    ClusterBuilder cluster =
        aCluster()
            .with(
                aPartition("a", 0).isr(3),
                aPartition("b", 0).isr(1, 3),
                aPartition("b", 1).isr(1, 3),
                aPartition("b", 2).isr(1, 3),
                aPartition("b", 3).isr(1, 3))
            .voters(1, 2, 3)
            .lag(2, Duration.ofSeconds(3));

    assertThat(together(Allowance.ALL, cluster, 3))
        .isEqualTo(
            new Verdict.No(
                List.of(
                    "leaderless 1 (a-0)",
                    "under-min-ISR 4 (b-0, b-1, b-2, …)",
                    "quorum lost (2 of 3 controllers are needed, left: 1; behind: 2)")));
  }

  @Test
  void namesThreePartitionsInFull() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("a", 0).isr(3), aPartition("a", 1).isr(3), aPartition("a", 2).isr(3));

    assertThat(together(Allowance.ALL, cluster, 3).summary())
        .isEqualTo("leaderless 3 (a-0, a-1, a-2)");
  }

  @Test
  void letsPassWhatIsUnavoidableAsFarAsItIsAllowed() {
    ClusterBuilder single = aCluster().with(aPartition("solo", 0).withReplicas(3));
    ClusterBuilder pair = aCluster().with(aPartition("pairs", 0).withReplicas(2, 3));
    Verdict.No soloBreaks = new Verdict.No(List.of("leaderless 1 (solo-0)"));
    Verdict.No pairBreaks = new Verdict.No(List.of("under-min-ISR 1 (pairs-0)"));
    Verdict.Yes soloAllowed =
        new Verdict.Yes(
            "nothing breaks (partitions there: 1), but unavoidably leaderless 1 (solo-0)");
    Verdict.Yes pairAllowed =
        new Verdict.Yes(
            "nothing breaks (partitions there: 1), but unavoidably under-min-ISR 1 (pairs-0)");

    assertThat(together(Allowance.NONE, single, 3)).isEqualTo(soloBreaks);
    assertThat(together(Allowance.SINGLE, single, 3)).isEqualTo(soloAllowed);
    assertThat(together(Allowance.ALL, single, 3)).isEqualTo(soloAllowed);
    assertThat(together(Allowance.NONE, pair, 3)).isEqualTo(pairBreaks);
    assertThat(together(Allowance.SINGLE, pair, 3)).isEqualTo(pairBreaks);
    assertThat(together(Allowance.ALL, pair, 3)).isEqualTo(pairAllowed);
  }

  @Test
  void namesAllThatItLetsPass() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("solo", 0).withReplicas(3), aPartition("pairs", 0).withReplicas(2, 3));

    assertThat(together(Allowance.ALL, cluster, 3).summary())
        .isEqualTo(
            "nothing breaks (partitions there: 2), but unavoidably leaderless 1 (solo-0), under-min-ISR 1 (pairs-0)");
  }

  @Test
  void neverLetsPassWhatWaitingCouldSpare() {
    ClusterBuilder cluster =
        aCluster()
            .with(
                aPartition("pairs", 0).withReplicas(2, 3).isr(3),
                aPartition("solo", 0).withReplicas(3));

    assertThat(together(Allowance.ALL, cluster, 3))
        .isEqualTo(new Verdict.No(List.of("leaderless 1 (pairs-0)")));
  }

  @Test
  void waitsForAPairOnItsWayToThreeWhileItGetsThere() {
    PartitionBuilder growing = aPartition("pairs", 0).withReplicas(1, 2, 3).adding(3).isr(1, 2);
    Verdict.No no = new Verdict.No(List.of("under-min-ISR 1 (pairs-0)"));
    Verdict.Yes yes =
        new Verdict.Yes(
            "nothing breaks (partitions there: 1), but unavoidably under-min-ISR 1 (pairs-0)");

    assertThat(together(Allowance.ALL, aCluster().with(growing), 1)).isEqualTo(no);
    assertThat(together(Allowance.ALL, aCluster().with(growing).fenced(3), 1)).isEqualTo(yes);
    assertThat(together(Allowance.SINGLE, aCluster().with(growing).fenced(3), 1)).isEqualTo(no);
    assertThat(together(Allowance.ALL, aCluster().with(growing.stalled()), 1)).isEqualTo(yes);
  }

  @Test
  void refusesAStopThatAReassignmentWouldCompleteUpon() {
    PartitionBuilder moving =
        aPartition("orders", 0)
            .withReplicas(1, 4, 5, 2, 3)
            .adding(4, 5)
            .removing(2, 3)
            .isr(1, 2, 3, 4);
    ClusterBuilder cluster = aCluster().rack(4, "d").rack(5, "e").with(moving).minIsr("orders", 3);

    assertThat(together(Allowance.SINGLE, cluster, 1))
        .isEqualTo(new Verdict.No(List.of("under-min-ISR 1 (orders-0)")));
    assertThat(StopSafety.of(cluster.build(), Set.of(1)).broken().get(0).describe())
        .isEqualTo(
            "orders-0: 2 of min ISR 3 would be left (4, 5) when its reassignment completes;"
                + " unavoidable with 3 replicas");
  }

  @Test
  void cannotTellWhileAnythingIsUnknown() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0)).hidingTopics("hidden");

    assertThat(together(Allowance.SINGLE, cluster, 3))
        .isEqualTo(new Verdict.CannotTell(List.of("hidden")));
    assertThat(together(Allowance.SINGLE, cluster.withoutMinIsrOf("orders"), 3))
        .isEqualTo(
            new Verdict.CannotTell(List.of("min.insync.replicas of orders isn't known", "hidden")));
  }

  @Test
  void aKnownNoBeatsAnUnknown() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).isr(3)).hidingTopics("hidden");

    assertThat(together(Allowance.SINGLE, cluster, 3))
        .isEqualTo(new Verdict.No(List.of("leaderless 1 (orders-0)")));
  }

  @Test
  void cannotJudgeBrokersByWhatControllersSay() {
    assertThat(together(Allowance.SINGLE, aCluster().askedThroughControllers(), 101))
        .isEqualTo(
            new Verdict.CannotTell(
                List.of(
                    "controllers describe no partitions; name brokers with --bootstrap-server")));
  }

  @Test
  void judgesTheLocalBroker() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).isr(1, 3));

    assertThat(local(aBroker(3), cluster))
        .isEqualTo(new Verdict.No(List.of("under-min-ISR 1 (orders-0)")));
    assertThat(local(aBroker(2), cluster))
        .isEqualTo(new Verdict.Yes("nothing breaks (partitions there: 1)"));
  }

  @Test
  void judgesALocalControllerByWhatControllersSay() {
    ClusterBuilder cluster = aCluster().askedThroughControllers();

    assertThat(local(aController(102), cluster)).isEqualTo(new Verdict.Yes("nothing breaks"));
    assertThat(local(aController(102), cluster.lag(103, Duration.ofSeconds(3))))
        .isEqualTo(
            new Verdict.No(
                List.of("quorum lost (2 of 3 controllers are needed, left: 101; behind: 103)")));
  }

  @Test
  void doesNotJudgeALocalBrokerByWhatControllersSay() {
    assertThat(
            local(
                aBroker(1).alsoController(), aCluster().voters(1, 2, 3).askedThroughControllers()))
        .isEqualTo(
            new Verdict.CannotTell(
                List.of(
                    "controllers describe no partitions; name brokers with --bootstrap-server")));
  }

  @Test
  void cannotTellWithoutATrustedAnswerWhateverItShows() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).isr(3));

    assertThat(local(aBroker(3), cluster.controllerSilent("no controller answers")))
        .isEqualTo(new Verdict.CannotTell(List.of("no controller answers")));
  }

  @Test
  void cannotTellAboutAnotherCluster() {
    assertThat(local(aBroker(3).ofCluster("cluster-B"), aCluster()))
        .isEqualTo(
            new Verdict.CannotTell(
                List.of(
                    "broker 3 belongs to cluster cluster-B, but the bootstrap servers answer for cluster cluster-A; check --bootstrap-server")));
  }

  @Test
  void cannotTellAboutALocalBrokerWithoutAnId() {
    assertThat(local(aBroker(3).withoutNodeId(), aCluster()))
        .isEqualTo(new Verdict.CannotTell(List.of("the local broker's node id isn't known yet")));
  }

  @Test
  void cannotTellAboutALocalBrokerThatTheClusterDoesNotKnow() {
    assertThat(local(aBroker(9), aCluster()))
        .isEqualTo(
            new Verdict.CannotTell(
                List.of(
                    "broker 9 isn't among the nodes of cluster cluster-A; check --bootstrap-server")));
  }

  @Test
  void distrustsWhatNobodyVouchesForAndWhatIsNotItsOwn() {
    assertThat(StopPolicy.distrust(aCluster().build(), Answer.unknown("not asked"))).isEmpty();
    assertThat(
            StopPolicy.distrust(
                aCluster().controllerSilent("silent").build(), Answer.unknown("not asked")))
        .contains("silent");
    assertThat(
            StopPolicy.distrust(
                aCluster().build(), Answer.known(aBroker(1).ofCluster("other").build())))
        .isPresent();
  }

  @Test
  void showsNoConsequencesWhereItDoesNotBelieve() {
    StopPolicy policy = new StopPolicy(Allowance.SINGLE);

    assertThat(policy.assess(aBroker(9).build(), aCluster().build()).consequences()).isEmpty();
    assertThat(policy.assessOthers(aCluster().build(), Set.of(3)).consequences())
        .contains(StopSafety.of(aCluster().build(), Set.of(3)));
  }

  private static Verdict together(Allowance allowance, ClusterBuilder cluster, Integer... nodes) {
    return new StopPolicy(allowance).assessOthers(cluster.build(), Set.of(nodes)).verdict();
  }

  private static Verdict local(BrokerBuilder broker, ClusterBuilder cluster) {
    return new StopPolicy(Allowance.SINGLE).assess(broker.build(), cluster.build()).verdict();
  }
}

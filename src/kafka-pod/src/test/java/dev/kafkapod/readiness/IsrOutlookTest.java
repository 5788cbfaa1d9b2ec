package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsrOutlookTest {

  @ParameterizedTest(name = "RF {0}, min ISR {1}, {2} in sync: under {3}, at {4}")
  @CsvSource({
    "3, 2, 3, false, false",
    "3, 2, 2, false, true",
    "3, 2, 1, true,  false",
    "3, 2, 0, true,  false",
    "3, 1, 2, false, false",
    "3, 1, 1, false, true",
    "3, 1, 0, true,  false",
    // can never be above its minimum: doesn't block while whole, and does while a replica is
    // missing
    "3, 3, 3, false, false",
    "3, 3, 2, true,  false",
    "2, 2, 2, false, false",
    "2, 2, 1, true,  false",
    "1, 1, 1, false, false",
    "1, 1, 0, true,  false",
    // a minimum beyond the number of replicas is enforced up to that number
    "2, 3, 2, false, false",
    "2, 3, 1, true,  false",
    "1, 2, 1, false, false",
    "1, 2, 0, true,  false",
    "2, 1, 1, false, true"
  })
  void comparesItsIsrWithTheMinimum(
      int replicationFactor, int minIsr, int inSync, boolean under, boolean at) {
    Integer[] replicas = ids(replicationFactor);
    IsrOutlook partition = of(aPartition("orders", 0).withReplicas(replicas).isr(ids(inSync)));

    assertThat(List.of(partition.isUnderMinIsr(minIsr), partition.isAtMinIsr(minIsr)))
        .containsExactly(under, at);
  }

  private static Integer[] ids(int count) {
    return Stream.iterate(1, id -> id + 1).limit(count).toArray(Integer[]::new);
  }

  @Test
  void isUnderItsMinimumAsSoonAsAReassignmentAddsReplicasToReachIt() {
    IsrOutlook partition = of(aPartition("orders", 0).withReplicas(2, 3, 1).adding(2, 3).isr(1));

    assertThat(partition.isUnderMinIsr(2)).isTrue();
  }

  @Test
  void countsLiveMembersOfTheIsrAlone() {
    IsrOutlook pair = of(aCluster().fenced(2), aPartition("pairs", 0).withReplicas(1, 2));

    assertThat(pair.liveIsr()).containsExactly(1);
    assertThat(pair.isAtMinIsr(1)).isTrue();
    assertThat(pair.isUnderMinIsr(2)).isTrue();
    assertThat(pair.isUnderReplicated()).isTrue();
    assertThat(pair.isShrunk()).isTrue();
  }

  @Test
  void isOfflineIfItsLeaderIsGoneAndNobodyElseIsInSync() {
    PartitionBuilder alone = aPartition("orders", 0).isr(2);

    assertThat(of(alone).isOffline()).isFalse();
    assertThat(of(aCluster().fenced(2), alone).isOffline()).isTrue();
    assertThat(of(alone.leaderless()).isOffline()).isTrue();
  }

  @Test
  void isNotOfflineWhereAnotherMemberOfTheIsrTakesOver() {
    assertThat(of(aCluster().fenced(2), aPartition("orders", 0).isr(2, 1)).isOffline()).isFalse();
  }

  @Test
  void isAtItsMinimumWhileAReassignmentIsBringingTheReplicaToSpare() {
    PartitionBuilder growing = aPartition("pairs", 0).withReplicas(1, 2, 3).adding(3).isr(1, 2);

    assertThat(of(growing).isAtMinIsr(2)).isTrue();
    assertThat(of(growing.stalled()).isAtMinIsr(2)).isFalse();
  }

  @Test
  void isNotAtItsMinimumForTheSakeOfAReplicaWhoseBrokerIsGone() {
    PartitionBuilder growing = aPartition("pairs", 0).withReplicas(1, 2, 3).adding(3).isr(1, 2);

    assertThat(of(aCluster().fenced(3), growing).isAtMinIsr(2)).isFalse();
  }

  @Test
  void isAtItsMinimumWhileASingleReplicaMoves() {
    PartitionBuilder moving = aPartition("solo", 0).withReplicas(2, 1).adding(2).removing(1).isr(1);

    assertThat(of(moving).isAtMinIsr(1)).isTrue();
    assertThat(of(moving.stalled()).isAtMinIsr(1)).isFalse();
  }

  @Test
  void losesNothingItCanSpare() {
    assertThat(of(aPartition("orders", 0)).after(Set.of(3)).loss(Optional.of(2))).isEmpty();
  }

  @Test
  void losesItsMinimumWhenAReassignmentCompletesWithoutTheReplicaThatStays() {
    ClusterBuilder cluster = aCluster().rack(4, "d").rack(5, "e");
    PartitionBuilder moving =
        aPartition("orders", 0)
            .withReplicas(1, 4, 5, 2, 3)
            .adding(4, 5)
            .removing(2, 3)
            .isr(1, 2, 3, 4);

    assertThat(of(cluster, moving).after(Set.of(1)).loss(Optional.of(3)))
        .contains(new IsrOutlook.Loss(false, List.of(4, 5), true, true));
    assertThat(of(cluster, moving).after(Set.of(2)).loss(Optional.of(3))).isEmpty();
    assertThat(of(cluster, moving).after(Set.of(5)).loss(Optional.of(3))).isEmpty();
    assertThat(of(cluster.inZooKeeperMode(), moving).after(Set.of(1)).loss(Optional.of(3)))
        .isEmpty();
  }

  @Test
  void aReassignmentThatNarrowsWaitsForEveryReplicaThatStays() {
    PartitionBuilder narrowing =
        aPartition("orders", 0).withReplicas(1, 4, 2, 3).adding(4).removing(2, 3).isr(1, 2, 3);

    assertThat(of(aCluster().rack(4, "d"), narrowing).after(Set.of(1)).loss(Optional.of(2)))
        .isEmpty();
  }

  @Test
  void isLedByAnEligibleReplicaWhereNobodyIsLeftInTheIsr() {
    PartitionBuilder partition = aPartition("orders", 0).isr(3).eligible(1);

    assertThat(of(partition).after(Set.of(3)).loss(Optional.of(2)))
        .contains(new IsrOutlook.Loss(false, List.of(1), false, false));
    assertThat(of(partition).after(Set.of(3, 1)).loss(Optional.of(2)))
        .contains(new IsrOutlook.Loss(true, List.of(), false, false));
    assertThat(of(aCluster().fenced(1), partition).after(Set.of(3)).loss(Optional.of(2)))
        .contains(new IsrOutlook.Loss(true, List.of(), false, false));
  }

  @Test
  void missesNoObserver() {
    PartitionBuilder observed = aPartition("orders", 0).isr(1, 2).observers(3);

    assertThat(of(observed).isAtMinIsr(2)).isFalse();
    assertThat(of(observed).isUnderReplicated()).isFalse();
    assertThat(observed.build().isOutOfSync(3)).isFalse();
    assertThat(of(observed).after(Set.of(3)).loss(Optional.of(2))).isEmpty();
    assertThat(of(observed).after(Set.of(1)).loss(Optional.of(2)))
        .contains(new IsrOutlook.Loss(false, List.of(2), false, true));
    assertThat(of(observed.isr(1)).isUnderReplicated()).isTrue();
  }

  private static IsrOutlook of(PartitionBuilder partition) {
    return of(aCluster(), partition);
  }

  private static IsrOutlook of(ClusterBuilder cluster, PartitionBuilder partition) {
    return new IsrOutlook.Of(cluster.build()).partition(partition.build());
  }
}

package dev.kafkapod.placement;

import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.placement.DomainLoss.Worst;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacementPolicyTest {

  private static PlacementAssessment assess(ClusterBuilder cluster) {
    return assess(cluster.build(), Dimension.DEFAULT);
  }

  private static PlacementAssessment assess(ClusterSnapshot cluster, List<Dimension> order) {
    return PlacementPolicy.assess(cluster, cluster.partitions(), order);
  }

  private static Evenness only(ClusterBuilder cluster) {
    PlacementAssessment assessment = assess(cluster);
    assertThat(assessment.partitions()).isEqualTo(1);
    return assessment.uneven().isEmpty() ? Evenness.EVEN : assessment.uneven().get(0).evenness();
  }

  /** Brokers 0 to 2 are east, 3 to 5 west; zones a, b, c, a, b, c. */
  @ParameterizedTest
  @CsvSource({
    "0, EVEN",
    "0 4, EVEN",
    "0 1, VIOLATED", // one cluster
    "0 3, VIOLATED", // one zone
    "0 4 2, EVEN",
    "0 1 2, VIOLATED", // one cluster
    "0 3 1, VIOLATED", // a twice
    "0 4 2 3, EVEN",
    "0 1 3 4, VIOLATED", // nothing in c
    "0 1 2 3 4 5, EVEN"
  })
  void judgesByZonesAndClusters(String replicas, Evenness expected) {
    Integer[] ids =
        List.of(replicas.split(" ")).stream().map(Integer::valueOf).toArray(Integer[]::new);

    assertThat(only(Worlds.stretched().with(aPartition("orders", 0).withReplicas(ids))))
        .isEqualTo(expected);
  }

  @Test
  void isLimitedWhereTheBrokersAllowNoMore() {
    ClusterBuilder lopsided = Worlds.racks("a/east", "a/east", "b/west");

    assertThat(only(lopsided.with(aPartition("orders", 0).withReplicas(0, 1, 2))))
        .isEqualTo(Evenness.EVEN); // 2 and 1
    assertThat(
            only(
                Worlds.racks("a/east", "a/east", "a/east", "b/west")
                    .with(aPartition("orders", 0).withReplicas(0, 1, 2, 3))))
        .isEqualTo(Evenness.LIMITED);
  }

  @Test
  void racksWithoutClustersAreZones() {
    assertThat(only(Worlds.racks("a", "b", "c").with(aPartition("t", 0).withReplicas(0, 1, 2))))
        .isEqualTo(Evenness.EVEN);
    assertThat(
            only(Worlds.racks("a", "a", "b", "c").with(aPartition("t", 0).withReplicas(0, 1, 2))))
        .isEqualTo(Evenness.VIOLATED);
  }

  @Test
  void aZonesNameMayHaveSlashes() {
    PlacementAssessment assessment =
        assess(Worlds.racks("eu/1/east", "eu/2/east").with(aPartition("t", 0).withReplicas(0, 1)));

    assertThat(assessment.losses()).singleElement().extracting(DomainLoss::domains).isEqualTo(2);
  }

  @Test
  void oneDimensionCanBeLeftOut() {
    ClusterBuilder cluster = Worlds.stretched().with(aPartition("orders", 0).withReplicas(0, 1, 2));

    assertThat(assess(cluster.build(), List.of(Dimension.ZONE)).count(Evenness.EVEN)).isEqualTo(1);
    assertThat(assess(cluster.build(), List.of(Dimension.CLUSTER)).count(Evenness.VIOLATED))
        .isEqualTo(1);
  }

  @Test
  void aReplicaOfWhichNobodyKnowsWhereItIsMakesUnknown() {
    PlacementAssessment assessment =
        assess(
            Worlds.racks("a/east", "b/west")
                .fenced(2)
                .with(
                    aPartition("rackless", 0).withReplicas(0, 2),
                    aPartition("unlisted", 0).withReplicas(0, 9)));

    assertThat(assessment.count(Evenness.UNKNOWN)).isEqualTo(2);
    assertThat(assessment.uneven())
        .extracting(PartitionSpread::lost)
        .containsExactly(List.of(2), List.of(9));
  }

  @Test
  void aBrokerThatIsDownCountsAsIfItWereUp() {
    ClusterBuilder cluster =
        Worlds.stretched().fenced(4).with(aPartition("orders", 0).withReplicas(0, 4, 2).isr(0, 2));

    assertThat(only(cluster)).isEqualTo(Evenness.EVEN);
  }

  @Test
  void aMoveCountsOnceItIsDone() {
    ClusterBuilder moving =
        Worlds.stretched()
            .with(aPartition("orders", 0).withReplicas(4, 0, 1, 2).adding(4).removing(1));

    assertThat(only(moving)).isEqualTo(Evenness.VIOLATED);
  }

  @Test
  void saysWhatTheLossOfOneWouldLeaveAtWorst() {
    PlacementAssessment assessment =
        assess(
            Worlds.stretched()
                .with(
                    aPartition("even", 0).withReplicas(0, 4, 2),
                    aPartition("even", 1).withReplicas(0, 4, 2, 3),
                    aPartition("orders", 0).withReplicas(0, 3, 1),
                    aPartition("orders", 1).withReplicas(0, 1, 2))
                .minIsr("orders", 2));

    assertThat(assessment.losses())
        .containsExactly(
            // three replicas, two of them in a
            new DomainLoss(
                Dimension.ZONE,
                3,
                Optional.of(new Worst("orders-0", "a", 1, OptionalInt.of(2))),
                1,
                1),
            // with three replicas, a cluster's loss always leaves one at worst
            new DomainLoss(
                Dimension.CLUSTER,
                2,
                Optional.of(new Worst("orders-1", "east", 0, OptionalInt.of(2))),
                3,
                0));
  }

  @Test
  void whereThereIsOneZoneOnlyNothingIsSaidOfItsLoss() {
    assertThat(
            assess(Worlds.racks("a/east", "a/west").with(aPartition("t", 0).withReplicas(0, 1)))
                .losses())
        .extracting(DomainLoss::dimension)
        .containsExactly(Dimension.CLUSTER);
  }
}

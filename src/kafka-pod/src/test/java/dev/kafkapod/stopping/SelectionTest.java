package dev.kafkapod.stopping;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Rack;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.stopping.Selection.SelectedNodes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SelectionTest {

  @Test
  void findsBrokersAndControllersByTheirIds() {
    assertThat(ids(1, 103).in(aCluster().build())).isEqualTo(found(1, 103));
  }

  @Test
  void findsAFencedBroker() {
    assertThat(ids(2).in(aCluster().fenced(2).build())).isEqualTo(found(2));
  }

  @Test
  void findsABrokerThatIsNotListedByItsReplicasOrItsFollowing() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).withReplicas(1, 9));

    assertThat(ids(9).in(cluster.build())).isEqualTo(found(9));
    assertThat(ids(3).in(aCluster().notListing(3).build())).isEqualTo(found(3));
  }

  @Test
  void namesTheIdsThatNobodyHas() {
    assertThat(ids(1, 8, 9).in(aCluster().inZooKeeperMode().build()))
        .isEqualTo(
            new SelectedNodes.Missing(
                List.of(
                    "--brokers: cluster cluster-A has no node 8, 9 (its nodes: 1, 2, 3); correct the ids, or check --bootstrap-server")));
  }

  @Test
  void findsTheBrokersOfAZone() {
    ClusterBuilder cluster = aCluster().rack(1, "a").rack(2, "b").rack(3, "a");

    assertThat(where("a", null).in(cluster.build())).isEqualTo(found(1, 3));
  }

  @Test
  void findsTheBrokersOfAZoneInAllClusters() {
    assertThat(where("a", null).in(stretched().build())).isEqualTo(found(1, 3));
  }

  @Test
  void findsTheBrokersOfACluster() {
    assertThat(where(null, "east").in(stretched().build())).isEqualTo(found(1, 2));
  }

  @Test
  void findsTheBrokersOfAZoneInOneCluster() {
    assertThat(where("a", "east").in(stretched().build())).isEqualTo(found(1));
  }

  @Test
  void addsWhoIsNamedToWhoIsThere() {
    Selection selection = new Selection(Set.of(102), Optional.of("a"), Optional.of("east"));

    assertThat(selection.in(stretched().build())).isEqualTo(found(1, 102));
  }

  @Test
  void aRackWithoutAClusterIsInNone() {
    assertThat(where(null, "a").in(aCluster().rack(1, "a").build()))
        .isEqualTo(
            new SelectedNodes.Missing(
                List.of(
                    "--cluster a: no broker of cluster cluster-A runs there (their racks: a, none); correct it, and see broker.rack")));
  }

  @Test
  void doesNotKnowOfBrokersWithoutARackWhetherTheyAreThere() {
    ClusterBuilder cluster = aCluster().rack(1, "a");

    assertThat(where("a", null).unplaced(cluster.build()))
        .contains(
            "each of brokers 2, 3 has no rack, so it is unknown whether they run there too; set broker.rack, or name all that would stop with --brokers alone");
    assertThat(where(null, "east").unplaced(cluster.rack(2, "b/east").build()))
        .contains(
            "broker 3 has no rack, so it is unknown whether it runs there too; set broker.rack, or name all that would stop with --brokers alone");
    assertThat(where("a", null).unplaced(cluster.rack(3, "b").build())).isEmpty();
  }

  @Test
  void brokersWithoutARackDoNotMatterWhereNobodyIsLookedForByRackOrTheyAreNamed() {
    ClusterSnapshot cluster = aCluster().rack(1, "a").rack(2, "b").build();

    assertThat(new Selection(Set.of(1), Optional.empty(), Optional.empty()).unplaced(cluster))
        .isEmpty();
    assertThat(new Selection(Set.of(3), Optional.of("a"), Optional.empty()).unplaced(cluster))
        .isEmpty();
  }

  @Test
  void reportsEverythingThatIsMissing() {
    Selection selection = new Selection(Set.of(9), Optional.of("c"), Optional.of("east"));

    assertThat(selection.in(stretched().build()))
        .isEqualTo(
            new SelectedNodes.Missing(
                List.of(
                    "--brokers: cluster cluster-A has no node 9 (its nodes: 1, 2, 3, 101, 102, 103); correct the ids, or check --bootstrap-server",
                    "--zone c and --cluster east: no broker of cluster cluster-A runs there (their racks: a/east, a/west, b/east); correct it, and see broker.rack")));
  }

  @Test
  void allBrokersAreThoseThatAreListedFencedOrNot() {
    assertThat(Selection.allBrokers(aCluster().fenced(2).notListing(3).build()))
        .isEqualTo(ids(1, 2));
  }

  @Test
  void knowsWhetherItNamesAnybody() {
    assertThat(ids().isEmpty()).isTrue();
    assertThat(ids(1).isEmpty()).isFalse();
    assertThat(where("a", null).isEmpty()).isFalse();
  }

  @Test
  void saysWhichControllersMayRunWhereItLooksFor() {
    ClusterBuilder cluster = aCluster().rack(1, "a").voters(1, 101, 102);
    Selection withOne = new Selection(Set.of(101), Optional.of("a"), Optional.empty());

    assertThat(where("a", null).blindSpot(cluster.build()))
        .contains(
            "where controllers 101, 102 run can't be seen; name those that would stop too with --brokers");
    assertThat(withOne.blindSpot(cluster.build()))
        .contains(
            "where controllers 102 run can't be seen; name those that would stop too with --brokers");
  }

  @Test
  void seesAllWhereNobodyIsLookedForByRackOrEveryControllerIsABroker() {
    assertThat(ids(1).blindSpot(aCluster().build())).isEmpty();
    assertThat(where("a", null).blindSpot(aCluster().voters(1, 2, 3).build())).isEmpty();
    assertThat(where("a", null).blindSpot(aCluster().inZooKeeperMode().build())).isEmpty();
  }

  @Test
  void splitsARackAtItsLastSlash() {
    assertThat(Rack.of("eu/a/east")).isEqualTo(new Rack("eu/a", Optional.of("east")));
  }

  private static ClusterBuilder stretched() {
    return aCluster().rack(1, "a/east").rack(2, "b/east").rack(3, "a/west");
  }

  private static Selection ids(Integer... ids) {
    return new Selection(Set.of(ids), Optional.empty(), Optional.empty());
  }

  private static Selection where(String zone, String cluster) {
    return new Selection(Set.of(), Optional.ofNullable(zone), Optional.ofNullable(cluster));
  }

  private static SelectedNodes found(Integer... ids) {
    return new SelectedNodes.Found(Set.of(ids));
  }
}

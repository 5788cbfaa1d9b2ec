package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaTopicsCountsTest {

  @Test
  void countsNothingInAClusterInOrder() {
    assertThat(counts(aCluster().with(aPartition("orders", 0))))
        .isEqualTo(new KafkaTopicsCounts(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void countsPartitionsWithAReplicaOutOfSyncAsUnderReplicated() {
    assertThat(names(counts(underOrAtTheirMinimum()).underReplicated()))
        .containsExactly("orders-0", "orders-1");
  }

  @Test
  void countsPartitionsBelowTheirMinimum() {
    assertThat(names(counts(underOrAtTheirMinimum()).underMinIsr())).containsExactly("orders-1");
  }

  @Test
  void countsPartitionsAtTheirMinimum() {
    assertThat(names(counts(underOrAtTheirMinimum()).atMinIsr())).containsExactly("orders-0");
  }

  @Test
  void countsPartitionsWithoutALeaderAsUnavailable() {
    assertThat(names(counts(offlineThoughInSync()).unavailable())).containsExactly("orders-0");
  }

  @Test
  void countsPartitionsWithoutALeaderAsBelowTheirMinimumThoughTheIsrIsComplete() {
    assertThat(names(counts(offlineThoughInSync()).underMinIsr())).containsExactly("orders-0");
  }

  @Test
  void countsPartitionsOfADeadLeaderAsUnavailable() {
    ClusterBuilder cluster = aCluster().fenced(2).with(aPartition("orders", 0).ledBy(2));

    assertThat(names(counts(cluster).unavailable())).containsExactly("orders-0");
  }

  @Test
  void countsATopicThatCanNeverBeAboveItsMinimumAsAtIt() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).withReplicas(1, 2)).minIsr("orders", 2);

    assertThat(names(counts(cluster).atMinIsr())).containsExactly("orders-0");
  }

  @Test
  void countsATopicWithFewerReplicasThanItsMinimumAsBelowIt() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).withReplicas(1)).minIsr("orders", 2);

    assertThat(names(counts(cluster).underMinIsr())).containsExactly("orders-0");
  }

  @Test
  void countsNoTopicAgainstAMinimumThatIsNotKnown() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).isr().ledBy(1)).withoutMinIsrOf("orders");

    assertThat(counts(cluster))
        .isEqualTo(
            new KafkaTopicsCounts(
                List.of(aPartition("orders", 0).isr().ledBy(1).build()),
                List.of(),
                List.of(),
                List.of()));
  }

  @Test
  void sortsPartitionsByName() {
    ClusterBuilder cluster =
        aCluster()
            .with(
                aPartition("payments", 0).isr(1),
                aPartition("orders", 10).isr(1),
                aPartition("orders", 9).isr(1));

    assertThat(names(counts(cluster).underReplicated()))
        .containsExactly("orders-9", "orders-10", "payments-0");
  }

  private static ClusterBuilder underOrAtTheirMinimum() {
    return aCluster()
        .with(
            aPartition("orders", 0).isr(1, 2),
            aPartition("orders", 1).isr(1),
            aPartition("orders", 2));
  }

  private static ClusterBuilder offlineThoughInSync() {
    PartitionBuilder offline = aPartition("orders", 0).leaderless();
    return aCluster().with(offline, aPartition("orders", 1));
  }

  private static KafkaTopicsCounts counts(ClusterBuilder cluster) {
    return KafkaTopicsCounts.of(cluster.build());
  }

  private static List<String> names(List<PartitionState> partitions) {
    return partitions.stream().map(PartitionState::name).toList();
  }
}

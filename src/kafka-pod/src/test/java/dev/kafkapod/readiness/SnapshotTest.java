package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.Snapshots;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the snapshots of broker and cluster say of themselves. */
class SnapshotTest {

  @Test
  void aBrokerIsNamedByItsNodeId() {
    assertThat(aBroker(3).build().name()).isEqualTo("broker 3");
  }

  @Test
  void aBrokerWithoutANodeIdIsTheLocalOne() {
    assertThat(aBroker(3).withoutNodeId().build().name()).isEqualTo("the local broker");
  }

  @Test
  void aProcessWithBothRolesIsABroker() {
    assertThat(aBroker(3).alsoController().build().name()).isEqualTo("broker 3");
  }

  @Test
  void aProcessWithTheControllerRoleAloneIsAController() {
    assertThat(aController(101).build().name()).isEqualTo("controller 101");
  }

  @Test
  void aBrokerThatHasNoStateYetIsNotTakenForAController() {
    assertThat(aBroker(3).withoutState().build().isControllerOnly()).isFalse();
  }

  @Test
  void isUpAsARunningBrokerOrAsAController() {
    assertThat(aBroker(3).running().build().isUp()).isTrue();
    assertThat(aController(101).build().isUp()).isTrue();
    assertThat(aBroker(3).withoutState().build().isUp()).isFalse();
    assertThat(aBroker(3).inState(BrokerState.SHUTTING_DOWN).build().isUp()).isFalse();
    assertThat(aBroker(3).alsoController().inState(BrokerState.STARTING).build().isUp()).isFalse();
  }

  @Test
  void aNodesAddressIsHostAndPort() {
    assertThat(new ClusterNode(1, "broker-1", 9092, Optional.empty(), false).address())
        .isEqualTo("broker-1:9092");
  }

  @Test
  void aNodesAddressHasAnIpv6HostInBrackets() {
    assertThat(new ClusterNode(1, "::1", 9092, Optional.empty(), false).address())
        .isEqualTo("[::1]:9092");
  }

  @Test
  void aNodeIsFoundByItsId() {
    assertThat(aCluster().build().node(2).map(ClusterNode::address)).contains("broker-2:9092");
  }

  @Test
  void aNodeThatIsNotListedIsNotFound() {
    assertThat(aCluster().notListing(2).build().node(2)).isEmpty();
  }

  @Test
  void fencedNodesAreNotLive() {
    assertThat(aCluster().fenced(2).build().liveIds()).containsExactly(1, 3);
  }

  @Test
  void liveIdsAreSorted() {
    ClusterSnapshot cluster = aCluster().build();
    List<ClusterNode> backwards =
        List.of(cluster.nodes().get(2), cluster.nodes().get(1), cluster.nodes().get(0));

    assertThat(withNodes(cluster, backwards).liveIds()).containsExactly(1, 2, 3);
  }

  @Test
  void aClusterCannotHaveLessThanNoPartitions() {
    ClusterBuilder cluster = aCluster().partitionCount(-1);

    assertThatThrownBy(cluster::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a cluster can't have -1 partitions");
  }

  @Test
  void recoveryTellsWhatRemains() {
    assertThat(new RecoveryProgress(12, 0).describe())
        .isEqualTo("recovering logs: 12 logs and 0 segments remain");
    assertThat(new RecoveryProgress(1, 1).describe())
        .isEqualTo("recovering logs: 1 log and 1 segment remain");
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1"})
  void recoveryCannotHaveLessThanNothingLeft(long logs, long segments) {
    assertThatThrownBy(() -> new RecoveryProgress(logs, segments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "remaining logs and segments must not be negative, got " + logs + " and " + segments);
  }

  private static ClusterSnapshot withNodes(ClusterSnapshot cluster, List<ClusterNode> nodes) {
    return Snapshots.with(cluster, nodes, cluster.partitions());
  }
}

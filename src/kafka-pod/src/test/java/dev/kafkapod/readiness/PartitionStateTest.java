package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PartitionStateTest {

  @Test
  void isNamedAsInKafkasLogs() {
    assertThat(aPartition("orders", 3).build().name()).isEqualTo("orders-3");
  }

  @Test
  void isSortedByTopicAndThenByNumberRatherThanByText() {
    Stream<PartitionState> partitions =
        Stream.of(aPartition("b", 0), aPartition("a", 10), aPartition("a", 9))
            .map(PartitionBuilder::build);

    assertThat(partitions.sorted().map(PartitionState::name)).containsExactly("a-9", "a-10", "b-0");
  }

  @Test
  void keepsItsOwnCopyOfTheReplicas() {
    List<Integer> replicas = new ArrayList<>(List.of(1, 2, 3));
    PartitionState partition =
        new PartitionState(
            "orders", 0, OptionalInt.of(1), replicas, replicas, List.of(), List.of());

    replicas.clear();

    assertThat(partition.replicas()).containsExactly(1, 2, 3);
  }

  @Test
  void isOfflineWithoutALeader() {
    assertThat(aPartition("orders", 0).leaderless().build().isOffline()).isTrue();
  }

  @Test
  void isOnlineWithALeader() {
    assertThat(aPartition("orders", 0).isr(2).ledBy(2).build().isOffline()).isFalse();
  }

  @Test
  void isUnderReplicatedWhileAReplicaIsMissingFromTheIsr() {
    assertThat(aPartition("orders", 0).isr(1, 3).build().isUnderReplicated()).isTrue();
  }

  @Test
  void isNotUnderReplicatedWhenEveryReplicaIsInSync() {
    assertThat(aPartition("orders", 0).build().isUnderReplicated()).isFalse();
  }

  @Test
  void isNotUnderReplicatedWhileAReassignmentOnlyAdds() {
    PartitionState partition =
        aPartition("orders", 0).withReplicas(4, 1, 2, 3).adding(4).isr(1, 2, 3).build();

    assertThat(partition.isUnderReplicated()).isFalse();
  }

  @Test
  void countsReplicasThatAReassignmentRemovesUntilTheyLeave() {
    PartitionState partition =
        aPartition("orders", 0).withReplicas(4, 1, 2, 3).adding(4).removing(3).isr(1, 2).build();

    assertThat(partition.isUnderReplicated()).isTrue();
  }

  @Test
  void hasTheReplicationFactorOfItsReplicasWithoutThoseBeingAdded() {
    PartitionState partition =
        aPartition("orders", 0).withReplicas(4, 5, 1, 2).adding(4, 5).removing(1).build();

    assertThat(partition.replicationFactor()).isEqualTo(2);
  }

  @Test
  void isShrunkWhileAReplicaIsMissingFromTheIsr() {
    assertThat(aPartition("orders", 0).isr(1, 3).build().isShrunk()).isTrue();
  }

  @Test
  void isShrunkWhileAReplicaIsStillBeingAdded() {
    assertThat(
            aPartition("orders", 0)
                .withReplicas(4, 1, 2, 3)
                .adding(4)
                .isr(1, 2, 3)
                .build()
                .isShrunk())
        .isTrue();
  }

  @Test
  void isNotShrunkWhenEveryReplicaIsInSync() {
    assertThat(aPartition("orders", 0).build().isShrunk()).isFalse();
  }

  @Test
  void isOutOfSyncAtABrokerThatFellOutOfTheIsr() {
    assertThat(aPartition("orders", 0).isr(1, 3).build().isOutOfSync(2)).isTrue();
  }

  @Test
  void isInSyncAtABrokerInTheIsr() {
    assertThat(aPartition("orders", 0).isr(1, 3).build().isOutOfSync(3)).isFalse();
  }

  @Test
  void isNotOutOfSyncAtABrokerWithoutAReplica() {
    assertThat(aPartition("orders", 0).isr(1, 3).build().isOutOfSync(4)).isFalse();
  }

  @Test
  void isNotOutOfSyncAtABrokerThatAReassignmentIsStillAdding() {
    PartitionState partition =
        aPartition("orders", 0).withReplicas(4, 1, 2, 3).adding(4).isr(1, 2, 3).build();

    assertThat(partition.isOutOfSync(4)).isFalse();
  }
}

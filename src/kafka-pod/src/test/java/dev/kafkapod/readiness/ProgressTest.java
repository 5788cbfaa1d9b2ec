package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Duration ALMOST = Progress.PATIENCE.minusNanos(1);

  private final Progress progress = new Progress();

  @Test
  void aReassignmentThatStaysTheSameForLongHasStalled() {
    assertThat(isStalled(growing(), Duration.ofMinutes(1))).isFalse();
    assertThat(isStalled(growing(), Duration.ofMinutes(1).plus(ALMOST))).isFalse();
    assertThat(isStalled(growing(), Duration.ofMinutes(1).plus(Progress.PATIENCE))).isTrue();
    assertThat(isStalled(growing(), Duration.ofHours(1))).isTrue();
  }

  @Test
  void everyChangeOfItIsProgress() {
    isStalled(growing(), Duration.ZERO);
    assertThat(isStalled(growing().isr(1), ALMOST)).isFalse();
    assertThat(isStalled(growing().isr(1).removing(2), ALMOST.multipliedBy(2))).isFalse();
    assertThat(isStalled(growing().isr(1).adding(2, 3), ALMOST.multipliedBy(3))).isFalse();
    assertThat(isStalled(growing().isr(1).adding(2, 3), ALMOST.multipliedBy(4))).isFalse();
    assertThat(isStalled(growing().isr(1).adding(2, 3), ALMOST.multipliedBy(5))).isTrue();
  }

  @Test
  void oneThatWasGoneBeginsAnew() {
    isStalled(growing(), Duration.ZERO);
    isStalled(aPartition("pairs", 0), Duration.ofMinutes(1));
    assertThat(isStalled(growing(), Progress.PATIENCE)).isFalse();
  }

  @Test
  void aLookInWhichNobodyTellsOfReassignmentsIsNoProgress() {
    isStalled(growing(), Duration.ZERO);
    progress.of(
        aCluster().controllerSilent("no controller answers").with(aPartition("pairs", 0)).build(),
        Duration.ofMinutes(1).toNanos());
    progress.of(
        aCluster().inZooKeeperModeWithSilent(2).with(aPartition("pairs", 0)).build(),
        Duration.ofMinutes(2).toNanos());

    assertThat(isStalled(growing(), Progress.PATIENCE)).isTrue();
  }

  @Test
  void marksNothingElse() {
    ClusterSnapshot cluster = aCluster().with(growing(), aPartition("orders", 0).isr(1)).build();
    progress.of(cluster, 0);

    ClusterSnapshot later = progress.of(cluster, Progress.PATIENCE.toNanos());

    assertThat(later.partitions()).extracting(PartitionState::stalled).containsExactly(true, false);
    assertThat(later.withPartitions(cluster.partitions())).isEqualTo(cluster);
  }

  @Test
  void aRecoveryStallsWhenItIsTheSameForLong() {
    assertThat(recoveryStalls(aBroker(1).recovering(3, 1), Duration.ofMinutes(1))).isFalse();
    assertThat(recoveryStalls(aBroker(1).recovering(3, 1), Duration.ofMinutes(1).plus(ALMOST)))
        .isFalse();
    assertThat(
            recoveryStalls(
                aBroker(1).recovering(3, 1), Duration.ofMinutes(1).plus(Progress.PATIENCE)))
        .isTrue();
    assertThat(recoveryStalls(aBroker(1).recovering(2, 5), Duration.ofHours(1))).isFalse();
    assertThat(recoveryStalls(aBroker(1), Duration.ofHours(2))).isFalse();
    assertThat(recoveryStalls(aBroker(1).recovering(2, 5), Duration.ofHours(3))).isFalse();
  }

  private static PartitionBuilder growing() {
    return aPartition("pairs", 0).withReplicas(1, 2, 3).adding(3).isr(1, 2);
  }

  private boolean isStalled(PartitionBuilder partition, Duration at) {
    return progress
        .of(aCluster().with(partition).build(), at.toNanos())
        .partitions()
        .get(0)
        .stalled();
  }

  private boolean recoveryStalls(BrokerBuilder broker, Duration at) {
    return progress.isRecoveryStalled(broker.build(), at.toNanos());
  }
}

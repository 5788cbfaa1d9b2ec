package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.Judging.cannotTell;
import static dev.kafkapod.readiness.Judging.no;
import static dev.kafkapod.readiness.Judging.yes;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many partitions may be wrong before it counts. */
class ReadinessThresholdTest {

  @Test
  void blocksBeyondItsThreshold() {
    assertThat(underReplicatedUpTo(1).assess(twoUnderReplicated(), false).verdict())
        .isEqualTo(no("under-replicated 2 (orders-0, orders-1)"));
  }

  @Test
  void isReadyUpToItsThreshold() {
    assertThat(underReplicatedUpTo(2).assess(twoUnderReplicated(), false).verdict())
        .isEqualTo(
            yes(
                "broker 1, 3 brokers, 1 topic, 2 partitions,"
                    + " under-replicated 2 (orders-0, orders-1) (up to 2 allowed)"));
  }

  @Test
  void cannotTellUpToItsThresholdWhileTopicsMayBeHidden() {
    assertThat(underReplicatedUpTo(2).assess(oneSeenWithHiddenTopics(), false).verdict())
        .isEqualTo(cannotTell("an ACL is missing"));
  }

  @Test
  void blocksBeyondItsThresholdThoughTopicsMayBeHidden() {
    assertThat(underReplicatedUpTo(0).assess(oneSeenWithHiddenTopics(), false).verdict())
        .isEqualTo(no("under-replicated 1 (orders-0)"));
  }

  private static Observation oneSeenWithHiddenTopics() {
    return anObservation()
        .in(aCluster().with(aPartition("orders", 0).isr(1, 2)).hidingTopics("an ACL is missing"))
        .build();
  }

  @Test
  void cannotTellUpToItsThresholdWhileAMinimumIsNotKnown() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("orders", 0).isr(1, 2), aPartition("payments", 0).isr(1, 2))
            .withoutMinIsrOf("payments");
    ReadinessPolicy policy =
        new ReadinessPolicy(
            Map.of(Condition.AT_MIN_ISR, Gate.ALWAYS),
            Map.of(Condition.AT_MIN_ISR, 1),
            topic -> false);

    assertThat(policy.assess(anObservation().in(cluster).build(), false).verdict())
        .isEqualTo(cannotTell("min.insync.replicas isn't known"));
  }

  private static ReadinessPolicy underReplicatedUpTo(int threshold) {
    return new ReadinessPolicy(
        Map.of(Condition.UNDER_REPLICATED, Gate.ALWAYS),
        Map.of(Condition.UNDER_REPLICATED, threshold),
        topic -> false);
  }

  private static Observation twoUnderReplicated() {
    return anObservation()
        .in(
            aCluster()
                .with(aPartition("orders", 0).isr(1, 2), aPartition("orders", 1).isr(1, 3))
                .minIsr("orders", 1))
        .build();
  }

  @Test
  void acceptsAThresholdOfZero() {
    assertThat(underReplicatedUpTo(0).assess(twoUnderReplicated(), false).verdict())
        .isEqualTo(no("under-replicated 2 (orders-0, orders-1)"));
  }

  @Test
  void refusesAThresholdBelowZero() {
    assertThatThrownBy(() -> underReplicatedUpTo(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the threshold of under-replicated must be at least 0, got -1");
  }

  @ParameterizedTest
  @EnumSource(names = {"BROKER_STATE", "LISTENER", "FENCED", "LOG_DIR", "QUORUM", "AT_MIN_QUORUM"})
  void refusesAThresholdForAConditionThatCountsNoPartitions(Condition condition) {
    assertThatThrownBy(() -> new ReadinessPolicy(Map.of(), Map.of(condition, 1), topic -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(condition.optionName() + " doesn't count partitions, so it has no threshold");
  }
}

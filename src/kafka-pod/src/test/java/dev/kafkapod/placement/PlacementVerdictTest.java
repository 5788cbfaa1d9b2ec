package dev.kafkapod.placement;

import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementVerdictTest {

  /** Three brokers in zone a, one in b, and one nobody knows where. */
  private static ClusterBuilder cluster(PartitionBuilder... partitions) {
    return Worlds.racks("a/x", "a/x", "a/x", "b/x").fenced(4).with(partitions);
  }

  private static final PartitionBuilder EVEN = aPartition("even", 0).withReplicas(0, 3);
  private static final PartitionBuilder LIMITED = aPartition("limited", 0).withReplicas(0, 1, 2, 3);
  private static final PartitionBuilder VIOLATED = aPartition("violated", 0).withReplicas(0, 1);
  private static final PartitionBuilder UNKNOWN = aPartition("unknown", 0).withReplicas(0, 4);

  private static Verdict verdict(boolean strict, PartitionBuilder... partitions) {
    ClusterSnapshot seen = cluster(partitions).build();
    return PlacementVerdict.of(
        PlacementPolicy.assess(seen, seen.partitions(), Dimension.DEFAULT),
        strict,
        Optional.empty(),
        PlacementPolicy.unheardOf(seen));
  }

  @Test
  void yesNamesWhatIsLimited() {
    assertThat(verdict(false, EVEN, LIMITED).line("well placed"))
        .isEqualTo(
            "well placed: 2 partitions, each spread as well as its brokers allow (limited 1 (limited-0))");
    assertThat(verdict(false).line("well placed"))
        .isEqualTo("well placed: 0 partitions, each spread as well as its brokers allow");
  }

  @Test
  void strictlyLimitedIsANo() {
    assertThat(verdict(true, EVEN, LIMITED, VIOLATED).reasons())
        .containsExactly("violated 1 (violated-0)", "limited 1 (limited-0)");
    assertThat(verdict(true, EVEN, LIMITED).isNo()).isTrue();
    assertThat(verdict(true, EVEN).isYes()).isTrue();
  }

  @Test
  void aKnownNoBeatsAnUnknownAndThatAYes() {
    assertThat(verdict(false, EVEN, VIOLATED, UNKNOWN).isNo()).isTrue();
    assertThat(verdict(true, EVEN, LIMITED, UNKNOWN).isNo()).isTrue();
    assertThat(verdict(false, EVEN, UNKNOWN).summary())
        .isEqualTo(
            "unknown 1 (unknown-0): where broker 4 runs isn't known, because it has no rack or isn't listed (before Kafka 4.0, no broker that is down is); set broker.rack, or wait until it is back");
  }

  @Test
  void canNotTellOfWhatIsHidden() {
    ClusterSnapshot seen = cluster(EVEN).build();
    PlacementAssessment assessment =
        PlacementPolicy.assess(seen, seen.partitions(), Dimension.DEFAULT);

    assertThat(PlacementVerdict.of(assessment, false, Optional.of("a missing ACL"), Set.of()))
        .isEqualTo(new Verdict.CannotTell(List.of("a missing ACL")));
  }
}

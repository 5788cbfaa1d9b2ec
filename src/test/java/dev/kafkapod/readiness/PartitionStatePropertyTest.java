package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The rules for partitions, checked against what they are for. */
@PropertyDefaults(edgeCases = EdgeCasesMode.NONE) // there are too many combinations of them
class PartitionStatePropertyTest {

  @Provide
  Arbitrary<PartitionState> partitions() {
    return Scenarios.shrunkPartitions().map(PartitionBuilder::build);
  }

  @Property
  void isUnderReplicatedIfItIsMeantToHaveMoreReplicasThanAreInSync(
      @ForAll("partitions") PartitionState partition) {
    int missing = partition.isr().size();
    for (int replica : partition.replicas()) {
      missing -= partition.adding().contains(replica) ? 0 : 1;
    }

    assertThat(partition.isUnderReplicated()).isEqualTo(missing < 0);
  }

  @Property
  void isEitherUnderOrAtItsMinimumOrNeither(
      @ForAll("partitions") PartitionState partition,
      @ForAll @IntRange(min = 1, max = 4) int minIsr) {
    assertThat(partition.isUnderMinIsr(minIsr) && partition.isAtMinIsr(minIsr)).isFalse();
  }

  @Property
  void isShrunkWheneverItIsUnderOrAtItsMinimum(
      @ForAll("partitions") PartitionState partition,
      @ForAll @IntRange(min = 1, max = 4) int minIsr) {
    boolean scarce = partition.isUnderMinIsr(minIsr) || partition.isAtMinIsr(minIsr);

    assertThat(scarce && !partition.isShrunk()).isFalse();
  }

  @Property
  void isAtItsMinimumIfLosingOneMoreReplicaTakesItUnderThoughItHasReplicasToSpare(
      @ForAll("partitions") PartitionState partition,
      @ForAll @IntRange(min = 1, max = 4) int minIsr) {
    Assume.that(!partition.isr().isEmpty());
    Assume.that(!partition.isUnderMinIsr(minIsr));
    Assume.that(partition.replicationFactor() > minIsr);

    assertThat(partition.isAtMinIsr(minIsr))
        .isEqualTo(withOneLess(partition).isUnderMinIsr(minIsr));
  }

  private static PartitionState withOneLess(PartitionState partition) {
    List<Integer> isr = new ArrayList<>(partition.isr());
    isr.remove(0);
    return aPartition(partition.topic(), partition.partition())
        .withReplicas(partition.replicas().toArray(Integer[]::new))
        .adding(partition.adding().toArray(Integer[]::new))
        .isr(isr.toArray(Integer[]::new))
        .build();
  }

  @Property
  void isUnderReplicatedWhereverItIsOutOfSyncUnlessAReplicaThatIsAddedStandsIn(
      @ForAll("partitions") PartitionState partition,
      @ForAll @IntRange(min = 1, max = 4) int broker) {
    boolean replaced = partition.adding().stream().anyMatch(partition.isr()::contains);

    assertThat(partition.isOutOfSync(broker) && !replaced && !partition.isUnderReplicated())
        .isFalse();
  }
}

package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.fixtures.PartitionBuilder;
import net.jqwik.api.Arbitrary;
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
  void isUnderReplicatedWhereverItIsOutOfSyncUnlessAReplicaThatIsAddedStandsIn(
      @ForAll("partitions") PartitionState partition,
      @ForAll @IntRange(min = 1, max = 4) int broker) {
    boolean replaced = partition.adding().stream().anyMatch(partition.isr()::contains);

    assertThat(partition.isOutOfSync(broker) && !replaced && !partition.isUnderReplicated())
        .isFalse();
  }
}

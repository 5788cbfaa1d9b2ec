package dev.kafkapod.stopping;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stop where others count as stopped: what it has a part in, and nothing else. */
class StopWithOthersTest {

  private static List<String> broken(ClusterBuilder cluster, int stopped, Integer... others) {
    return StopSafety.of(cluster.build(), Set.of(stopped), Set.of(others), Optional.empty())
        .broken()
        .stream()
        .map(it -> it.describe() + " " + it.harm())
        .toList();
  }

  @Test
  void whatEachSparesAloneBothMayBreak() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0));

    assertThat(broken(cluster, 3)).isEmpty();
    assertThat(broken(cluster, 3, 2))
        .containsExactly(
            "orders-0: 1 of min ISR 2 would be left (1); missing already: none UNDER_MIN_ISR");
  }

  @Test
  void whatTheOthersBreakWithoutItIsNotCounted() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).withReplicas(1, 2).isr(1, 2));

    assertThat(broken(cluster, 3, 1, 2)).isEmpty();
  }

  @Test
  void whatTheyHaveBrokenTogetherIsCountedForWhoeverHasAPartInIt() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).isr(1, 3));

    assertThat(broken(cluster, 3, 1))
        .containsExactly(
            "orders-0: no replica in sync would be left; missing already: 2 LEADERLESS");
  }

  @Test
  void aReplicaThatIsGoneAnywayChangesNothing() {
    assertThat(
            broken(
                aCluster().with(aPartition("orders", 0).isr(1, 2)).fenced(3).neverCaughtUp(3),
                3,
                2))
        .isEmpty();
  }
}

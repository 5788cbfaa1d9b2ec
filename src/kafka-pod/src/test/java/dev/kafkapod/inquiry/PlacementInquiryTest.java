package dev.kafkapod.inquiry;

import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.placement.Dimension;
import dev.kafkapod.placement.PartitionSizes;
import dev.kafkapod.placement.PlacementTarget;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.report.PlacementPlanReport;
import dev.kafkapod.report.PlacementReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlacementInquiryTest {

  private static final Duration TIME = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final PartitionSizes SIZES =
      new PartitionSizes(Map.of("orders", Map.of(0, 5L << 20)), List.of("broker 2 is silent"));

  private static ClusterBuilder racks() {
    return aCluster().rack(1, "a/x").rack(2, "a/x").rack(3, "b/x");
  }

  private static ClusterBuilder uneven() {
    return racks().with(aPartition("orders", 0).withReplicas(1, 2));
  }

  private static PlacementInquiry inquiry(ClusterBuilder cluster, Asked asked) {
    ClusterSnapshot seen = cluster.build();
    ClusterProbe probe =
        new ClusterProbe() {
          @Override
          public ClusterSnapshot snapshot(Detail detail, Deadline deadline) {
            assertThat(detail).isEqualTo(Detail.EVERY_PARTITION);
            return seen;
          }

          @Override
          public void close() {
            // it has nothing
          }
        };
    return new PlacementInquiry(
        () -> new ClientSettings(asked, List.of("127.0.0.1:1"), Map.of()),
        TIME,
        (settings, timeout) -> probe,
        (whole, deadline) -> SIZES);
  }

  private static PlacementReport check(ClusterBuilder cluster) {
    return inquiry(cluster, Asked.BROKERS).check(PlacementTarget.ALL, false, Deadline.in(SHORT));
  }

  private static PlacementPlanReport plan(ClusterBuilder cluster, PlacementTarget target) {
    return inquiry(cluster, Asked.BROKERS).plan(target, Optional.empty(), Deadline.in(SHORT));
  }

  @Test
  void saysWhatIsUneven() {
    assertThat(check(uneven()).lines())
        .containsExactly(
            "not well placed: violated 1 (orders-0)",
            "  orders-0: violated, on 1, 2; zones 2+0 where 1+1 is possible, clusters 2",
            "if any one zone is lost: at worst 0 replicas are left (orders-0 without zone a, min ISR 2); 1 partition under min ISR");
  }

  @Test
  void believesNoClusterThatIsNotTrusted() {
    PlacementReport report = check(uneven().controllerSilent("no controller answers"));

    assertThat(report.lines()).containsExactly("cannot tell: no controller answers");
    assertThat(plan(uneven().controllerSilent("no controller answers"), PlacementTarget.ALL).line())
        .isEqualTo("cannot tell: no controller answers");
  }

  /** It may be the only broker of a zone. */
  @Test
  void canNotTellWhereABrokerIsNotListedWhateverTopicsAreMeant() {
    ClusterBuilder cluster =
        racks()
            .with(
                aPartition("orders", 0).withReplicas(1, 3, 2),
                aPartition("other", 0).withReplicas(9));
    PlacementTarget orders =
        PlacementTarget.of(Optional.of(Pattern.compile("orders")), Dimension.DEFAULT);

    assertThat(
            inquiry(cluster, Asked.BROKERS).check(orders, false, Deadline.in(SHORT)).lines().get(0))
        .isEqualTo(
            "cannot tell: where broker 9 runs isn't known, because it has no rack or isn't listed (before Kafka 4.0, no broker that is down is); set broker.rack, or wait until it is back");
  }

  @Test
  void noteWhatIsBeingMovedAndWhatIsNotKnown() {
    PlacementReport report =
        check(
            racks()
                .with(aPartition("orders", 0).withReplicas(1, 3, 2).adding(2).removing(3))
                .minIsrProblem("nobody tells min ISR"));

    assertThat(report.notes())
        .containsExactly(
            "nobody tells min ISR", "1 partition is being moved, and judged by where it is now");
    assertThat(report.verdict().isYes()).isTrue();
  }

  @Test
  void refusesTopicsThatThereAreNot() {
    PlacementTarget none =
        PlacementTarget.of(Optional.of(Pattern.compile("nothing")), Dimension.DEFAULT);

    assertThatThrownBy(() -> inquiry(uneven(), Asked.BROKERS).check(none, false, Deadline.in(TIME)))
        .isInstanceOf(Misconfigured.class)
        .hasMessageStartingWith("--topics: cluster ");
    assertThatThrownBy(() -> plan(uneven(), none)).isInstanceOf(Misconfigured.class);
  }

  @Test
  void refusesToAskControllers() {
    assertThatThrownBy(
            () ->
                inquiry(uneven(), Asked.CONTROLLERS)
                    .check(PlacementTarget.ALL, false, Deadline.in(TIME)))
        .isInstanceOf(Misconfigured.class)
        .hasMessage(
            "brokers know where replicas are, and only controllers are known here; name brokers with --bootstrap-server");
  }

  @Test
  void plansWithSizes() {
    assertThat(plan(uneven(), PlacementTarget.ALL).lines())
        .containsExactly(
            "plan: 1 replica of 1 partition to move (5.0 MiB); at least 1 would have to (5.0 MiB): gap 0",
            "  orders: 1 uneven over zones; 1 replica to move (5.0 MiB) from 2 (1) to 3 (1)",
            "now:   1 partition: 1 violated",
            "       if any one zone is lost: at worst 0 replicas are left (orders-0 without zone a, min ISR 2); 1 partition under min ISR",
            "after: 1 partition: 1 even",
            "       if any one zone is lost: at worst 1 replica is left (orders-0 without zone a, min ISR 2); 1 partition under min ISR",
            "note: broker 2 is silent");
  }

  @Test
  void plansNothingWhereAllIsInPlace() {
    assertThat(
            plan(racks().with(aPartition("orders", 0).withReplicas(1, 3)), PlacementTarget.ALL)
                .lines())
        .containsExactly("nothing to move: 1 partition is in place", "note: broker 2 is silent");
  }
}

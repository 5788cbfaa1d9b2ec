package dev.kafkapod.report;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.StopAssessment;
import dev.kafkapod.stopping.StopPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StopReportTest {

  @Test
  void saysWhoMayStop() {
    assertThat(together(aCluster().with(aPartition("orders", 0)), 3).lines())
        .containsExactly("can stop broker 3: nothing breaks (partitions there: 1)");
  }

  @Test
  void saysWhoMayNotStopAndNamesWhatWouldBreak() {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).isr(1, 3), aPartition("solo", 0).withReplicas(3));

    assertThat(together(cluster, 3).lines())
        .containsExactly(
            "cannot stop broker 3: under-min-ISR 1 (orders-0)",
            "  orders-0: 1 of min ISR 2 would be left (1); missing already: 2",
            "  solo-0: no replica in sync would be left; unavoidable with 1 replica");
  }

  @Test
  void namesTenPartitionsAndCountsTheRest() {
    ClusterBuilder cluster = aCluster();
    IntStream.range(0, 12).forEach(i -> cluster.with(aPartition("orders", i).isr(1, 3)));

    assertThat(together(cluster, 3).lines())
        .hasSize(12)
        .endsWith("  and 2 more; --output json has all");
  }

  @Test
  void namesWhatStaysBroken() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("pairs", 0).withReplicas(1, 2).isr(1))
            .fenced(2)
            .lag(2, Duration.ofSeconds(20));

    assertThat(together(cluster, 2).lines())
        .containsExactly(
            "can stop broker 2: nothing breaks (partitions there: 1); not cured by it: under-min-ISR 1 (pairs-0)",
            "  pairs-0: under-min-ISR with or without it (in sync: 1)");
  }

  @Test
  void saysNoWithoutAWordOfWhoWhereThatIsNotKnown() {
    StopAssessment recovering =
        StopPolicy.recovering(aBroker(2).recovering(12, 3).withoutNodeId().build(), false)
            .orElseThrow();

    assertThat(StopReport.together("can-stop", recovering, List.of()).line())
        .startsWith("cannot stop: recovering (the local broker: 12 logs and 3 segments remain)");
  }

  @Test
  void addsNotes() {
    StopReport report =
        StopReport.together("can-stop", stop(aCluster(), 1, 2), List.of("a blind spot"));

    assertThat(report.lines())
        .containsExactly(
            "can stop brokers 1, 2: nothing breaks (partitions there: 0)", "note: a blind spot");
  }

  @Test
  void knowsHowLongTheClusterMayTakeToNoticeADeath() {
    StopReport unknown = StopReport.unknown("can-stop", new Verdict.CannotTell(List.of("silence")));
    StopAssessment byZooKeeper =
        new StopPolicy(Allowance.SINGLE)
            .assessOthers(aCluster().inZooKeeperMode().build(), Set.of(1));
    StopAssessment byQuorum =
        new StopPolicy(Allowance.SINGLE).assessOthers(aCluster().build(), Set.of(1));

    assertThat(unknown.toNotice()).isEqualTo(Duration.ofSeconds(5));
    assertThat(StopReport.together("can-stop", byQuorum, List.of()).toNotice())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(StopReport.each("can-stop", List.of(byQuorum, byZooKeeper), List.of()).toNotice())
        .isEqualTo(Duration.ofSeconds(23));
  }

  @Test
  void tellsWhenItCannotTell() {
    Verdict.CannotTell unknown = new Verdict.CannotTell(List.of("silence", "more silence"));

    assertThat(StopReport.unknown("can-stop", unknown).lines())
        .containsExactly("cannot tell: silence; more silence");
  }

  @Test
  void saysWhyAStopIsLetGo() {
    StopReport unknown =
        StopReport.unknown("await-safe-stop", new Verdict.CannotTell(List.of("silence")));

    assertThat(unknown.with(new Verdict.Yes("not waited for: INC-1")).line())
        .isEqualTo("can stop: not waited for: INC-1");
  }

  @Test
  void listsEachNodeAlone() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0).isr(1, 3));
    StopReport report =
        StopReport.each(
            "can-stop", List.of(stop(cluster, 1), stop(cluster, 2), stop(cluster, 102)), List.of());

    assertThat(report.verdict()).isEqualTo(new Verdict.No(List.of("not broker 1")));
    assertThat(report.lines())
        .containsExactly(
            "cannot stop each of these alone: not broker 1",
            "  broker 1        no       under-min-ISR 1 (orders-0)",
            "  broker 2        yes      nothing breaks (partitions there: 1)",
            "  controller 102  yes      nothing breaks");
  }

  @Test
  void saysYesToEachOnlyIfItIsAYesToAll() {
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0));
    StopAssessment unknown = stop(aCluster().askedThroughControllers(), 101);

    assertThat(
            StopReport.each("can-stop", List.of(stop(cluster, 1), stop(cluster, 2)), List.of())
                .line())
        .isEqualTo("can stop each of these alone: broker 1, broker 2");
    assertThat(
            StopReport.each("can-stop", List.of(stop(cluster, 1), unknown, unknown), List.of())
                .line())
        .isEqualTo(
            "cannot tell: controllers describe no partitions; name brokers with --bootstrap-server");
  }

  private static StopReport together(ClusterBuilder cluster, Integer... nodes) {
    return StopReport.together("can-stop", stop(cluster, nodes), List.of());
  }

  private static StopAssessment stop(ClusterBuilder cluster, Integer... nodes) {
    return new StopPolicy(Allowance.SINGLE).assessOthers(cluster.build(), Set.of(nodes));
  }
}

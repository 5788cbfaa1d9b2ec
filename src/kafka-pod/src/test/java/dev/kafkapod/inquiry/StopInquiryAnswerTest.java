package dev.kafkapod.inquiry;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Progress;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.Selection;
import dev.kafkapod.stopping.StopPolicy;
import dev.kafkapod.testing.Await;
import dev.kafkapod.turns.Ahead;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import dev.kafkapod.turns.fixtures.RequestBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a cluster that answers: over time, and where not everybody is seen. */
class StopInquiryAnswerTest {

  private static final Duration TIME = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(100);

  @TempDir private Path directory;

  private StopInquiry inquiry(
      ClusterBuilder cluster, Optional<BrokerProbe> local, Progress progress) {
    Selection who =
        new Selection(local.isPresent() ? Set.of() : Set.of(1), Optional.empty(), Optional.empty());
    return inquiry(cluster, who, false, local, progress);
  }

  private StopInquiry inquiry(
      ClusterBuilder cluster,
      Selection who,
      boolean each,
      Optional<BrokerProbe> local,
      Progress progress) {
    ClusterSnapshot seen = cluster.build();
    ClusterProbe probe =
        new ClusterProbe() {
          @Override
          public ClusterSnapshot snapshot(Detail detail, Deadline deadline) {
            return seen;
          }

          @Override
          public void close() {
            // it has nothing
          }
        };
    return inquiry(probe, who, each, local, progress);
  }

  private StopInquiry inquiry(
      ClusterProbe probe,
      Selection who,
      boolean each,
      Optional<BrokerProbe> local,
      Progress progress) {
    return new StopInquiry(
        "await-safe-stop",
        new StopPolicy(Allowance.ALL),
        who,
        each,
        local.map(it -> new LocalNode(() -> it, false, directory, Optional::empty)),
        () -> new ClientSettings(ClusterSnapshot.Asked.BROKERS, List.of("127.0.0.1:1"), Map.of()),
        verdict -> verdict,
        (settings, timeout) -> probe,
        progress);
  }

  private static Verdict verdict(StopInquiry inquiry) {
    return inquiry.ask(TIME, Deadline.in(TIME)).report().verdict();
  }

  private static void becomesAYes(StopInquiry inquiry) {
    Await.until("a yes", TIME, () -> verdict(inquiry), it -> it instanceof Verdict.Yes);
  }

  /** Two of Kafka's clients at once may be more than the heap holds. */
  @Test
  void asksAgainOnlyOnceTheFormerClientIsClosed() {
    ClusterSnapshot seen = aCluster().build();
    AtomicInteger open = new AtomicInteger();
    List<Integer> openAtOnce = new CopyOnWriteArrayList<>();
    ClusterProbe slow =
        new ClusterProbe() {
          @Override
          public ClusterSnapshot snapshot(Detail detail, Deadline deadline) {
            openAtOnce.add(open.incrementAndGet());
            return seen;
          }

          @Override
          public void close() {
            try {
              Thread.sleep(SHORT.toMillis());
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            open.decrementAndGet();
          }
        };
    Selection who = new Selection(Set.of(1), Optional.empty(), Optional.empty());
    StopInquiry inquiry = inquiry(slow, who, false, Optional.empty(), new Progress());

    verdict(inquiry);
    verdict(inquiry);

    assertThat(openAtOnce).containsExactly(1, 1);
  }

  /** A pair whose third replica doesn't come. */
  private StopReport withTurns(Answer<TurnsInquiry.TurnsSeen> turns) {
    ClusterBuilder cluster =
        aCluster().with(aPartition("orders", 0).withReplicas(1, 2, 3)).minIsr("orders", 2);
    return inquiry(cluster, Optional.empty(), new Progress())
        .report(TIME, Deadline.in(TIME), turns);
  }

  private static TurnsInquiry.TurnsSeen seen(LoggedEntry... records) {
    return seenIn("cluster-A", records);
  }

  private static TurnsInquiry.TurnsSeen seenIn(String cluster, LoggedEntry... records) {
    return new TurnsInquiry.TurnsSeen(
        "kafka-pod-stops",
        records.length > 0,
        cluster,
        Optional.empty(),
        List.of(records),
        RequestBuilder.NOW);
  }

  @Test
  void countsThoseWhoGoAsStoppedAndShowsTheQueue() {
    StopReport alone = withTurns(Answer.known(seen()));
    StopReport behind = withTurns(Answer.known(seen(RequestBuilder.aRequest(2).goes().at(0))));
    StopReport before = withTurns(Answer.known(seen(RequestBuilder.aRequest(2).at(0))));

    assertThat(alone.verdict().isYes()).isTrue();
    assertThat(alone.lines())
        .contains(
            "turns: nobody waits, and nobody goes",
            "turns: note: there is no topic kafka-pod-stops yet; the first stop with turns makes it");
    assertThat(behind.verdict().isNo()).isTrue();
    assertThat(behind.line()).contains("together with node 2, which goes");
    assertThat(behind.lines()).anyMatch(it -> it.startsWith("turns: node 2 (kafka-2) goes "));
    assertThat(before.verdict().isYes()).isTrue();
  }

  /** Otherwise an override that ignores the unknown would ignore who goes, too. */
  @Test
  void whatGoesIsReckonedWithWhereSomethingElseIsUnknown() {
    ClusterBuilder cluster =
        aCluster()
            .with(aPartition("orders", 0).withReplicas(1, 2, 3))
            .with(aPartition("secret", 0).withReplicas(1, 2, 3))
            .minIsr("orders", 2)
            .withoutMinIsrOf("secret");
    StopInquiry inquiry = inquiry(cluster, Optional.empty(), new Progress());

    StopInquiry.Heard alone = inquiry.ask(TIME, Deadline.in(TIME), Ahead.NOBODY);
    StopInquiry.Heard behind = inquiry.ask(TIME, Deadline.in(TIME), new Ahead(Set.of(2), Set.of()));
    StopInquiry.Heard later = inquiry.ask(TIME, Deadline.in(TIME), new Ahead(Set.of(), Set.of(2)));

    assertThat(alone.report().verdict().isUnknown()).isTrue();
    assertThat(alone.waitsFor()).isEqualTo(WaitsFor.CLUSTER);
    assertThat(behind.report().line())
        .contains("under-min-ISR 1 (orders-0)", "together with node 2, which goes");
    assertThat(behind.waitsFor()).isEqualTo(WaitsFor.TURN);
    assertThat(later.report().verdict().isNo()).isTrue();
  }

  @Test
  void turnsOfAnotherClusterAreUnknown() {
    StopReport report = withTurns(Answer.known(seenIn("another")));

    assertThat(report.verdict().isUnknown()).isTrue();
    assertThat(report.line())
        .contains("cluster another's", "is cluster-A", "KAFKA_POD_TURNS_BOOTSTRAP_SERVER");
    assertThat(report.lines()).noneMatch(it -> it.contains("nobody waits"));
  }

  @Test
  void withoutTheTopicAYesIsUnknown() {
    StopReport report = withTurns(Answer.unknown("no answer in time"));

    assertThat(report.verdict()).isEqualTo(new Verdict.CannotTell(List.of("no answer in time")));
    assertThat(report.lines()).contains("turns: unknown: no answer in time");
  }

  private static ClusterBuilder growing() {
    return aCluster()
        .with(aPartition("pairs", 0).withReplicas(1, 2, 3).adding(3).isr(1, 2))
        .minIsr("pairs", 2);
  }

  @Test
  void aReassignmentThatGetsNowhereHoldsAStopUpForAWhile() {
    StopInquiry inquiry = inquiry(growing(), Optional.empty(), new Progress(SHORT));

    assertThat(verdict(inquiry).summary()).contains("under-min-ISR 1 (pairs-0)");
    becomesAYes(inquiry);
  }

  @Test
  void oneThatMayStillMoveOnHoldsItUp() {
    StopInquiry inquiry = inquiry(growing(), Optional.empty(), new Progress());

    assertThat(verdict(inquiry)).isInstanceOf(Verdict.No.class);
    assertThat(verdict(inquiry)).isInstanceOf(Verdict.No.class);
  }

  @Test
  void aLogRecoveryThatGetsNowhereHoldsAStopUpForAWhile() {
    StopInquiry inquiry =
        inquiry(
            aCluster().fenced(1),
            Optional.of(() -> aBroker(1).recovering(3, 1).build()),
            new Progress(SHORT));

    assertThat(verdict(inquiry).summary()).contains("recovering (broker 1: 3 logs");
    becomesAYes(inquiry);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aZoneMayNotStopWhileNobodyKnowsWhetherABrokerIsThere(boolean each) {
    Selection zone = new Selection(Set.of(), Optional.of("a"), Optional.empty());
    ClusterBuilder cluster = aCluster().with(aPartition("orders", 0)).rack(1, "a").rack(2, "b");

    assertThat(verdict(inquiry(cluster, zone, each, Optional.empty(), new Progress())))
        .isInstanceOf(Verdict.CannotTell.class)
        .extracting(Verdict::summary)
        .asString()
        .startsWith("broker 3 has no rack, so it is unknown whether it runs there too; ");
    assertThat(verdict(inquiry(cluster.rack(3, "c"), zone, each, Optional.empty(), new Progress())))
        .isInstanceOf(Verdict.Yes.class);
  }
}

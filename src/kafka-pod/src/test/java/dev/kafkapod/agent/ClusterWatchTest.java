package dev.kafkapod.agent;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.Progress;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {

  private static final Duration SHORT = Duration.ofMillis(100);

  private final Judge judge =
      new Judge(
          ReadinessPolicy.of(GatePreset.BALANCED),
          Duration.ofNanos(1),
          Duration.ofSeconds(30),
          System.nanoTime());
  private final List<String> published = new ArrayList<>();

  /** A pair whose third replica doesn't come. */
  private static ClusterSnapshot growing() {
    return aCluster()
        .with(aPartition("pairs", 0).withReplicas(1, 2, 3).adding(3).isr(1, 2))
        .minIsr("pairs", 2)
        .build();
  }

  private ClusterWatch watch(Progress progress) {
    return watch(judge, Answer.known(growing()), progress);
  }

  private ClusterWatch watch(Judge judge, Answer<ClusterSnapshot> answer, Progress progress) {
    judge.broker(
        Answer.known(aBroker(1).build()),
        Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.empty())),
        System.nanoTime());
    ClusterWatch.WatchedCluster cluster =
        new ClusterWatch.WatchedCluster() {
          @Override
          public Answer<ClusterSnapshot> ask() {
            return answer;
          }

          @Override
          public void distrust() {
            throw new AssertionError("this cluster can be trusted");
          }

          @Override
          public void trust() {
            // it is the same afterwards
          }
        };
    return new ClusterWatch(
        cluster,
        judge,
        () -> published.add(judge.agentState().ready().summary()),
        new CpuTime(Thread.currentThread().getThreadGroup()),
        progress);
  }

  @Test
  void aReassignmentThatGetsNowhereBlocksNoLongerThanThePatienceWithIt() {
    ClusterWatch watch = watch(new Progress(SHORT));

    watch.watch();

    assertThat(published).singleElement().asString().contains("at-min-ISR 1 (pairs-0)");
    Await.until(
        "at-min-ISR to count no longer",
        Duration.ofSeconds(10),
        () -> {
          watch.watch();
          return published.get(published.size() - 1);
        },
        it -> !it.contains("at-min-ISR"));
  }

  @Test
  void oneThatMayStillMoveOnBlocks() {
    ClusterWatch watch = watch(new Progress());

    watch.watch();
    watch.watch();

    assertThat(published).hasSize(2).allMatch(it -> it.contains("at-min-ISR 1 (pairs-0)"));
  }

  @Test
  void oneLookAtTheClusterIsJudgedOnce() {
    AtomicInteger judged = new AtomicInteger();
    ReadinessPolicy policy =
        new ReadinessPolicy(
            GatePreset.BALANCED.gates(),
            Map.of(),
            topic -> {
              judged.incrementAndGet();
              return false;
            });
    Judge counting =
        new Judge(policy, Duration.ofNanos(1), Duration.ofSeconds(30), System.nanoTime());
    Answer<ClusterSnapshot> answer =
        Answer.known(aCluster().with(aPartition("orders", 0)).minIsr("orders", 1).build());
    ClusterWatch watch = watch(counting, answer, new Progress());
    watch.watch();
    int inTheWatch = judged.getAndSet(0);
    policy.assess(counting.agentState().observation(), false);

    assertThat(judged.get()).isPositive();
    assertThat(inTheWatch).isEqualTo(judged.get());
    assertThat(counting.agentState().latched()).isFalse();
    assertThat(counting.agentState().cluster().next()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aStandstillThatComesBetweenIsNotForgotten() {
    ClusterEvaluation evaluation =
        new ClusterEvaluation(
            Answer.known(growing()),
            System.nanoTime(),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            false);
    judge.cluster(evaluation, System.nanoTime());
    judge.standstill(Duration.ofMinutes(1), System.nanoTime());
    AgentState before = judge.agentState();

    assertThat(judge.next(evaluation, new EvaluationBudget.Next(Duration.ofSeconds(7), true)))
        .isSameAs(before);
  }
}

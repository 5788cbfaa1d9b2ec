package dev.kafkapod.agent;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Progress;
import java.time.Duration;

/** Asks the cluster again and again, at the pace that its answers and their cost allow. */
final class ClusterWatch {

  /** How often to see whether there is reason to ask. */
  private static final Duration LOOK = Duration.ofMillis(250);

  /** Whoever can be asked. */
  interface WatchedCluster {
    /** The answer, in time. */
    Answer<ClusterSnapshot> ask();

    /** The answer isn't believed. */
    void distrust();

    /** The answer is believed. */
    void trust();
  }

  private final WatchedCluster cluster;
  private final Judge judge;
  private final Runnable publisher;
  private final CpuTime cpuTime;
  private final Progress progress;
  private final EvaluationBudget budget = new EvaluationBudget(System.nanoTime());

  /**
   * A watch that has seen nothing yet.
   *
   * @param publisher publishes what the judge knows
   * @param progress what has been seen of reassignments, over all looks
   */
  ClusterWatch(
      WatchedCluster cluster, Judge judge, Runnable publisher, CpuTime cpuTime, Progress progress) {
    this.cluster = cluster;
    this.judge = judge;
    this.publisher = publisher;
    this.cpuTime = cpuTime;
    this.progress = progress;
  }

  /** Asks once if there is reason to, and returns when to come back. */
  Duration watch() {
    if (!isWorthAsking(judge.agentState())) {
      return LOOK;
    }
    long begun = System.nanoTime();
    long cpuBefore = cpuTime.nanos();
    Answer<ClusterSnapshot> answer =
        cluster.ask().then(seen -> Answer.known(progress.of(seen, begun)));
    Duration cpu = Duration.ofNanos(Math.max(0, cpuTime.nanos() - cpuBefore));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    ClusterEvaluation evaluation =
        new ClusterEvaluation(answer, begun, took, cpu, Duration.ZERO, false);
    // whatever an override says
    boolean ready = judge.cluster(evaluation, System.nanoTime()).effective().without().isYes();
    EvaluationBudget.Next next = budget.after(ready, cpu, begun);
    AgentState agentState = judge.next(evaluation, next);
    publisher.run();
    if (agentState.assessment().distrust().isPresent()) {
      cluster.distrust();
    } else if (answer.value().isPresent()) {
      cluster.trust();
    }
    Duration rest = next.interval().minusNanos(System.nanoTime() - begun);
    return rest.compareTo(LOOK) > 0 ? rest : LOOK;
  }

  /** Before a broker runs, its cluster changes nothing, and starting brokers have enough to do. */
  private static boolean isWorthAsking(AgentState agentState) {
    return agentState.observation().broker().value().filter(BrokerSnapshot::isUp).isPresent();
  }
}

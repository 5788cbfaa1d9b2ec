package dev.kafkapod.agent;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import dev.kafkapod.report.TurnsReport;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes up what an agent knows, by what a judge has seen; numbers are seconds since the agent
 * began.
 */
final class AgentStates {

  private static final long BEGIN = -1_000;

  private final Judge judge;

  AgentStates(GatePreset preset) {
    judge =
        new Judge(
            ReadinessPolicy.of(preset), Duration.ofSeconds(10), Duration.ofSeconds(30), BEGIN);
  }

  static long at(double seconds) {
    return BEGIN + (long) (seconds * 1e9);
  }

  /** Ready for the first time in second 11. */
  AgentStates latched() {
    broker(0, aBroker(1));
    cluster(0, aCluster());
    broker(11, aBroker(1));
    cluster(11, aCluster());
    return this;
  }

  AgentState now() {
    return judge.agentState();
  }

  AgentState broker(double seconds, BrokerBuilder broker) {
    return judge.broker(
        Answer.known(broker.build()),
        Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.empty())),
        at(seconds));
  }

  AgentState overrides(double seconds, OverrideReading evaluation) {
    return judge.overrides(evaluation, at(seconds));
  }

  AgentState turns(double seconds, TurnsReport report) {
    return judge.turns(new TurnsReading(Optional.of(report), at(seconds)));
  }

  /** For a minute, until now. */
  void standstill(double seconds) {
    judge.standstill(Duration.ofMinutes(1), at(seconds));
  }

  AgentState brokerUnknown(double seconds, String why) {
    return judge.broker(Answer.unknown(why), Answer.unknown(why), at(seconds));
  }

  AgentState cluster(double seconds, ClusterBuilder cluster) {
    return cluster(seconds, Answer.known(cluster.build()));
  }

  /** Its answer took a quarter of a second and 12 ms of CPU; it is asked again after 5 s. */
  AgentState cluster(double seconds, Answer<ClusterSnapshot> answer) {
    return judge.cluster(
        new ClusterEvaluation(
            answer,
            at(seconds),
            Duration.ofMillis(250),
            Duration.ofMillis(12),
            Duration.ofSeconds(5),
            false),
        at(seconds));
  }
}

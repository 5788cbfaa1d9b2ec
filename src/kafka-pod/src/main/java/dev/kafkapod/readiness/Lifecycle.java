package dev.kafkapod.readiness;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import java.util.List;

/** Judges whether a broker process is live and whether it has started, from its own state alone. */
public final class Lifecycle {

  private Lifecycle() {}

  /**
   * Whether restarting the process could not help. No only on positive evidence; never because of
   * the cluster, never during log recovery.
   */
  public static Verdict live(Answer<BrokerSnapshot> answer) {
    if (!(answer instanceof Answer.Known<BrokerSnapshot> known)) {
      return new Verdict.CannotTell(List.of(answer.cause().orElseThrow()));
    }
    BrokerSnapshot broker = known.it();
    if (!broker.deadlockedThreads().isEmpty()) {
      return new Verdict.No(
          List.of("threads are deadlocked: " + String.join(", ", broker.deadlockedThreads())));
    }
    // the process registers its node id once its broker has started, and takes it back last:
    // without one, it has yet to
    boolean stopped =
        broker.nodeId().isPresent()
            && broker.state().filter(state -> state == BrokerState.NOT_RUNNING).isPresent();
    if (stopped) {
      return new Verdict.No(
          List.of(broker.name() + " has stopped: NOT_RUNNING in a process that goes on"));
    }
    return new Verdict.Yes(describe(broker));
  }

  /**
   * Whether the broker is past its start. Never depends on the cluster: kubelets repeat startup
   * probes.
   */
  public static Verdict started(Answer<BrokerSnapshot> answer) {
    if (!(answer instanceof Answer.Known<BrokerSnapshot> known)) {
      return new Verdict.CannotTell(List.of(answer.cause().orElseThrow()));
    }
    BrokerSnapshot broker = known.it();
    boolean started =
        broker.isControllerOnly() || broker.state().filter(BrokerState::isPastStartup).isPresent();
    return started ? new Verdict.Yes(describe(broker)) : new Verdict.No(List.of(describe(broker)));
  }

  private static String describe(BrokerSnapshot broker) {
    String state =
        broker
            .state()
            .map(BrokerState::name)
            .orElse(broker.controller() ? "up" : "without a state yet");
    return broker.name()
        + " "
        + state
        + broker.recovery().map(it -> ", " + it.describe()).orElse("");
  }
}

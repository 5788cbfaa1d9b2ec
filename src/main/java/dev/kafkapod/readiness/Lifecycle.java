package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.List;

/** Judges whether a broker process is live and whether it has started, from its own state alone. */
public final class Lifecycle {

  /**
   * A process younger than this may not have begun to start its broker: NOT_RUNNING isn't a failure
   * yet.
   */
  static final Duration LAUNCH = Duration.ofSeconds(60);

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
    boolean stopped = broker.state().filter(state -> state == BrokerState.NOT_RUNNING).isPresent();
    if (stopped && broker.uptime().compareTo(LAUNCH) > 0) {
      return new Verdict.No(
          List.of(
              "broker state NOT_RUNNING in a process that has been up for %d s"
                  .formatted(broker.uptime().toSeconds())));
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

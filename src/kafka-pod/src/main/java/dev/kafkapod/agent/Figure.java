package dev.kafkapod.agent;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.turns.StandingTurns;
import java.time.Duration;
import java.util.List;

/**
 * Every number that the agent tells, once: metrics, MBean and status take it from here, so that
 * they can't differ. The metrics' names and help are a promise, and so are the MBean's attributes.
 */
enum Figure {
  READY(
      "ready",
      "Ready",
      FigureKind.FLAG,
      "1 if the broker is ready, 0 if it isn't or if that is unknown"),
  LIVE("live", "Live", FigureKind.FLAG, "1 if the broker's process lives"),
  STARTED("started", "Started", FigureKind.FLAG, "1 if the broker is past its start"),
  EXIT_CODE("ready_exit_code", "ExitCode", FigureKind.COUNT, "0 ready, 1 not ready, 3 cannot tell"),
  LATCHED(
      "latched",
      "Latched",
      FigureKind.FLAG,
      "1 if this process has been ready before, so that startup gates no longer count"),
  BLOCKED(
      "blocked_seconds",
      "BlockedSeconds",
      FigureKind.SECONDS,
      "how long the broker has not been ready; 0 while it is"),
  HEARTBEAT_AGE(
      "heartbeat_age_seconds",
      "HeartbeatAgeSeconds",
      FigureKind.SECONDS,
      "time since the last check of the broker itself"),
  OVERRIDE_IN_FORCE(
      "override_in_force", "OverrideInForce", FigureKind.FLAG, "1 while an override is in force"),
  OVERRIDE_REMAINING(
      "override_remaining_seconds",
      "OverrideRemainingSeconds",
      FigureKind.SECONDS,
      "time that the override has left; 0 without one"),
  OVERRIDE_INVALID(
      "override_invalid",
      "OverrideInvalid",
      FigureKind.FLAG,
      "1 while there is an override file that doesn't count: it is damaged, wrong or expired"),
  READY_WITHOUT_OVERRIDE(
      "ready_without_override",
      "ReadyWithoutOverride",
      FigureKind.FLAG,
      "1 if the broker would be ready without the override"),
  CONDITION_COUNT(
      "condition_count",
      "ConditionCounts",
      FigureKind.CONDITION,
      "number of partitions for which the condition holds; 1 or 0 if it counts none"),
  CONDITION_BLOCKS(
      "condition_blocks",
      "ConditionBlocks",
      FigureKind.CONDITION,
      "1 if the condition blocks readiness"),
  CONDITION_UNKNOWN(
      "condition_unknown",
      "ConditionUnknown",
      FigureKind.CONDITION,
      "1 if it is unknown whether the condition holds"),
  CONDITION_GATE(
      "condition_gate",
      "ConditionInForce",
      FigureKind.CONDITION,
      "1 while the condition counts; the label gate has its gate"),
  CLUSTER_AGE(
      "cluster_data_age_seconds",
      "ClusterAgeSeconds",
      FigureKind.SECONDS,
      "maximum age of the cluster data"),
  CLUSTER_TRUSTED(
      "cluster_data_trusted",
      "ClusterTrusted",
      FigureKind.FLAG,
      "1 if the cluster has answered and the agent trusts the answer"),
  EVALUATION(
      "evaluation_seconds",
      "EvaluationSeconds",
      FigureKind.SECONDS,
      "duration of the last check of the cluster"),
  EVALUATION_CPU(
      "evaluation_cpu_seconds",
      "EvaluationCpuSeconds",
      FigureKind.SECONDS,
      "CPU time of the last check of the cluster"),
  EVALUATION_INTERVAL(
      "evaluation_interval_seconds",
      "EvaluationIntervalSeconds",
      FigureKind.SECONDS,
      "time from one check of the cluster to the next"),
  TURNS_WAITING(
      "turns_waiting",
      "TurnsWaiting",
      FigureKind.COUNT,
      "stops that wait; none with turns off, or if that is unknown"),
  TURNS_GOING(
      "turns_going",
      "TurnsGoing",
      FigureKind.COUNT,
      "nodes whose turn it is, so that they count as stopped; none as before"),
  TURNS_LONGEST_WAIT(
      "turns_longest_wait_seconds",
      "TurnsLongestWaitSeconds",
      FigureKind.SECONDS,
      "how long the stop that has waited longest has waited; none as before"),
  TEAR_DOWN(
      "turns_tear_down",
      "TurnsTearDown",
      FigureKind.FLAG,
      "1 while the cluster is torn down, so that no stop waits; none as before"),
  BROKER_STATE(
      "broker_state",
      "BrokerState",
      FigureKind.COUNT,
      "Kafka's BrokerState: 0 NOT_RUNNING, 1 STARTING, 2 RECOVERY, 3 RUNNING, 6 PENDING_CONTROLLED_SHUTDOWN, 7 SHUTTING_DOWN"),
  RECOVERY_LOGS(
      "recovery_remaining_logs",
      "RecoveryRemainingLogs",
      FigureKind.COUNT,
      "logs that the broker has yet to recover"),
  RECOVERY_SEGMENTS(
      "recovery_remaining_segments",
      "RecoveryRemainingSegments",
      FigureKind.COUNT,
      "segments that remain in the logs now being recovered");

  /** What a figure is. */
  enum FigureKind {
    /** 1 for yes, 0 for no; true or false in the MBean. */
    FLAG,
    /** A whole number. */
    COUNT,
    /** A time in seconds. */
    SECONDS,
    /** One for each condition. */
    CONDITION
  }

  /** All of them; made once, because each scrape goes through them. */
  static final List<Figure> ALL = List.of(values());

  private static final double NANOS = 1e9;

  private final String metric;
  private final String attribute;
  private final FigureKind kind;
  private final String help;

  Figure(String metric, String attribute, FigureKind kind, String help) {
    this.metric = "kafka_pod_" + metric;
    this.attribute = attribute;
    this.kind = kind;
    this.help = help;
  }

  /** The metric's whole name; its unit is the name's end. */
  String metric() {
    return metric;
  }

  /** The MBean's attribute. */
  String attribute() {
    return attribute;
  }

  FigureKind kind() {
    return kind;
  }

  String help() {
    return help;
  }

  /** The figure now; NaN where there is none, as of a broker that hasn't said its state. */
  double value(AgentState state, long nowNanos) {
    return switch (this) {
      case READY -> yes(state.ready());
      case LIVE -> yes(state.live());
      case STARTED -> yes(state.started());
      case EXIT_CODE -> state.readyReply().exitCode();
      case LATCHED -> flag(state.latched());
      case OVERRIDE_IN_FORCE -> flag(state.effective().overrides().inForce().isPresent());
      case OVERRIDE_INVALID -> flag(state.effective().overrides().isInvalid());
      case READY_WITHOUT_OVERRIDE -> yes(state.effective().without());
      case CLUSTER_TRUSTED -> flag(state.assessment().trusts(state.observation().cluster()));
      case TURNS_WAITING, TURNS_GOING, TURNS_LONGEST_WAIT, TEAR_DOWN -> {
        TurnsReading turns = state.turns().at(nowNanos);
        yield turns.standing().map(it -> value(it, turns.tearsDown())).orElse(Double.NaN);
      }
      case BROKER_STATE, RECOVERY_LOGS, RECOVERY_SEGMENTS -> {
        BrokerSnapshot broker = state.observation().broker().value().orElse(null);
        yield broker == null ? Double.NaN : value(broker);
      }
      default -> time(state, nowNanos).toNanos() / NANOS;
    };
  }

  private double value(StandingTurns turns, boolean tearsDown) {
    return switch (this) {
      case TURNS_WAITING -> turns.asking();
      case TURNS_GOING -> turns.going();
      case TURNS_LONGEST_WAIT -> turns.longestWait().toNanos() / NANOS;
      default -> flag(tearsDown);
    };
  }

  private double value(BrokerSnapshot broker) {
    if (this == BROKER_STATE) {
      return broker.state().isPresent() ? broker.state().get().value() : Double.NaN;
    }
    if (broker.recovery().isEmpty()) {
      return 0;
    }
    return this == RECOVERY_LOGS
        ? broker.recovery().get().logs()
        : broker.recovery().get().segments();
  }

  /** A figure of kind {@link FigureKind#SECONDS}, exactly. */
  Duration time(AgentState state, long nowNanos) {
    return switch (this) {
      case BLOCKED -> state.blocked(nowNanos);
      case HEARTBEAT_AGE -> state.age(nowNanos);
      case OVERRIDE_REMAINING -> state.overrides().left(nowNanos);
      case CLUSTER_AGE -> state.cluster().age(nowNanos);
      case EVALUATION -> state.cluster().took();
      case EVALUATION_CPU -> state.cluster().cpu();
      case EVALUATION_INTERVAL -> state.cluster().next();
      default -> throw new IllegalStateException(this + " is no time");
    };
  }

  /** A figure of kind {@link FigureKind#CONDITION}. */
  int value(ConditionResult result) {
    return switch (this) {
      case CONDITION_COUNT -> result.count();
      case CONDITION_BLOCKS -> flag(result.blocks());
      case CONDITION_UNKNOWN -> flag(result.unknownBecause().isPresent());
      case CONDITION_GATE -> flag(result.inForce());
      default -> throw new IllegalStateException(this + " is no condition's");
    };
  }

  private static int yes(Verdict verdict) {
    return flag(verdict.isYes());
  }

  private static int flag(boolean is) {
    return is ? 1 : 0;
  }
}

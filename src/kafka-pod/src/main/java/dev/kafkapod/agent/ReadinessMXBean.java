package dev.kafkapod.agent;

import java.util.List;
import java.util.Map;

/** What JMX users see of the agent, as {@code dev.kafkapod:type=Readiness}. */
public interface ReadinessMXBean {

  /** Whether the answer is yes. */
  boolean isReady();

  /** The answer's exit code: 0 yes, 1 no, 3 cannot tell. */
  int getExitCode();

  /** The answer in one line. */
  String getLine();

  /** Whether the process has been ready before. */
  boolean isLatched();

  /** Whether an override is in force. */
  boolean isOverrideInForce();

  /** The override in force in one line, and where it is from; empty without one. */
  String getOverride();

  /** How much longer the override is in force, in seconds; 0 without one. */
  double getOverrideRemainingSeconds();

  /** What is wrong with override files that don't count, one line each. */
  List<String> getOverrideWarnings();

  /** Whether the answer would be yes without the override. */
  boolean isReadyWithoutOverride();

  /** How long the answer has not been yes, in seconds; 0 while it is. */
  double getBlockedSeconds();

  /** How old what is known of the cluster can be, in seconds. */
  double getClusterAgeSeconds();

  /** How long the last look at the cluster took, in seconds. */
  double getEvaluationSeconds();

  /** What the last look at the cluster cost this process, in seconds of CPU time. */
  double getEvaluationCpuSeconds();

  /** From one look at the cluster to the next, in seconds. */
  double getEvaluationIntervalSeconds();

  /** For each condition how many partitions it holds for; 1 or 0 for those that count none. */
  Map<String, Integer> getConditionCounts();

  /** For each condition its gate: always, startup or off. */
  Map<String, String> getConditionGates();

  /** For each condition whether it is a reason not to be ready now. */
  Map<String, Boolean> getConditionBlocks();

  /** Whether the broker's process lives. */
  boolean isLive();

  /** Whether the broker is past its start. */
  boolean isStarted();

  /** How long ago the agent last looked at the broker, in seconds. */
  double getHeartbeatAgeSeconds();

  /** Whether there is an override file that doesn't count. */
  boolean isOverrideInvalid();

  /** Whether the cluster has answered and its answer can be believed. */
  boolean isClusterTrusted();

  /** The number of Kafka's BrokerState; null where the broker has none or can't be looked at. */
  Long getBrokerState();

  /** Logs that the broker has yet to recover; null while it can't be looked at. */
  Long getRecoveryRemainingLogs();

  /** Segments that remain in the logs now being recovered; null as before. */
  Long getRecoveryRemainingSegments();

  /** How many stops wait; null with turns off, or where that isn't known. */
  Long getTurnsWaiting();

  /** How many nodes go; null as before. */
  Long getTurnsGoing();

  /** How long the stop that has waited longest has waited, in seconds; null as before. */
  Double getTurnsLongestWaitSeconds();

  /** Whether the cluster is being torn down; null as before. */
  Boolean getTurnsTearDown();

  /** For each condition whether nobody can tell if it holds. */
  Map<String, Boolean> getConditionUnknown();

  /** For each condition whether it counts now. */
  Map<String, Boolean> getConditionInForce();
}

package dev.kafkapod.readiness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A reason not to be ready. Each has a {@link Gate} that says when it counts. This is the only list
 * of them: options, files, reports and docs take them from here, or are held against it by a test.
 * Those that count partitions come the most harmful first.
 */
public enum Condition {
  BROKER_STATE("broker-state", "broker state", Scope.BROKER, "BrokerState is not RUNNING"),
  LISTENER(
      "listener",
      "listener",
      Scope.BROKER,
      "the broker's own listener doesn't accept a connection"),
  FENCED("fenced", "fenced", Scope.CLUSTER, "the controller has fenced this broker"),
  LOG_DIR("log-dir", "offline log dirs", Scope.BROKER, "a log directory of this broker is offline"),
  OFFLINE("offline", "offline", Scope.PARTITIONS, "a partition has no live leader"),
  UNDER_MIN_ISR("under-min-isr", "under-min-ISR", Scope.PARTITIONS, "|ISR| < min.insync.replicas"),
  AT_MIN_ISR(
      "at-min-isr",
      "at-min-ISR",
      Scope.PARTITIONS,
      "|ISR| = min.insync.replicas, and the topic has more replicas than that, or gets them by a running reassignment"),
  OUT_OF_SYNC(
      "out-of-sync",
      "out-of-sync",
      Scope.PARTITIONS,
      "this broker has a replica that isn't in its partition's ISR"),
  UNDER_REPLICATED(
      "under-replicated",
      "under-replicated",
      Scope.PARTITIONS,
      "a partition's ISR is smaller than its replica set"),
  QUORUM(
      "quorum",
      "quorum",
      Scope.CLUSTER,
      "this controller hasn't caught up with the quorum's leader, or there is no leader"),
  AT_MIN_QUORUM(
      "at-min-quorum",
      "at-min-quorum",
      Scope.CLUSTER,
      "no more voters have caught up than a majority takes, and the quorum has more voters than that");

  /** Who can tell whether a condition holds. */
  private enum Scope {
    /** The broker itself. */
    BROKER,
    /** The cluster. */
    CLUSTER,
    /** The cluster, partition by partition. */
    PARTITIONS
  }

  private final String optionName;
  private final String label;
  private final Scope scope;
  private final String meaning;

  Condition(String optionName, String label, Scope scope, String meaning) {
    this.optionName = optionName;
    this.label = label;
    this.scope = scope;
    this.meaning = meaning;
  }

  /** The name in options, override files and JSON, for example {@code at-min-isr}. */
  public String optionName() {
    return optionName;
  }

  /** The name in sentences, for example {@code at-min-ISR}. */
  public String label() {
    return label;
  }

  /** When it holds, in one phrase. */
  public String meaning() {
    return meaning;
  }

  /** Whether it counts partitions, so that a threshold makes sense for it. */
  public boolean countsPartitions() {
    return scope == Scope.PARTITIONS;
  }

  /** Whether only the broker itself can tell, so that a silent cluster is no excuse. */
  public boolean isLocal() {
    return scope == Scope.BROKER;
  }

  /** The conditions that count partitions, the most harmful first. */
  public static List<Condition> countingPartitions() {
    return Arrays.stream(values()).filter(Condition::countsPartitions).toList();
  }

  /** The condition with this option name. */
  public static Optional<Condition> named(String optionName) {
    return Arrays.stream(values()).filter(it -> it.optionName.equals(optionName)).findFirst();
  }

  /** All option names, in the order of the table in the documentation. */
  public static List<String> optionNames() {
    return Arrays.stream(values()).map(Condition::optionName).toList();
  }
}

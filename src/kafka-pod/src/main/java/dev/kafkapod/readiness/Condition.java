package dev.kafkapod.readiness;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A reason not to be ready. Each has a {@link Gate} that says when it counts. */
public enum Condition {
  BROKER_STATE("broker-state", "broker state", "BrokerState is not RUNNING"),
  LISTENER("listener", "listener", "the broker's own listener doesn't accept a connection"),
  FENCED("fenced", "fenced", "the controller has fenced this broker"),
  LOG_DIR("log-dir", "offline log dirs", "a log directory of this broker is offline"),
  OFFLINE("offline", "offline", "a partition has no live leader"),
  UNDER_MIN_ISR("under-min-isr", "under-min-ISR", "|ISR| < min.insync.replicas"),
  AT_MIN_ISR(
      "at-min-isr",
      "at-min-ISR",
      "|ISR| = min.insync.replicas, and the topic has more replicas than that, or gets them by a running reassignment"),
  OUT_OF_SYNC(
      "out-of-sync", "out-of-sync", "this broker has a replica that isn't in its partition's ISR"),
  UNDER_REPLICATED(
      "under-replicated", "under-replicated", "a partition's ISR is smaller than its replica set"),
  QUORUM(
      "quorum",
      "quorum",
      "this controller hasn't caught up with the quorum's leader, or there is no leader"),
  AT_MIN_QUORUM(
      "at-min-quorum",
      "at-min-quorum",
      "no more voters have caught up than a majority takes, and the quorum has more voters than that");

  private final String optionName;
  private final String label;
  private final String meaning;

  Condition(String optionName, String label, String meaning) {
    this.optionName = optionName;
    this.label = label;
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
    return switch (this) {
      case OFFLINE, UNDER_MIN_ISR, AT_MIN_ISR, OUT_OF_SYNC, UNDER_REPLICATED -> true;
      case BROKER_STATE, LISTENER, FENCED, LOG_DIR, QUORUM, AT_MIN_QUORUM -> false;
    };
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

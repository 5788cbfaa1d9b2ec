package dev.kafkapod.readiness;

/**
 * The life cycle state that a broker reports in the MBean {@code
 * kafka.server:type=KafkaServer,name=BrokerState}.
 *
 * <p>The numbers are those of {@code org.apache.kafka.metadata.BrokerState}, the same in Kafka 3.9
 * and 4.x.
 */
public enum BrokerState {
  /** Not yet started, or already stopped. */
  NOT_RUNNING(0),
  /** Registering, and catching up with the cluster's metadata. */
  STARTING(1),
  /** Caught up with the metadata, not yet unfenced; usually recovering logs. */
  RECOVERY(2),
  /**
   * Serving. Says nothing about replicas, and stays so while the controller has fenced the broker.
   */
  RUNNING(3),
  /** Handing its leaderships over before it stops. */
  PENDING_CONTROLLED_SHUTDOWN(6),
  /** Stopping. */
  SHUTTING_DOWN(7),
  /** A number that this version doesn't know. */
  UNKNOWN(127);

  private final int value;

  BrokerState(int value) {
    this.value = value;
  }

  /** The state for the number that the MBean holds; {@link #UNKNOWN} for one that isn't listed. */
  public static BrokerState of(int value) {
    for (BrokerState state : values()) {
      if (state.value == value) {
        return state;
      }
    }
    return UNKNOWN;
  }

  /** The number that the MBean holds. */
  public int value() {
    return value;
  }

  /** Whether the broker got through its start, whatever has happened to it since. */
  public boolean isPastStartup() {
    return this == RUNNING || this == PENDING_CONTROLLED_SHUTDOWN || this == SHUTTING_DOWN;
  }
}

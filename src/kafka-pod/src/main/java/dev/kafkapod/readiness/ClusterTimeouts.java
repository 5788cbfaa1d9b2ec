package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * How long a cluster's own settings let a node be silent before it is given up. All are longer than
 * zero.
 *
 * @param brokerSession broker.session.timeout.ms: after this long without a heartbeat, a KRaft
 *     controller fences a broker
 * @param zooKeeperSession zookeeper.session.timeout.ms: after this long without a sign of life,
 *     ZooKeeper ends a broker's session, and only then its death is seen
 * @param quorumFetch controller.quorum.fetch.timeout.ms: a controller that is further behind the
 *     leader isn't a sound voter
 */
public record ClusterTimeouts(
    Duration brokerSession, Duration zooKeeperSession, Duration quorumFetch) {

  private static final String BROKER_SESSION = "broker.session.timeout.ms";
  private static final String ZOOKEEPER_SESSION = "zookeeper.session.timeout.ms";
  private static final String QUORUM_FETCH = "controller.quorum.fetch.timeout.ms";

  /** Kafka's defaults, for a configuration that doesn't set them. */
  public static final ClusterTimeouts DEFAULT =
      new ClusterTimeouts(Duration.ofSeconds(9), Duration.ofSeconds(18), Duration.ofSeconds(2));

  /**
   * What is assumed where nobody could read the settings: 60 s is the longest session that
   * ZooKeeper grants by default, twenty ticks of three seconds.
   */
  public static final ClusterTimeouts UNKNOWN =
      new ClusterTimeouts(DEFAULT.brokerSession, Duration.ofSeconds(60), DEFAULT.quorumFetch);

  /** ZooKeeper's own limit, two ticks: it grants no shorter session by default. */
  private static final Duration SHORTEST_ZOOKEEPER_SESSION = Duration.ofSeconds(6);

  /**
   * A tick, by which ZooKeeper may be late, and what the controller then needs to tell everybody.
   */
  private static final Duration ZOOKEEPER_MARGIN = Duration.ofSeconds(5);

  public ClusterTimeouts {
    requirePositive(brokerSession);
    requirePositive(zooKeeperSession);
    requirePositive(quorumFetch);
  }

  private static void requirePositive(Duration time) {
    if (Objects.requireNonNull(time).isZero() || time.isNegative()) {
      throw new IllegalArgumentException("a time-out must be longer than zero, got " + time);
    }
  }

  /**
   * What a configuration says.
   *
   * @param settings by Kafka's names. What isn't set has Kafka's default; what can't be read, such
   *     as a placeholder of a config provider, counts as unknown.
   */
  public static ClusterTimeouts in(Map<String, String> settings) {
    return new ClusterTimeouts(
        time(settings.get(BROKER_SESSION), DEFAULT.brokerSession, UNKNOWN.brokerSession),
        time(settings.get(ZOOKEEPER_SESSION), DEFAULT.zooKeeperSession, UNKNOWN.zooKeeperSession),
        time(settings.get(QUORUM_FETCH), DEFAULT.quorumFetch, UNKNOWN.quorumFetch));
  }

  private static Duration time(String text, Duration unset, Duration unreadable) {
    if (text == null) {
      return unset;
    }
    return text.strip().matches("[1-9]\\d{0,9}")
        ? Duration.ofMillis(Long.parseLong(text.strip()))
        : unreadable;
  }

  /**
   * How long after a node's death answers may still be as if it lived: what is to be relied on must
   * have held for longer than that.
   *
   * @param controlPlane tells the mode
   */
  public Duration toNotice(ControlPlane controlPlane) {
    return controlPlane instanceof ControlPlane.ZooKeeper
        ? toNoticeByZooKeeper()
        : toNoticeByQuorum();
  }

  /** The same with ZooKeeper: until a session has ended, and everybody has been told. */
  public Duration toNoticeByZooKeeper() {
    return longer(zooKeeperSession, SHORTEST_ZOOKEEPER_SESSION).plus(ZOOKEEPER_MARGIN);
  }

  /**
   * The same with a quorum: until its leader's answer shows the broker, or the voter, as lagging.
   */
  public Duration toNoticeByQuorum() {
    return longer(Freshness.BROKER_LAG, quorumFetch);
  }

  /** After how long behind the leader a broker has certainly been fenced. */
  Duration toFence() {
    return longer(brokerSession, Freshness.BROKER_LAG);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}

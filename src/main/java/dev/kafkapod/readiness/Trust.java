package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether an answer about the cluster can be believed.
 *
 * <p>A broker that is cut off from the controllers, and every broker of a cluster whose quorum is
 * gone, answers all describe calls from memory, successfully. Only the quorum's leader knows who
 * still follows it.
 */
public final class Trust {

  /**
   * How far behind the leader a broker may be for its answers to count. Followers fetch at least
   * every 500 ms.
   */
  public static final Duration BROKER_LAG = Duration.ofSeconds(5);

  /**
   * Kafka's default of broker.session.timeout.ms: after this long without a heartbeat, the
   * controller fences a broker.
   */
  public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(9);

  /**
   * Kafka's default of controller.quorum.fetch.timeout.ms: a voter that is further behind isn't a
   * sound one.
   */
  public static final Duration VOTER_LAG = Duration.ofSeconds(2);

  private Trust() {}

  /**
   * Why the answer can't be believed, or empty if it can.
   *
   * @param broker the local broker, whose ZooKeeper session counts in ZooKeeper mode; need not be
   *     known
   */
  public static Optional<String> distrust(ClusterSnapshot cluster, Answer<BrokerSnapshot> broker) {
    if (cluster.controlPlane() instanceof ControlPlane.Silent silent) {
      return Optional.of(silent.cause());
    }
    if (cluster.controlPlane() instanceof ControlPlane.Quorum quorum) {
      return distrust(cluster, quorum);
    }
    return broker
        .value()
        .map(it -> it.zooKeeperSession().orElse("unknown"))
        .filter(session -> !session.equals("CONNECTED"))
        .map(
            session ->
                "the broker's session with ZooKeeper is %s, so what it knows of the cluster may be old"
                    .formatted(session));
  }

  private static Optional<String> distrust(ClusterSnapshot cluster, ControlPlane.Quorum quorum) {
    if (!quorum.hasMajorityWithin(BROKER_LAG)) {
      return Optional.of(
          "controller %d answers as the quorum's leader, but no majority of the %d voters has followed it for %s"
              .formatted(quorum.leaderId(), quorum.voters().size(), Wording.seconds(BROKER_LAG)));
    }
    if (cluster.asked() == ClusterSnapshot.Asked.CONTROLLERS) {
      return Optional.empty(); // the leader spoke for itself
    }
    Set<Integer> witnesses = new TreeSet<>(cluster.respondents());
    witnesses.addAll(cluster.liveIds());
    Map<Integer, String> laggards = new TreeMap<>();
    for (int id : witnesses) {
      Optional<Duration> lag = quorum.brokerLag(id);
      if (lag.isEmpty()) {
        laggards.put(id, "broker " + id + " isn't following the controller at all");
      } else if (lag.get().compareTo(BROKER_LAG) > 0) {
        laggards.put(
            id,
            "broker "
                + id
                + " last caught up with the controller "
                + Wording.seconds(lag.get())
                + " ago");
      }
    }
    return laggards.isEmpty()
        ? Optional.empty()
        : Optional.of(
            String.join(", ", laggards.values()) + ", so the cluster's answers may be old");
  }

  /**
   * Why the cluster that answers isn't the local broker's, or empty if it is or nobody knows.
   *
   * @param broker the local broker
   */
  public static Optional<String> stranger(BrokerSnapshot broker, ClusterSnapshot cluster) {
    return broker
        .clusterId()
        .filter(id -> !id.equals(cluster.clusterId()))
        .map(
            id ->
                "%s belongs to cluster %s, but the bootstrap servers answer for cluster %s; check --bootstrap-server"
                    .formatted(broker.name(), id, cluster.clusterId()));
  }
}

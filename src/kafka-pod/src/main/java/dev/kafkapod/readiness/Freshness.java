package dev.kafkapod.readiness;

import dev.kafkapod.common.Answer;
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
public final class Freshness {

  /**
   * How far behind the leader a broker may be for its answers to count. Followers fetch at least
   * every 500 ms.
   */
  public static final Duration BROKER_LAG = Duration.ofSeconds(5);

  private Freshness() {}

  /**
   * Why the answer can't be believed, or empty if it can.
   *
   * @param broker the local broker, whose ZooKeeper session counts in ZooKeeper mode; need not be
   *     known
   */
  public static Optional<String> staleBecause(
      ClusterSnapshot cluster, Answer<BrokerSnapshot> broker) {
    return doubt(cluster, broker).map(Doubt::why);
  }

  /** The same, with for how long the last verdict may be kept meanwhile. */
  static Optional<Doubt> doubt(ClusterSnapshot cluster, Answer<BrokerSnapshot> broker) {
    if (cluster.controlPlane() instanceof ControlPlane.Silent silent) {
      return Optional.of(new Doubt(silent.cause(), silent.grace()));
    }
    if (cluster.controlPlane() instanceof ControlPlane.Quorum quorum) {
      return doubt(cluster, quorum);
    }
    Optional<Doubt> session = session(broker);
    return session.isEmpty() && cluster.controlPlane() instanceof ControlPlane.ZooKeeper mode
        ? silent(mode, cluster)
        : session;
  }

  /**
   * ZooKeeper notices a dead broker when its session ends. Until then the cluster lists it as live,
   * and its replicas as in sync; only that it doesn't answer shows it.
   */
  private static Optional<Doubt> silent(ControlPlane.ZooKeeper mode, ClusterSnapshot cluster) {
    if (mode.silent().isEmpty()) {
      return Optional.empty();
    }
    boolean one = mode.silent().size() == 1;
    return Optional.of(
        new Doubt(
            "%s %s listed as live, but %s, so the cluster's answers may be old (a dead broker's session with ZooKeeper lasts for up to %s)"
                .formatted(
                    (one ? "broker " : "brokers ") + Wording.ids(mode.silent()),
                    one ? "is" : "are",
                    one ? "doesn't answer" : "don't answer",
                    Wording.seconds(cluster.timeouts().zooKeeperSession())),
            Grace.NONE));
  }

  private static Optional<Doubt> session(Answer<BrokerSnapshot> broker) {
    return broker
        .value()
        .map(it -> it.zooKeeperSession().orElse("unknown"))
        .filter(session -> !session.equals("CONNECTED"))
        .map(
            session ->
                new Doubt(
                    "the broker's session with ZooKeeper is %s, so what it knows of the cluster may be old"
                        .formatted(session),
                    session.equals("CONNECTING") ? Grace.FULL : Grace.NONE));
  }

  private static Optional<Doubt> doubt(ClusterSnapshot cluster, ControlPlane.Quorum quorum) {
    if (!quorum.hasMajorityWithin(BROKER_LAG)) {
      // a leader that nobody follows knows nothing: no more is said than by silence
      return Optional.of(new Doubt(leaderAlone(quorum), Grace.FULL));
    }
    if (cluster.asked() == ClusterSnapshot.Asked.CONTROLLERS) {
      return Optional.empty(); // the leader spoke for itself
    }
    Set<Integer> witnesses = new TreeSet<>(cluster.respondents());
    witnesses.addAll(cluster.liveIds());
    Map<Integer, String> laggards = new TreeMap<>();
    Grace grace = Grace.BRIEF;
    for (int id : witnesses) {
      Optional<Duration> lag = quorum.brokerLag(id);
      if (lag.isEmpty()) {
        grace = quorum.clockSetBack().isPresent() ? Grace.NONE : grace;
        laggards.put(id, "broker " + id + " " + silence(quorum));
      } else if (lag.get().compareTo(BROKER_LAG) > 0) {
        grace = Grace.NONE;
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
            new Doubt(
                String.join(", ", laggards.values()) + ", so the cluster's answers may be old",
                grace));
  }

  private static String leaderAlone(ControlPlane.Quorum quorum) {
    String leader =
        "controller %d answers as the quorum's leader, but ".formatted(quorum.leaderId());
    Optional<Duration> setBack = quorum.clockSetBack();
    if (setBack.isPresent() && !quorum.isToldByOffsets()) {
      return leader
          + "its clock was set back by %s or more, so neither its times nor its offsets (%s) show which nodes follow it; set its clock right, or restart it so that another controller leads"
              .formatted(
                  Wording.seconds(setBack.get()),
                  quorum
                      .earlier()
                      .map(it -> "its log has not grown for " + Wording.seconds(it.ago()))
                      .orElse("it was asked only once"));
    }
    return setBack.isPresent()
        ? leader
            + "no majority of the %d voters has fetched what it had written %s before (measured by offsets, because its clock was set back)"
                .formatted(
                    quorum.voters().size(), Wording.seconds(quorum.earlier().orElseThrow().ago()))
        : leader
            + "no majority of the %d voters has followed it for %s"
                .formatted(quorum.voters().size(), Wording.seconds(BROKER_LAG));
  }

  private static String silence(ControlPlane.Quorum quorum) {
    return quorum.clockSetBack().isPresent()
        ? "has fetched nothing new from the controller, whose clock was set back"
        : "isn't following the controller at all";
  }

  /**
   * Why the cluster that answers isn't the local broker's, or empty if it is or nobody knows.
   *
   * @param broker the local broker
   */
  public static Optional<String> clusterMismatch(BrokerSnapshot broker, ClusterSnapshot cluster) {
    return broker
        .clusterId()
        .filter(id -> !id.equals(cluster.clusterId()))
        .map(
            id ->
                "%s belongs to cluster %s, but the bootstrap servers answer for cluster %s; check --bootstrap-server"
                    .formatted(broker.name(), id, cluster.clusterId()));
  }
}

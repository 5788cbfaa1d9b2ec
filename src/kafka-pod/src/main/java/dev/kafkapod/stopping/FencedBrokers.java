package dev.kafkapod.stopping;

import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.Freshness;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which of the brokers that would stop are fenced, and why. A fenced broker serves nobody. One that
 * doesn't follow the controller either is dead, wedged or cut off: its stop changes nothing. One
 * that does follow is starting, perhaps recovering its logs, and a stop makes it start all over.
 *
 * @param gone those that have been silent for longer than a trusted answer can be old; or whose log
 *     recovery makes no progress
 * @param starting those that follow the controller
 */
record FencedBrokers(Set<Integer> gone, Set<Integer> starting) {

  FencedBrokers {
    gone = Set.copyOf(gone);
    starting = Set.copyOf(starting);
  }

  /**
   * Looks for them.
   *
   * @param stopped node ids of brokers and controllers
   * @param local what is known of one of them from its own process
   */
  static FencedBrokers among(
      Collection<Integer> stopped, ClusterSnapshot cluster, Optional<LocalBroker> local) {
    Set<Integer> gone = new TreeSet<>();
    Set<Integer> starting = new TreeSet<>();
    if (cluster.asked() == ClusterSnapshot.Asked.BROKERS) {
      for (int id : stopped) {
        boolean fenced = cluster.node(id).map(node -> node.fenced()).orElse(true);
        if (fenced && isGone(id, cluster, local)) {
          gone.add(id);
        } else if (fenced && !isController(id, cluster) && !isUp(id, local)) {
          starting.add(id);
        }
      }
    }
    return new FencedBrokers(gone, starting);
  }

  private static boolean isUp(int id, Optional<LocalBroker> local) {
    return local.filter(it -> it.id() == id && it.running()).isPresent();
  }

  private static boolean isGone(int id, ClusterSnapshot cluster, Optional<LocalBroker> local) {
    if (local.filter(it -> it.id() == id && it.recoveryStalled()).isPresent()) {
      return true;
    }
    return !(cluster.controlPlane() instanceof ControlPlane.Quorum quorum)
        || replicas(id, quorum).allMatch(it -> isSilent(it, quorum));
  }

  /** Not where the leader's clock was set back, so that nobody knows. */
  private static boolean isSilent(ControlPlane.Follower replica, ControlPlane.Quorum quorum) {
    return replica.lastCaughtUpMs().isEmpty()
        || quorum.lag(replica).filter(lag -> lag.compareTo(Freshness.BROKER_LAG) > 0).isPresent();
  }

  private static Stream<ControlPlane.Follower> replicas(int id, ControlPlane.Quorum quorum) {
    return Stream.concat(quorum.voters().stream(), quorum.observers().stream())
        .filter(it -> it.id() == id);
  }

  /** A controller that is no broker isn't listed, and before Kafka 4.0 nor is a fenced broker. */
  private static boolean isController(int id, ClusterSnapshot cluster) {
    return cluster.node(id).isEmpty()
        && cluster.controlPlane() instanceof ControlPlane.Quorum quorum
        && quorum.voters().stream().anyMatch(voter -> voter.id() == id);
  }
}

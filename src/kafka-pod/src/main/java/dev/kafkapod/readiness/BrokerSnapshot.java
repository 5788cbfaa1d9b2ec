package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What one Kafka process says of itself at one moment, read from its MBeans.
 *
 * @param nodeId the process's node id (broker.id in ZooKeeper mode); empty while it isn't
 *     registered yet
 * @param clusterId the cluster that the process belongs to; empty early in its start
 * @param kafkaVersion the version of Kafka that runs, for people
 * @param state the broker's state; empty in a controller-only process, which has none
 * @param recovery remaining log recovery; empty when nothing is being recovered
 * @param offlineLogDirs log directories that have failed; empty where the process doesn't say
 * @param metadataLag age of the newest metadata record applied, by this machine's clock; empty
 *     before state RECOVERY and in ZooKeeper mode
 * @param raft this process's view of the controller quorum; empty in ZooKeeper mode
 * @param controller whether the process has the controller role (KRaft)
 * @param zooKeeperSession the state of the session with ZooKeeper, for example CONNECTED; empty in
 *     KRaft mode
 * @param uptime how long the process has been running
 * @param deadlockedThreads names of threads that wait for each other for ever
 */
public record BrokerSnapshot(
    OptionalInt nodeId,
    Optional<String> clusterId,
    Optional<String> kafkaVersion,
    Optional<BrokerState> state,
    Optional<RecoveryProgress> recovery,
    OptionalInt offlineLogDirs,
    Optional<Duration> metadataLag,
    Optional<Raft> raft,
    boolean controller,
    Optional<String> zooKeeperSession,
    Duration uptime,
    List<String> deadlockedThreads) {

  /**
   * A process's own view of the quorum. It can be stale: the leader stays set while that leader
   * hangs.
   *
   * @param role for example leader, follower, observer or unattached, in Kafka's words
   * @param leaderId the leader's node id; empty when the process knows of none
   */
  public record Raft(String role, OptionalInt leaderId) {
    public Raft {
      Objects.requireNonNull(role);
      Objects.requireNonNull(leaderId);
    }
  }

  public BrokerSnapshot {
    Objects.requireNonNull(nodeId);
    Objects.requireNonNull(clusterId);
    Objects.requireNonNull(kafkaVersion);
    Objects.requireNonNull(state);
    Objects.requireNonNull(recovery);
    Objects.requireNonNull(offlineLogDirs);
    Objects.requireNonNull(metadataLag);
    Objects.requireNonNull(raft);
    Objects.requireNonNull(zooKeeperSession);
    Objects.requireNonNull(uptime);
    deadlockedThreads = List.copyOf(deadlockedThreads);
  }

  /** Whether the process has the controller role and no other. */
  public boolean isControllerOnly() {
    return controller && state.isEmpty();
  }

  /** Whether it is up: a broker that is RUNNING, or a controller. */
  public boolean isUp() {
    return isControllerOnly() || state.filter(it -> it == BrokerState.RUNNING).isPresent();
  }

  /**
   * For people: {@code broker 3}, {@code controller 100}, or {@code the local broker} without an
   * id.
   */
  public String name() {
    String role = isControllerOnly() ? "controller" : "broker";
    return nodeId.isPresent() ? role + " " + nodeId.getAsInt() : "the local " + role;
  }
}

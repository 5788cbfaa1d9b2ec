package dev.kafkapod.storage;

import dev.kafkapod.storage.Decision.Invalid;
import dev.kafkapod.storage.Decision.RefuseStart;
import dev.kafkapod.storage.Decision.Undecided;
import java.util.List;
import java.util.Optional;

/**
 * Whether a node's empty disk may be formatted, and whether one without its metadata log may start.
 * An empty disk is either a new node's or a loss, and a controller that votes again without its log
 * can undo what the cluster has committed.
 */
public final class StoragePolicy {

  private StoragePolicy() {}

  /** Decides from what was seen; says every time why. */
  public static Decision decide(StorageState storageState) {
    Node node = storageState.node();
    Optional<Decision> ofDisks = decideByDisks(storageState);
    if (ofDisks.isPresent()) {
      return ofDisks.get();
    }
    Optional<String> clusterId = clusterId(storageState);
    boolean formsItsOwn = node.controller() && storageState.replies().isEmpty();
    if (clusterId.isEmpty() && !formsItsOwn) {
      return new Invalid(
          List.of(
              "--cluster-id is needed to format "
                  + storageState.emptyPaths()
                  + ", the same one on every node; make one with kafka-storage.sh random-uuid, and set it as KAFKA_POD_CLUSTER_ID or CLUSTER_ID"));
    }
    OtherControllers quorum = OtherControllers.of(storageState.replies());
    Optional<Decision> stranger = ofAnotherCluster(storageState, clusterId);
    if (stranger.isPresent()) {
      return stranger.get();
    }
    if (node.controller()
        && (storageState.metadata().isEmpty() || storageState.lacksMetadataLog())) {
      return new ControllerRules(storageState, clusterId, quorum).decision();
    }
    return new BrokerRules(storageState, quorum).decision(clusterId);
  }

  /** The cluster that the node is meant for, or that one of its disks belongs to. */
  public static Optional<String> clusterId(StorageState storageState) {
    return storageState.clusterId().or(() -> DiskRules.clusterId(storageState));
  }

  /** The decision where no controller's answer can change it; empty where they must be asked. */
  public static Optional<Decision> decideByDisks(StorageState storageState) {
    return new DiskRules(storageState).decision();
  }

  private static Optional<Decision> ofAnotherCluster(
      StorageState storageState, Optional<String> clusterId) {
    for (ControllerReply reply : storageState.replies()) {
      Optional<String> other = otherCluster(reply, clusterId);
      if (other.isPresent()) {
        return Optional.of(
            new RefuseStart(
                "controller %s belongs to %s, but %s is meant for %s; correct KAFKA_POD_CLUSTER_ID or the controllers' addresses"
                    .formatted(
                        reply.address(),
                        other.get(),
                        storageState.node().name(),
                        clusterId.orElse("a cluster of its own")),
                false));
      }
    }
    return Optional.empty();
  }

  /** The cluster that a controller belongs to, if it isn't ours. */
  private static Optional<String> otherCluster(ControllerReply reply, Optional<String> ours) {
    if (reply.reply() instanceof ControllerReply.OtherCluster other) {
      return Optional.of(
          other.clusterId().map(it -> "the cluster " + it).orElse("another cluster"));
    }
    return reply.reply() instanceof ControllerReply.Led led
            && ours.filter(it -> it.equals(led.quorum().clusterId())).isEmpty()
        ? Optional.of("the cluster " + led.quorum().clusterId())
        : Optional.empty();
  }

  /** The cluster has lived, and nobody can be asked who has what. */
  static Decision withoutALeader(StorageState storageState, OtherControllers.Lived lived) {
    return new RefuseStart(
        "%s, and the cluster isn't new, but no leader can be asked whether %s may start without its data: %s; start the other controllers, or bring the disk back"
            .formatted(storageState.emptiness(), storageState.node().name(), lived.why()),
        true);
  }

  /** Somebody is there and doesn't talk to us: neither a new cluster nor a living one. */
  static Decision cannotTell(StorageState storageState, OtherControllers.Closed closed) {
    return new Undecided(
        "%s, and whether the cluster lives can't be told: %s"
            .formatted(storageState.emptiness(), closed.why()),
        true);
  }
}

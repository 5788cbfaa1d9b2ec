package dev.kafkapod.storage;

import dev.kafkapod.storage.Decision.CannotTell;
import dev.kafkapod.storage.Decision.Misconfigured;
import dev.kafkapod.storage.Decision.NothingToDo;
import dev.kafkapod.storage.Decision.Stop;
import java.util.List;
import java.util.Optional;

/**
 * Whether a node's empty disk may be formatted. An empty disk is either a new node's or a loss, and
 * a controller that votes again without its log can undo what the cluster has committed.
 */
public final class StoragePolicy {

  private StoragePolicy() {}

  /** Decides from what was seen; says every time why. */
  public static Decision decide(Situation situation) {
    Node node = situation.node();
    if (!node.broker() && !node.controller()) {
      return new NothingToDo(
          "without process.roles this is a broker in ZooKeeper mode, whose storage Kafka formats itself",
          List.of());
    }
    Optional<Decision> ofDisks = new DiskRules(situation).decision();
    if (ofDisks.isPresent()) {
      return ofDisks.get();
    }
    Optional<String> clusterId = situation.clusterId().or(() -> DiskRules.clusterId(situation));
    boolean formsItsOwn = node.controller() && situation.replies().isEmpty();
    if (clusterId.isEmpty() && !formsItsOwn) {
      return new Misconfigured(
          List.of(
              "--cluster-id is needed to format "
                  + situation.emptyPaths()
                  + ", the same one on every node; make one with kafka-storage.sh random-uuid, and set it as KAFKA_POD_CLUSTER_ID or CLUSTER_ID"));
    }
    Quorum quorum = Quorum.of(situation.replies());
    Optional<Decision> stranger = ofAnotherCluster(situation, clusterId);
    if (stranger.isPresent()) {
      return stranger.get();
    }
    if (node.controller() && situation.metadata().isEmpty()) {
      return new ControllerRules(situation, clusterId, quorum).decision();
    }
    return new BrokerRules(situation, quorum).decision(clusterId);
  }

  private static Optional<Decision> ofAnotherCluster(
      Situation situation, Optional<String> clusterId) {
    for (ControllerReply reply : situation.replies()) {
      if (reply.reply() instanceof ControllerReply.Led led
          && clusterId.filter(it -> it.equals(led.quorum().clusterId())).isEmpty()) {
        return Optional.of(
            new Stop(
                "controller %s belongs to the cluster %s, but %s is meant for %s; correct KAFKA_POD_CLUSTER_ID or the controllers' addresses"
                    .formatted(
                        reply.address(),
                        led.quorum().clusterId(),
                        situation.node().name(),
                        clusterId.orElse("a cluster of its own")),
                false));
      }
    }
    return Optional.empty();
  }

  /** Somebody is there and doesn't talk to us: neither a new cluster nor a living one. */
  static Decision cannotTell(Situation situation, Quorum.Closed closed) {
    return new CannotTell(
        "%s: empty, and whether the cluster lives can't be told: %s"
            .formatted(situation.emptyPaths(), closed.why()),
        true);
  }
}

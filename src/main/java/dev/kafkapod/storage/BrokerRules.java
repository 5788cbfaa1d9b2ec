package dev.kafkapod.storage;

import dev.kafkapod.storage.Decision.Format;
import dev.kafkapod.storage.Decision.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a broker's empty disk means. It has no vote, so that it is formatted in any case; but a
 * broker that the cluster knows may have held what nobody else has.
 */
final class BrokerRules {

  private final Situation situation;
  private final OtherControllers quorum;

  BrokerRules(Situation situation, OtherControllers quorum) {
    this.situation = situation;
    this.quorum = quorum;
  }

  Decision decision(Optional<String> clusterId) {
    boolean alive = quorum instanceof OtherControllers.Alive;
    if (situation.metadata().isEmpty()) {
      Optional<Decision> objection = objection(alive);
      if (objection.isPresent()) {
        return objection.get();
      }
    }
    return new Format(
        situation.emptyDirectories(),
        clusterId,
        manner(),
        why(alive),
        allWarnings(),
        List.of(),
        false,
        !alive && !(quorum instanceof OtherControllers.None));
  }

  /**
   * Who waits for the controllers loses nothing, for without them a broker can't start. But a node
   * that has its metadata mustn't wait: all controllers may be such nodes, with one more disk each.
   */
  private Optional<Decision> objection(boolean alive) {
    if (quorum instanceof OtherControllers.Closed closed) {
      return Optional.of(StoragePolicy.cannotTell(situation, closed));
    }
    if (quorum instanceof OtherControllers.Lived lived) {
      return Optional.of(StoragePolicy.withoutALeader(situation, lived));
    }
    if (alive || situation.mayBootstrap()) {
      return Optional.empty();
    }
    return Optional.of(
        new Stop(
            "%s, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but no controller answers that could tell whether it knows %s; start the controllers; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true"
                .formatted(situation.emptiness(), situation.node().name()),
            true));
  }

  private Manner manner() {
    return situation.voters() instanceof Voters.Static
        ? new Manner.StaticVoters()
        : new Manner.NoInitialControllers();
  }

  private String why(boolean alive) {
    if (quorum instanceof OtherControllers.Lived lived) {
      return "the cluster lives, but no leader tells whether it knows %s: %s"
          .formatted(situation.node().name(), lived.why());
    }
    if (!alive) {
      return "no controller answers, so it may be a new cluster's";
    }
    return switch (situation.acquaintance()) {
      case KNOWN -> "the cluster knows " + situation.node().name();
      case STRANGER -> "a new broker, for the cluster doesn't know " + situation.node().name();
      case UNKNOWN ->
          "the controllers don't tell whether the cluster knows " + situation.node().name();
    };
  }

  private List<String> allWarnings() {
    List<String> all = new ArrayList<>(situation.offlineWarnings());
    all.addAll(warnings());
    return all;
  }

  /** Nothing for a broker that is new, and nothing where its disks stay as they are. */
  List<String> warnings() {
    if (situation.emptyOnes().isEmpty()) {
      return List.of();
    }
    Node node = situation.node();
    boolean known = situation.acquaintance() == Acquaintance.KNOWN;
    boolean unknown =
        situation.hasRun()
            || quorum instanceof OtherControllers.Lived
            || (situation.acquaintance() == Acquaintance.UNKNOWN
                && quorum instanceof OtherControllers.Alive);
    if (!node.broker() || !(known || unknown)) {
      return List.of();
    }
    return List.of(
        known
            ? "broker %d comes back with an empty disk: %s"
                .formatted(node.id(), situation.emptyPaths())
            : "broker %d may have lived before, and comes back with an empty disk: %s"
                .formatted(node.id(), situation.emptyPaths()),
        "what only it had is lost: partitions without another replica, and, where it was the last member of an ISR, whatever its followers hadn't fetched yet, which they may now throw away, too",
        "partitions with other replicas in sync are copied from those, which takes time, disk and network; until then they are under-replicated",
        "if its old volume still exists, stop this broker now, and mount that one instead");
  }
}

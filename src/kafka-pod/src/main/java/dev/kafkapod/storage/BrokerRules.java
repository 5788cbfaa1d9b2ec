package dev.kafkapod.storage;

import dev.kafkapod.storage.Decision.FormatDisks;
import dev.kafkapod.storage.Decision.RefuseStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a broker's empty disk means. It has no vote, so that it is formatted in any case; but a
 * broker that the cluster knows may have held what nobody else has.
 */
final class BrokerRules {

  private final StorageState storageState;
  private final OtherControllers quorum;

  BrokerRules(StorageState storageState, OtherControllers quorum) {
    this.storageState = storageState;
    this.quorum = quorum;
  }

  Decision decision(Optional<String> clusterId) {
    boolean alive = quorum instanceof OtherControllers.Alive;
    if (storageState.metadata().isEmpty()) {
      Optional<Decision> objection = objection(alive);
      if (objection.isPresent()) {
        return objection.get();
      }
    }
    return new FormatDisks(
        storageState.emptyDirectories(),
        clusterId,
        mode(),
        why(alive),
        allWarnings(),
        List.of(),
        false,
        !alive && !(quorum instanceof OtherControllers.None));
  }

  /**
   * Who waits for the controllers loses nothing, because without them a broker can't start. But a
   * node that has its metadata mustn't wait: all controllers may be such nodes, with one more disk
   * each.
   */
  private Optional<Decision> objection(boolean alive) {
    if (quorum instanceof OtherControllers.Closed closed) {
      return Optional.of(StoragePolicy.cannotTell(storageState, closed));
    }
    if (quorum instanceof OtherControllers.Lived lived) {
      return Optional.of(StoragePolicy.withoutALeader(storageState, lived));
    }
    if (alive || storageState.mayBootstrap()) {
      return Optional.empty();
    }
    return Optional.of(
        new RefuseStart(
            "%s, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but no controller answers that could tell whether it knows %s; start the controllers; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true"
                .formatted(storageState.emptiness(), storageState.node().name()),
            true));
  }

  private FormatMode mode() {
    return storageState.voters() instanceof Voters.Static
        ? new FormatMode.StaticVoters()
        : new FormatMode.NoInitialControllers();
  }

  private String why(boolean alive) {
    if (quorum instanceof OtherControllers.Lived lived) {
      return "the cluster lives, but no leader tells whether it knows %s: %s"
          .formatted(storageState.node().name(), lived.why());
    }
    if (!alive) {
      return "no controller answers, so it may be a new cluster's";
    }
    return switch (storageState.registration()) {
      case KNOWN -> "the cluster knows " + storageState.node().name();
      case UNREGISTERED ->
          "a new broker, because the cluster doesn't know " + storageState.node().name();
      case UNKNOWN ->
          "the controllers don't tell whether the cluster knows " + storageState.node().name();
    };
  }

  private List<String> allWarnings() {
    List<String> all = new ArrayList<>(storageState.offlineWarnings());
    all.addAll(warnings());
    return all;
  }

  /** Nothing for a broker that is new, and nothing where its disks stay as they are. */
  List<String> warnings() {
    if (storageState.emptyOnes().isEmpty()) {
      return List.of();
    }
    Node node = storageState.node();
    boolean known = storageState.registration() == BrokerRegistration.KNOWN;
    boolean unknown =
        storageState.hasRun()
            || quorum instanceof OtherControllers.Lived
            || (storageState.registration() == BrokerRegistration.UNKNOWN
                && quorum instanceof OtherControllers.Alive);
    if (!node.broker() || !(known || unknown)) {
      return List.of();
    }
    return List.of(
        known
            ? "broker %d comes back with an empty disk: %s"
                .formatted(node.id(), storageState.emptyPaths())
            : "broker %d may have lived before, and comes back with an empty disk: %s"
                .formatted(node.id(), storageState.emptyPaths()),
        "what only it had is lost: partitions without another replica, and, where it was the last member of an ISR, whatever its followers hadn't fetched yet, which they may now throw away, too",
        "partitions with other replicas in sync are copied from those, which takes time, disk and network; until then they are under-replicated",
        "if its old volume still exists, stop this broker now, and mount that one instead");
  }
}

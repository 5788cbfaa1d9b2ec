package dev.kafkapod.storage;

import dev.kafkapod.storage.Decision.FormatDisks;
import dev.kafkapod.storage.Decision.Invalid;
import dev.kafkapod.storage.Decision.NothingToDo;
import dev.kafkapod.storage.Decision.RefuseStart;
import dev.kafkapod.storage.QuorumState.Voter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an empty metadata directory of a controller means: a new cluster, or a lost vote. */
final class ControllerRules {

  private final StorageState storageState;
  private final Node node;
  private final Optional<String> clusterId;
  private final OtherControllers quorum;

  ControllerRules(StorageState storageState, Optional<String> clusterId, OtherControllers quorum) {
    this.storageState = storageState;
    this.node = storageState.node();
    this.clusterId = clusterId;
    this.quorum = quorum;
  }

  Decision decision() {
    if (quorum instanceof OtherControllers.Closed closed) {
      return StoragePolicy.cannotTell(storageState, closed);
    }
    if (quorum instanceof OtherControllers.Lived lived) {
      return StoragePolicy.withoutALeader(storageState, lived);
    }
    return quorum instanceof OtherControllers.Alive alive ? ofLivingQuorum(alive) : ofNoQuorum();
  }

  private Decision ofLivingQuorum(OtherControllers.Alive alive) {
    QuorumState state = alive.state();
    if (state.leaderId() == node.id()) {
      return new RefuseStart(
          "%s, but %s leads the quorum, so another process has the same id; stop one of the two, or correct node.id"
              .formatted(storageState.emptiness(), node.name()),
          true);
    }
    List<Voter> caughtUp = state.caughtUpWithout(node.id(), node.longestLag());
    if (caughtUp.size() < state.majority()) {
      return new RefuseStart(minority(state, caughtUp), true);
    }
    if (!storageState.metadata().isEmpty()) {
      return withoutLog(
          "controller %d leads, and %d of %d voters have caught up without this one, which gets the metadata log from them"
              .formatted(state.leaderId(), caughtUp.size(), state.voters().size()),
          false);
    }
    String why =
        "a loss or a new node: controller %d leads, and %d of %d voters have caught up without this one"
            .formatted(state.leaderId(), caughtUp.size(), state.voters().size());
    boolean firstTime = isInitialVoterThatTheLeaderNeverHeardOf(state);
    return new FormatDisks(
        storageState.emptyDirectories(),
        clusterId,
        firstTime ? new FormatMode.InitialControllers(dynamic().initial()) : modeOfJoining(),
        why,
        new BrokerRules(storageState, quorum).warnings(),
        state.isDynamic() && !firstTime ? commands(alive) : List.of(),
        false,
        false);
  }

  private String minority(QuorumState state, List<Voter> caughtUp) {
    List<Integer> up = caughtUp.stream().map(Voter::id).toList();
    String behind =
        state.voters().stream()
            .map(Voter::id)
            .filter(id -> id != node.id() && !up.contains(id))
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "%s, and of %d voters only %d (%s) have caught up with the quorum without %s, where %d are needed: if it voted again without its log, what the cluster has committed could be lost; let the others catch up (%s), then this one %s, or bring its disk back"
        .formatted(
            storageState.emptiness(),
            state.voters().size(),
            up.size(),
            up.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            node.name(),
            state.majority(),
            behind.isEmpty() ? "there are none" : "not yet: " + behind,
            storageState.metadata().isEmpty() ? "is formatted by itself" : "may start");
  }

  /**
   * A directory that is formatted stays as it is, whatever is left in it: Kafka makes a new log,
   * and fetches it from the leader under the old identity. What it remembers of its last vote is
   * better kept.
   */
  private Decision withoutLog(String why, boolean provisional) {
    List<String> warnings = new ArrayList<>(storageState.offlineWarnings());
    if (storageState.hasLostMetadata()) {
      warnings.add(
          "%s comes back without its metadata log, %s/%s"
              .formatted(node.name(), storageState.metadata().path(), StartRules.METADATA_LOG));
    }
    warnings.addAll(new BrokerRules(storageState, quorum).warnings());
    if (storageState.emptyOnes().isEmpty()) {
      return new NothingToDo(why, warnings, provisional);
    }
    return new FormatDisks(
        storageState.emptyDirectories(),
        clusterId,
        modeOfJoining(),
        why,
        warnings,
        List.of(),
        false,
        provisional);
  }

  /**
   * The first controllers of a dynamic quorum agree on their directories' ids beforehand. One of
   * them that comes late finds a leader, and is a voter already.
   */
  private boolean isInitialVoterThatTheLeaderNeverHeardOf(QuorumState state) {
    if (!(storageState.voters() instanceof Voters.Dynamic it)) {
      return false;
    }
    Optional<String> initial = it.initial(node.id()).map(InitialController::directoryId);
    return state
        .voter(node.id())
        .filter(voter -> voter.logEndOffset() < 0)
        .filter(voter -> initial.isPresent() && voter.directoryId().equals(initial))
        .isPresent();
  }

  private FormatMode modeOfJoining() {
    return storageState.voters() instanceof Voters.Static
        ? new FormatMode.StaticVoters()
        : new FormatMode.NoInitialControllers();
  }

  /** A voter's id can't be added twice, so that the lost disk's entry has to go first. */
  private List<String> commands(OtherControllers.Alive alive) {
    if (storageState.voters() instanceof Voters.Dynamic it && it.joinByThemselves()) {
      return List.of();
    }
    String tool = "kafka-metadata-quorum.sh --bootstrap-controller " + alive.address();
    List<String> commands = new ArrayList<>();
    alive
        .state()
        .voter(node.id())
        .flatMap(Voter::directoryId)
        .ifPresent(
            lost ->
                commands.add(
                    "%s remove-controller --controller-id %d --controller-directory-id %s"
                        .formatted(tool, node.id(), lost)));
    commands.add("%s --command-config %s add-controller".formatted(tool, node.configFile()));
    return commands;
  }

  /** Nobody leads: a new cluster, unless something says that it has lived. */
  private Decision ofNoQuorum() {
    String others = others();
    if (storageState.hasLostMetadata()) {
      return new RefuseStart(
          storageState.metadata().isEmpty()
              ? "%s, but its directories show that %s has lived: its metadata is lost, and %s; start the other controllers, or bring the disk back"
                  .formatted(storageState.emptiness(), node.name(), others)
              : "%s, and %s; start the other controllers, or bring the log back; only if the cluster has never come into being, empty the directories of %s"
                  .formatted(storageState.emptiness(), others, node.name()),
          canBeAsked());
    }
    if (!storageState.mayBootstrap()) {
      return new RefuseStart(
          "%s, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but %s; start the other controllers, or bring the disk back; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true"
              .formatted(storageState.emptiness(), others),
          canBeAsked());
    }
    if (!storageState.metadata().isEmpty()) {
      return withoutLog(
          "a new cluster, whose metadata log has no records yet: " + others, canBeAsked());
    }
    Optional<FormatMode> mode = modeOfBeginning();
    if (mode.isEmpty()) {
      return new Invalid(
          List.of(
              "--initial-controllers is needed to begin a cluster of several dynamic voters, the same on every controller; set KAFKA_POD_INITIAL_CONTROLLERS, for example 0@kafka-0.kafka:9093,1@kafka-1.kafka:9093,2@kafka-2.kafka:9093"));
    }
    return new FormatDisks(
        storageState.emptyDirectories(),
        clusterId,
        mode.get(),
        "a new cluster: " + others,
        List.of(),
        List.of(),
        // who isn't among the first gets everything from them
        !(mode.get() instanceof FormatMode.NoInitialControllers),
        canBeAsked());
  }

  private boolean canBeAsked() {
    return !(quorum instanceof OtherControllers.None);
  }

  private String others() {
    if (quorum instanceof OtherControllers.Dark dark) {
      return "no other controller answers: " + dark.who();
    }
    return quorum instanceof OtherControllers.Headless headless
        ? "the other controllers name no leader: " + headless.who()
        : "there are no other controllers";
  }

  private Optional<FormatMode> modeOfBeginning() {
    if (storageState.voters() instanceof Voters.Static) {
      return Optional.of(new FormatMode.StaticVoters());
    }
    if (dynamic().initial(node.id()).isPresent()) {
      return Optional.of(new FormatMode.InitialControllers(dynamic().initial()));
    }
    if (!dynamic().initial().isEmpty()) {
      return Optional.of(new FormatMode.NoInitialControllers());
    }
    return quorum instanceof OtherControllers.None
        ? Optional.of(new FormatMode.Standalone())
        : Optional.empty();
  }

  private Voters.Dynamic dynamic() {
    return (Voters.Dynamic) storageState.voters();
  }
}

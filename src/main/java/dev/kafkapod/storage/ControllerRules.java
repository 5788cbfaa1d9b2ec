package dev.kafkapod.storage;

import dev.kafkapod.storage.Decision.Format;
import dev.kafkapod.storage.Decision.Invalid;
import dev.kafkapod.storage.Decision.NothingToDo;
import dev.kafkapod.storage.Decision.Stop;
import dev.kafkapod.storage.QuorumState.Voter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an empty metadata directory of a controller means: a new cluster, or a lost vote. */
final class ControllerRules {

  private final Situation situation;
  private final Node node;
  private final Optional<String> clusterId;
  private final OtherControllers quorum;

  ControllerRules(Situation situation, Optional<String> clusterId, OtherControllers quorum) {
    this.situation = situation;
    this.node = situation.node();
    this.clusterId = clusterId;
    this.quorum = quorum;
  }

  Decision decision() {
    if (quorum instanceof OtherControllers.Closed closed) {
      return StoragePolicy.cannotTell(situation, closed);
    }
    if (quorum instanceof OtherControllers.Lived lived) {
      return StoragePolicy.withoutALeader(situation, lived);
    }
    return quorum instanceof OtherControllers.Alive alive ? ofLivingQuorum(alive) : ofNoQuorum();
  }

  private Decision ofLivingQuorum(OtherControllers.Alive alive) {
    QuorumState state = alive.state();
    if (state.leaderId() == node.id()) {
      return new Stop(
          "%s, but %s leads the quorum, so another process has the same id; stop one of the two, or correct node.id"
              .formatted(situation.emptiness(), node.name()),
          true);
    }
    List<Voter> caughtUp = state.caughtUpWithout(node.id(), node.longestLag());
    if (caughtUp.size() < state.majority()) {
      return new Stop(minority(state, caughtUp), true);
    }
    if (!situation.metadata().isEmpty()) {
      return withoutLog(
          "controller %d leads, and %d of %d voters have caught up without this one, which gets the metadata log from them"
              .formatted(state.leaderId(), caughtUp.size(), state.voters().size()),
          false);
    }
    String why =
        "a loss or a new node: controller %d leads, and %d of %d voters have caught up without this one"
            .formatted(state.leaderId(), caughtUp.size(), state.voters().size());
    boolean firstTime = isInitialVoterThatTheLeaderNeverHeardOf(state);
    return new Format(
        situation.emptyDirectories(),
        clusterId,
        firstTime ? new Manner.InitialControllers(dynamic().initial()) : mannerOfJoining(),
        why,
        new BrokerRules(situation, quorum).warnings(),
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
            situation.emptiness(),
            state.voters().size(),
            up.size(),
            up.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            node.name(),
            state.majority(),
            behind.isEmpty() ? "there are none" : "not yet: " + behind,
            situation.metadata().isEmpty() ? "is formatted by itself" : "may start");
  }

  /**
   * A directory that is formatted stays as it is, whatever is left in it: Kafka makes a new log,
   * and fetches it from the leader under the old identity. What it remembers of its last vote is
   * better kept.
   */
  private Decision withoutLog(String why, boolean provisional) {
    List<String> warnings = new ArrayList<>(situation.offlineWarnings());
    if (situation.hasLostMetadata()) {
      warnings.add(
          "%s comes back without its metadata log, %s/%s"
              .formatted(node.name(), situation.metadata().path(), StartRules.METADATA_LOG));
    }
    warnings.addAll(new BrokerRules(situation, quorum).warnings());
    if (situation.emptyOnes().isEmpty()) {
      return new NothingToDo(why, warnings, provisional);
    }
    return new Format(
        situation.emptyDirectories(),
        clusterId,
        mannerOfJoining(),
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
    if (!(situation.voters() instanceof Voters.Dynamic it)) {
      return false;
    }
    Optional<String> initial = it.initial(node.id()).map(InitialController::directoryId);
    return state
        .voter(node.id())
        .filter(voter -> voter.logEndOffset() < 0)
        .filter(voter -> initial.isPresent() && voter.directoryId().equals(initial))
        .isPresent();
  }

  private Manner mannerOfJoining() {
    return situation.voters() instanceof Voters.Static
        ? new Manner.StaticVoters()
        : new Manner.NoInitialControllers();
  }

  /** A voter's id can't be added twice, so that the lost disk's entry has to go first. */
  private List<String> commands(OtherControllers.Alive alive) {
    if (situation.voters() instanceof Voters.Dynamic it && it.joinByThemselves()) {
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
    if (situation.hasLostMetadata()) {
      return new Stop(
          situation.metadata().isEmpty()
              ? "%s, but its directories show that %s has lived: its metadata is lost, and %s; start the other controllers, or bring the disk back"
                  .formatted(situation.emptiness(), node.name(), others)
              : "%s, and %s; start the other controllers, or bring the log back; only if the cluster has never come into being, empty the directories of %s"
                  .formatted(situation.emptiness(), others, node.name()),
          canBeAsked());
    }
    if (!situation.mayBootstrap()) {
      return new Stop(
          "%s, and KAFKA_POD_BOOTSTRAP=false says that the cluster lives already, but %s; start the other controllers, or bring the disk back; only for a new cluster, set KAFKA_POD_BOOTSTRAP=true"
              .formatted(situation.emptiness(), others),
          canBeAsked());
    }
    if (!situation.metadata().isEmpty()) {
      return withoutLog(
          "a new cluster, whose metadata log has no records yet: " + others, canBeAsked());
    }
    Optional<Manner> manner = mannerOfBeginning();
    if (manner.isEmpty()) {
      return new Invalid(
          List.of(
              "--initial-controllers is needed to begin a cluster of several dynamic voters, the same on every controller; set KAFKA_POD_INITIAL_CONTROLLERS, for example 0@kafka-0.kafka:9093,1@kafka-1.kafka:9093,2@kafka-2.kafka:9093"));
    }
    return new Format(
        situation.emptyDirectories(),
        clusterId,
        manner.get(),
        "a new cluster: " + others,
        List.of(),
        List.of(),
        // who isn't among the first gets everything from them
        !(manner.get() instanceof Manner.NoInitialControllers),
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

  private Optional<Manner> mannerOfBeginning() {
    if (situation.voters() instanceof Voters.Static) {
      return Optional.of(new Manner.StaticVoters());
    }
    if (dynamic().initial(node.id()).isPresent()) {
      return Optional.of(new Manner.InitialControllers(dynamic().initial()));
    }
    if (!dynamic().initial().isEmpty()) {
      return Optional.of(new Manner.NoInitialControllers());
    }
    return quorum instanceof OtherControllers.None
        ? Optional.of(new Manner.Standalone())
        : Optional.empty();
  }

  private Voters.Dynamic dynamic() {
    return (Voters.Dynamic) situation.voters();
  }
}

package dev.kafkapod.readiness;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.ControlPlane.Follower;
import dev.kafkapod.readiness.ControlPlane.Quorum;
import dev.kafkapod.readiness.Finding.Clear;
import dev.kafkapod.readiness.Finding.Holds;
import dev.kafkapod.readiness.Finding.NotApplicable;
import dev.kafkapod.readiness.Finding.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Looks at the conditions of a process that has the controller role. */
final class QuorumChecks {

  /** Roles that only a voter has, by its own log of who votes (KafkaRaftMetrics, QuorumState). */
  private static final Set<String> VOTERS_ROLES = Set.of("leader", "follower");

  /** The role of a process that follows and whose disk has no vote. */
  private static final String OBSERVER = "observer";

  private static final Finding NO_CONTROLLER = new NotApplicable("this process isn't a controller");

  private final BrokerSnapshot process;
  private final Answer<ClusterSnapshot> cluster;
  private final Optional<Doubt> doubt;

  QuorumChecks(BrokerSnapshot process, Answer<ClusterSnapshot> cluster, Optional<Doubt> doubt) {
    this.process = process;
    this.cluster = cluster;
    this.doubt = doubt;
  }

  /** Whether this controller is a voter that keeps up with the leader. */
  Finding quorum() {
    if (!process.controller()) {
      return NO_CONTROLLER;
    }
    if (process.raft().filter(raft -> raft.leaderId().isEmpty()).isPresent()) {
      return new Holds("has no leader, says " + process.name());
    }
    if (process.nodeId().isEmpty()) {
      return new Unknown("the controller's node id isn't known yet");
    }
    return byItsLeader((quorum, limit) -> ownVote(quorum, process.nodeId().getAsInt(), limit));
  }

  /**
   * Whether the loss of one more voter would be the loss of the quorum, though it has voters to
   * spare. Of one voter or two none can ever be spared: there the condition would hold for ever.
   */
  Finding atMinQuorum() {
    return process.controller() ? byItsLeader(QuorumChecks::spareVoters) : NO_CONTROLLER;
  }

  private Finding byItsLeader(BiFunction<Quorum, Duration, Finding> judge) {
    if (!(cluster instanceof Answer.Known<ClusterSnapshot> known)) {
      return new Unknown(cluster.cause().orElseThrow(), Grace.FULL);
    }
    Optional<String> stranger = Freshness.clusterMismatch(process, known.it());
    if (stranger.isPresent()) {
      return new Unknown(stranger.get());
    }
    if (!(known.it().controlPlane() instanceof Quorum quorum)) {
      return doubt
          .map(Doubt::unknown)
          .orElseGet(() -> new Unknown("the cluster has no controller quorum"));
    }
    if (!quorum.hasMajorityWithin(Freshness.BROKER_LAG)) {
      return doubt
          .map(Doubt::unknown)
          .orElseGet(() -> new Unknown("no majority of the voters follows the leader"));
    }
    return judge.apply(quorum, known.it().timeouts().quorumFetch());
  }

  private static Finding spareVoters(Quorum quorum, Duration limit) {
    List<Follower> missing =
        quorum.voters().stream().filter(voter -> !quorum.isWithin(voter, limit)).toList();
    int voters = quorum.voters().size();
    int needed = Quorum.majority(voters);
    int caughtUp = voters - missing.size();
    if (voters <= needed || caughtUp > needed) {
      return new Clear();
    }
    List<Integer> replaced =
        missing.stream()
            .filter(voter -> quorum.replacement(voter).isPresent())
            .map(Follower::id)
            .toList();
    return new Holds(
        "(%d of %d controllers have caught up, and %d are needed; missing: %s); %s"
            .formatted(
                caughtUp,
                voters,
                needed,
                Wording.ids(missing.stream().map(Follower::id).toList()),
                replaced.isEmpty()
                    ? "let none stop until more have caught up"
                    : Wording.withoutVote(replaced)));
  }

  private Finding ownVote(Quorum quorum, int id, Duration limit) {
    List<Follower> votes = quorum.voters().stream().filter(voter -> voter.id() == id).toList();
    if (votes.isEmpty()) {
      return new Holds(
          "of leader %d doesn't count controller %d among its voters; add it with kafka-metadata-quorum.sh add-controller"
              .formatted(quorum.leaderId(), id));
    }
    String role = process.raft().map(BrokerSnapshot.Raft::role).orElse("");
    if (role.equals(OBSERVER)) {
      return new Holds(
          "of leader %d knows controller %d by another disk%s, and this one has no vote; remove the old voter, then add this one: kafka-metadata-quorum.sh remove-controller and add-controller"
              .formatted(
                  quorum.leaderId(),
                  id,
                  votes.get(0).directory().map(it -> " (directory " + it + ")").orElse("")));
    }
    boolean listedTwice = quorum.observers().stream().anyMatch(it -> it.id() == id);
    if (listedTwice && !VOTERS_ROLES.contains(role)) {
      return new Unknown(
          "controller %d is listed both as a voter and as an observer, and doesn't say which of them it is"
              .formatted(id));
    }
    for (Follower vote : votes) {
      if (!quorum.isWithin(vote, limit)) {
        return new Holds(
            "leader %d: controller %d %s".formatted(quorum.leaderId(), id, behind(quorum, vote)));
      }
    }
    return new Clear();
  }

  private static String behind(Quorum quorum, Follower vote) {
    return quorum
        .lag(vote)
        .map(it -> "last caught up " + Wording.seconds(it) + " ago")
        .orElse(
            vote.lastCaughtUpMs().isPresent() ? "has fetched nothing new" : "has never caught up");
  }
}

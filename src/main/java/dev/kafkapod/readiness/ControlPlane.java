package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Who decides about the cluster, and whether that somebody has just spoken.
 *
 * <p>Brokers go on describing the cluster from memory when they are cut off from it. Only an answer
 * that had to come from the controller shows that the rest isn't old.
 */
public sealed interface ControlPlane {

  /** No controller has answered. */
  record Silent(String cause) implements ControlPlane {
    public Silent {
      Objects.requireNonNull(cause);
    }
  }

  /** A ZooKeeper mode cluster whose controller has answered. */
  record ZooKeeper() implements ControlPlane {}

  /**
   * A KRaft quorum as its leader describes it (Admin.describeMetadataQuorum).
   *
   * @param leaderId the leader's node id
   * @param voters the controllers, leader included
   * @param observers everybody else who follows the metadata log: the brokers. A dead one stays
   *     listed for 300 s.
   */
  record Quorum(int leaderId, List<Follower> voters, List<Follower> observers)
      implements ControlPlane {
    public Quorum {
      voters = List.copyOf(voters);
      observers = List.copyOf(observers);
      if (voters.stream().noneMatch(voter -> voter.id() == leaderId)) {
        throw new IllegalArgumentException(
            "the leader " + leaderId + " must be one of the voters " + voters);
      }
    }

    /**
     * How long ago the node last had the whole metadata log, by the leader's clock, so that no two
     * clocks are compared; empty for a node that the leader doesn't list or has never seen caught
     * up. Never negative.
     */
    public Optional<Duration> lag(int nodeId) {
      if (nodeId == leaderId) {
        return Optional.of(Duration.ZERO);
      }
      OptionalLong now = caughtUp(voters.stream(), leaderId);
      // a node whose disk was replaced is listed twice for a while: the one that follows now counts
      OptionalLong then = caughtUp(Stream.concat(voters.stream(), observers.stream()), nodeId);
      if (now.isEmpty() || then.isEmpty()) {
        return Optional.empty();
      }
      long lag = now.getAsLong() - then.getAsLong();
      // a leader whose clock was set back keeps the later timestamps: until it has caught up with
      // them, nobody knows
      return lag < -Trust.BROKER_LAG.toMillis()
          ? Optional.empty()
          : Optional.of(Duration.ofMillis(Math.max(0, lag)));
    }

    private static OptionalLong caughtUp(Stream<Follower> followers, int nodeId) {
      return followers
          .filter(follower -> follower.id() == nodeId)
          .flatMapToLong(follower -> follower.lastCaughtUpMs().stream())
          .max();
    }

    /**
     * Whether more than half of the voters, the leader included, have been caught up within the
     * given time.
     */
    public boolean hasMajorityWithin(Duration limit) {
      long near =
          voters.stream()
              .filter(voter -> lag(voter.id()).filter(lag -> lag.compareTo(limit) <= 0).isPresent())
              .count();
      return near > voters.size() / 2;
    }
  }

  /**
   * A node that follows the metadata log.
   *
   * @param id its node id
   * @param lastCaughtUpMs when it last had the whole log, in milliseconds of the leader's wall
   *     clock; empty if never
   */
  record Follower(int id, OptionalLong lastCaughtUpMs) {
    public Follower {
      Objects.requireNonNull(lastCaughtUpMs);
    }
  }
}

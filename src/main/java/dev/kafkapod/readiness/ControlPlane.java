package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who decides about the cluster, and whether that somebody has just spoken.
 *
 * <p>Brokers go on describing the cluster from memory when they are cut off from it. Only an answer
 * that had to come from the controller shows that the rest isn't old.
 */
public sealed interface ControlPlane {

  /**
   * No controller has said who leads and who follows.
   *
   * @param cause why, in one phrase
   * @param grace for how long the last verdict may be kept meanwhile
   */
  record Silent(String cause, Grace grace) implements ControlPlane {
    public Silent {
      Objects.requireNonNull(cause);
      Objects.requireNonNull(grace);
    }

    /** Nobody has answered. */
    public Silent(String cause) {
      this(cause, Grace.FULL);
    }
  }

  /**
   * A ZooKeeper mode cluster whose controller has answered.
   *
   * @param silent node ids of the brokers that it lists as live and that don't answer themselves
   */
  record ZooKeeper(Set<Integer> silent) implements ControlPlane {
    public ZooKeeper {
      silent = Collections.unmodifiableSet(new TreeSet<>(silent));
    }
  }

  /**
   * A KRaft quorum as its leader describes it (Admin.describeMetadataQuorum).
   *
   * <p>Kafka tells replicas of the metadata log apart by node id and directory id. A node whose
   * disk was replaced is therefore listed twice: the lost disk as a voter until somebody removes
   * it, the new one as an observer until somebody adds it.
   *
   * @param leaderId the leader's node id
   * @param voters the controllers, leader included
   * @param observers everybody else who follows the metadata log: brokers, and controllers without
   *     a vote. A dead one stays listed for 300 s.
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
     * How many voters are more than half.
     *
     * @param voters how many there are
     */
    public static int majority(int voters) {
      return voters / 2 + 1;
    }

    /**
     * How long ago one replica last had the whole metadata log, by the leader's clock, so that no
     * two clocks are compared; empty if never as far as the leader knows. Never negative.
     *
     * @param replica one of the voters or observers
     */
    public Optional<Duration> lag(Follower replica) {
      Follower leader = leader();
      if (replica.equals(leader)) {
        return Optional.of(Duration.ZERO);
      }
      if (leader.lastCaughtUpMs().isEmpty() || replica.lastCaughtUpMs().isEmpty()) {
        return Optional.empty();
      }
      long lag = leader.lastCaughtUpMs().getAsLong() - replica.lastCaughtUpMs().getAsLong();
      // a leader whose clock was set back keeps the later timestamps: until it has caught up with
      // them, nobody knows
      return lag < -Trust.BROKER_LAG.toMillis()
          ? Optional.empty()
          : Optional.of(Duration.ofMillis(Math.max(0, lag)));
    }

    private Follower leader() {
      return voters.stream()
          .filter(voter -> voter.id() == leaderId)
          .max(Comparator.comparingLong(voter -> voter.lastCaughtUpMs().orElse(Long.MIN_VALUE)))
          .orElseThrow();
    }

    /**
     * How long ago a broker last had the whole metadata log; empty for one that the leader doesn't
     * list or has never seen caught up. A broker serves by what it has read, from whichever disk,
     * so the latest of its replicas counts. A vote is bound to one disk: for that, see {@link
     * #lag(Follower)}.
     */
    public Optional<Duration> brokerLag(int nodeId) {
      return Stream.concat(voters.stream(), observers.stream())
          .filter(replica -> replica.id() == nodeId)
          .flatMap(replica -> lag(replica).stream())
          .min(Comparator.naturalOrder());
    }

    /** Whether a replica has had the whole metadata log within the given time. */
    public boolean isWithin(Follower replica, Duration limit) {
      return lag(replica).filter(lag -> lag.compareTo(limit) <= 0).isPresent();
    }

    /** Whether all replicas of the metadata log that are listed have been caught up within it. */
    public boolean allWithin(Duration limit) {
      return Stream.concat(voters.stream(), observers.stream())
          .allMatch(replica -> isWithin(replica, limit));
    }

    /**
     * Whether more than half of the voters, the leader included, have been caught up within the
     * given time.
     */
    public boolean hasMajorityWithin(Duration limit) {
      return voters.stream().filter(voter -> isWithin(voter, limit)).count()
          >= majority(voters.size());
    }

    /**
     * The replica by which a voter's node follows now that its disk was replaced; empty where the
     * voter itself was heard of later.
     */
    public Optional<Follower> replacement(Follower voter) {
      return observers.stream()
          .filter(observer -> observer.id() == voter.id() && !observer.isSameDisk(voter))
          .filter(observer -> isAfter(observer.lastCaughtUpMs(), voter.lastCaughtUpMs()))
          .findFirst();
    }

    private static boolean isAfter(OptionalLong one, OptionalLong other) {
      return one.isPresent() && (other.isEmpty() || one.getAsLong() > other.getAsLong());
    }
  }

  /**
   * A replica of the metadata log.
   *
   * @param id its node id
   * @param directory the id of its metadata directory, which comes and goes with the disk; empty
   *     where Kafka doesn't tell: of static voters, and before Kafka 3.9
   * @param lastCaughtUpMs when it last had the whole log, in milliseconds of the leader's wall
   *     clock; empty if never
   */
  record Follower(int id, Optional<String> directory, OptionalLong lastCaughtUpMs) {
    public Follower {
      Objects.requireNonNull(directory);
      Objects.requireNonNull(lastCaughtUpMs);
    }

    /** Whether it may be the same replica: two that don't tell their directories can't be apart. */
    boolean isSameDisk(Follower other) {
      return id == other.id
          && (directory.isEmpty()
              || other.directory.isEmpty()
              || directory.equals(other.directory));
    }
  }
}

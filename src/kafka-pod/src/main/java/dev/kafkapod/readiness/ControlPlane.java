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
   * @param epoch the leader's; each election makes a new one
   * @param voters the controllers, leader included
   * @param observers everybody else who follows the metadata log: brokers, and controllers without
   *     a vote. A dead one stays listed for 300 s.
   * @param earlier what the same leader said before, where it was asked before
   */
  record Quorum(
      int leaderId,
      long epoch,
      List<Follower> voters,
      List<Follower> observers,
      Optional<Earlier> earlier)
      implements ControlPlane {
    public Quorum {
      Objects.requireNonNull(earlier);
      voters = List.copyOf(voters);
      observers = List.copyOf(observers);
      if (voters.stream().noneMatch(voter -> voter.id() == leaderId)) {
        throw new IllegalArgumentException(
            "the leader " + leaderId + " must be one of the voters " + voters);
      }
    }

    /** A leader that is asked for the first time. */
    public Quorum(int leaderId, long epoch, List<Follower> voters, List<Follower> observers) {
      this(leaderId, epoch, voters, observers, Optional.empty());
    }

    /**
     * The same, seen some time after an earlier look, which says nothing where another leader was
     * asked.
     *
     * @param before the earlier look
     * @param ago how long before this one, by the asker's clock that never jumps; no less than the
     *     time between what the leader said then and what it says now
     */
    public Quorum after(Quorum before, Duration ago) {
      boolean sameLeader = before.leaderId == leaderId && before.epoch == epoch;
      return new Quorum(
          leaderId,
          epoch,
          voters,
          observers,
          sameLeader
              ? Optional.of(new Earlier(before.voters, before.observers, ago))
              : Optional.empty());
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
     * How long ago, at the most, one replica had the whole metadata log; empty if never as far as
     * anybody knows. Never negative. Tells by the leader's clock alone, so that no two clocks are
     * compared, and by offsets where that clock was set back.
     *
     * @param replica one of the voters or observers
     */
    public Optional<Duration> lag(Follower replica) {
      return new ReplicaLag(this).of(replica);
    }

    /**
     * By how much the leader's clock was set back, at least; empty where nothing shows that it was.
     */
    public Optional<Duration> clockSetBack() {
      return new ReplicaLag(this).clockSetBack();
    }

    /**
     * Whether another look, a second later, would tell more than this one: the leader's clock was
     * set back; or it takes somebody for caught up who lacks more than a few records, and who
     * hasn't been seen to fetch.
     */
    public boolean isWorthAnotherLook() {
      return new ReplicaLag(this).isWorthAnotherLook();
    }

    /** Whether offsets tell who follows: of two looks at the same leader, its log grew between. */
    boolean isToldByOffsets() {
      return new ReplicaLag(this).isToldByOffsets();
    }

    /** The leader's own replica. */
    Follower leader() {
      return voters.stream()
          .filter(voter -> voter.id() == leaderId)
          .max(Comparator.comparingLong(voter -> voter.lastCaughtUpMs().orElse(Long.MIN_VALUE)))
          .orElseThrow();
    }

    Stream<Follower> replicas() {
      return Stream.concat(voters.stream(), observers.stream());
    }

    /**
     * How long ago a broker last had the whole metadata log; empty for one that the leader doesn't
     * list or has never seen caught up. A broker serves by what it has read, from whichever disk,
     * so the latest of its replicas counts. A vote is bound to one disk: for that, see {@link
     * #lag(Follower)}.
     */
    public Optional<Duration> brokerLag(int nodeId) {
      return replicas()
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
   * What a quorum's leader said before.
   *
   * @param ago how long before
   */
  record Earlier(List<Follower> voters, List<Follower> observers, Duration ago) {
    public Earlier {
      voters = List.copyOf(voters);
      observers = List.copyOf(observers);
      Objects.requireNonNull(ago);
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
   * @param logEndOffset up to which it has the log, as far as the leader knows; negative if the
   *     leader hasn't heard of it
   */
  record Follower(
      int id, Optional<String> directory, OptionalLong lastCaughtUpMs, long logEndOffset) {
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

    /** Whether it is the same replica at another time. */
    boolean isSameReplica(Follower other) {
      return id == other.id && directory.equals(other.directory);
    }
  }
}

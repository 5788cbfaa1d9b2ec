package dev.kafkapod.readiness;

import dev.kafkapod.readiness.ControlPlane.Earlier;
import dev.kafkapod.readiness.ControlPlane.Follower;
import dev.kafkapod.readiness.ControlPlane.Quorum;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far the replicas of the metadata log are behind their leader.
 *
 * <p>The leader notes when each of them last had all of its log, by its own clock. It never takes
 * such a time back (LeaderState.ReplicaState), so that after its clock was set back the dead and
 * the living show the same times, all in its future; and when the clock reaches them, the dead show
 * for a moment that they have just caught up. Offsets don't lie: the log grows every 500 ms
 * (metadata.max.idle.interval.ms), whoever follows has fetched that a moment later, and the dead
 * fetch nothing.
 */
final class ReplicaLag {

  /** What the leader's clock may seem to lag behind its own notes without having been set back. */
  private static final Duration NO_STEP = Duration.ofMillis(500);

  /** Two looks that are nearer to each other tell nothing: the log may not have grown. */
  private static final Duration APART = Duration.ofMillis(900);

  /**
   * More records than an idle log gets in the time that a voter may be behind. Where there is more
   * to do, a healthy replica may lack more for some milliseconds.
   */
  private static final long FEW_RECORDS = 8;

  private final Quorum quorum;
  private final Follower leader;

  ReplicaLag(Quorum quorum) {
    this.quorum = quorum;
    this.leader = quorum.leader();
  }

  Optional<Duration> of(Follower replica) {
    if (replica.equals(leader)) {
      return Optional.of(Duration.ZERO);
    }
    Optional<Follower> before = earlier().flatMap(it -> before(replica, it));
    if (before.isPresent() && hasFetchedNothingSince(before.get(), replica)) {
      // how far behind it is the clock may tell; that it keeps up, the clock can't
      return clockSetBack().isPresent()
          ? Optional.empty()
          : byTheLeadersClock(replica).filter(lag -> lag.compareTo(Freshness.BROKER_LAG) > 0);
    }
    if (clockSetBack().isPresent()) {
      return before
          .filter(it -> hasFetchedAllThatTheLeaderHadThen(it, replica))
          .map(it -> earlier().orElseThrow().ago());
    }
    return byTheLeadersClock(replica);
  }

  private Optional<Duration> byTheLeadersClock(Follower replica) {
    if (leader.lastCaughtUpMs().isEmpty() || replica.lastCaughtUpMs().isEmpty()) {
      return Optional.empty();
    }
    long lag = leader.lastCaughtUpMs().getAsLong() - replica.lastCaughtUpMs().getAsLong();
    return Optional.of(Duration.ofMillis(Math.max(0, lag)));
  }

  Optional<Duration> clockSetBack() {
    if (leader.lastCaughtUpMs().isEmpty()) {
      return Optional.empty();
    }
    long now = leader.lastCaughtUpMs().getAsLong();
    return quorum
        .replicas()
        .flatMapToLong(replica -> replica.lastCaughtUpMs().stream())
        .max()
        .stream()
        .mapToObj(latest -> Duration.ofMillis(latest - now))
        .filter(ahead -> ahead.compareTo(NO_STEP) > 0)
        .findFirst();
  }

  boolean isWorthAnotherLook() {
    return clockSetBack().isPresent() || quorum.replicas().anyMatch(this::isInDoubt);
  }

  /** It seems to have caught up, lacks much, and nobody has seen it fetch. */
  private boolean isInDoubt(Follower replica) {
    return leader.logEndOffset() - replica.logEndOffset() > FEW_RECORDS
        && quorum.isWithin(replica, Freshness.BROKER_LAG)
        && earlier()
            .flatMap(it -> before(replica, it))
            .filter(then -> replica.logEndOffset() > then.logEndOffset())
            .isEmpty();
  }

  /** Whether two looks can tell who follows: the log has grown between them. */
  boolean isToldByOffsets() {
    return earlier()
        .flatMap(it -> before(leader, it))
        .filter(then -> leader.logEndOffset() > then.logEndOffset())
        .isPresent();
  }

  private Optional<Earlier> earlier() {
    return quorum.earlier().filter(it -> it.ago().compareTo(APART) >= 0);
  }

  private Optional<Follower> before(Follower replica, Earlier earlier) {
    List<Follower> then =
        quorum.voters().contains(replica) ? earlier.voters() : earlier.observers();
    return then.stream().filter(replica::isSameReplica).findFirst();
  }

  private long leaderThen() {
    return earlier()
        .flatMap(it -> before(leader, it))
        .map(Follower::logEndOffset)
        .orElse(Long.MAX_VALUE);
  }

  /** It lacked something then already, and lacks the same now. */
  private boolean hasFetchedNothingSince(Follower before, Follower now) {
    return now.logEndOffset() == before.logEndOffset()
        && leaderThen() != Long.MAX_VALUE
        && now.logEndOffset() < leaderThen();
  }

  /** It has fetched since, and so had, after the earlier look, all of what there was then. */
  private boolean hasFetchedAllThatTheLeaderHadThen(Follower before, Follower now) {
    return now.logEndOffset() > before.logEndOffset() && now.logEndOffset() >= leaderThen();
  }
}

package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Pause;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.ControlPlane.Quorum;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Asks the quorum's leader who follows it, and keeps what it said for the next time: two looks tell
 * by offsets what one tells only by a clock. Asks a second time at once only where the first answer
 * can't be taken as it is.
 */
final class QuorumLooks {

  /** Between two looks: an idle log has grown meanwhile (metadata.max.idle.interval.ms, 500 ms). */
  private static final Duration APART = Duration.ofSeconds(1);

  /** What a second answer is given, at least. */
  private static final Duration TO_ANSWER = Duration.ofMillis(300);

  private static final String CALL = "asking the quorum's leader who follows it";

  private final Supplier<KafkaFuture<QuorumInfo>> question;
  private Optional<Seen> last = Optional.empty();

  /**
   * Nobody has been asked yet.
   *
   * @param question puts the question, whose answer comes later
   */
  QuorumLooks(Supplier<KafkaFuture<QuorumInfo>> question) {
    this.question = question;
  }

  /**
   * An answer.
   *
   * @param askedNanos when the question was put, on the clock that never jumps
   */
  private record Seen(Quorum quorum, long askedNanos) {}

  /** Puts the question. */
  Look begin() {
    return new Look(System.nanoTime(), question.get());
  }

  /** A question that has been put. */
  final class Look {

    private final long askedNanos;
    private final KafkaFuture<QuorumInfo> future;

    private Look(long askedNanos, KafkaFuture<QuorumInfo> future) {
      this.askedNanos = askedNanos;
      this.future = future;
    }

    /**
     * The answer.
     *
     * @param controllerHasAnswered whether a controller has answered something else, so that one
     *     without a quorum is in ZooKeeper mode
     */
    ControlPlane controlPlane(boolean controllerHasAnswered, Deadline deadline) {
      try {
        ControlPlane first = answer(deadline);
        if (first instanceof Quorum quorum
            && quorum.isWorthAnotherLook()
            && deadline.remaining().compareTo(APART.plus(TO_ANSWER)) > 0
            && Pause.of(APART)) {
          return begin().answer(deadline);
        }
        return first;
      } catch (UnsupportedVersionException e) {
        return controllerHasAnswered // for the reassignments
            ? new ControlPlane.ZooKeeper(Set.of())
            : new ControlPlane.Silent("no controller answers: " + Calls.oneLine(e));
      } catch (AuthorizationException e) {
        return AdminClusterProbe.missingAcl();
      } catch (KafkaException e) {
        return new ControlPlane.Silent("no controller answers: " + Calls.oneLine(e));
      } catch (Unanswered e) {
        return new ControlPlane.Silent("no controller answers: " + e.getMessage());
      }
    }

    /** Whether there is no quorum, because the cluster is in ZooKeeper mode. */
    boolean isUnheardOf(Deadline deadline) {
      try {
        Calls.await(future, CALL, deadline);
        return false;
      } catch (UnsupportedVersionException e) {
        return true; // by the versions of a broker's own answers: no controller is needed for that
      } catch (KafkaException | Unanswered e) {
        return false;
      }
    }

    private ControlPlane answer(Deadline deadline) throws Unanswered {
      QuorumInfo info = Calls.await(future, CALL, deadline);
      if (info.voters().stream().noneMatch(voter -> voter.replicaId() == info.leaderId())) {
        return new ControlPlane.Silent("the controller quorum has no leader");
      }
      Quorum now =
          new Quorum(
              info.leaderId(),
              info.leaderEpoch(),
              followers(info.voters()),
              followers(info.observers()));
      long nanos = System.nanoTime();
      Quorum seen =
          last.map(it -> now.after(it.quorum(), Duration.ofNanos(nanos - it.askedNanos())))
              .orElse(now);
      last = Optional.of(new Seen(now, askedNanos));
      return seen;
    }
  }

  private static List<ControlPlane.Follower> followers(List<QuorumInfo.ReplicaState> replicas) {
    List<ControlPlane.Follower> followers = new ArrayList<>();
    for (QuorumInfo.ReplicaState replica : replicas) {
      followers.add(
          new ControlPlane.Follower(
              replica.replicaId(),
              DirectoryId.of(replica),
              replica.lastCaughtUpTimestamp(),
              replica.logEndOffset()));
    }
    return followers;
  }
}

package dev.kafkapod.storage;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the leader of a controller quorum says of it.
 *
 * @param epoch the leader's; of two answers, the one with the higher is the later
 * @param highWatermark everything before this offset is committed
 */
public record QuorumState(
    String clusterId, int leaderId, long epoch, long highWatermark, List<Voter> voters) {

  public QuorumState {
    Objects.requireNonNull(clusterId);
    voters = List.copyOf(voters);
  }

  /**
   * A voter.
   *
   * @param directoryId of its metadata directory; empty in a quorum of static voters
   * @param logEndOffset up to which it has the log; negative if the leader hasn't heard of it
   * @param caughtUpMs when it had all of the leader's log, by the leader's clock
   */
  public record Voter(
      int id, Optional<String> directoryId, long logEndOffset, OptionalLong caughtUpMs) {
    public Voter {
      Objects.requireNonNull(directoryId);
      Objects.requireNonNull(caughtUpMs);
    }
  }

  Optional<Voter> voter(int id) {
    return voters.stream().filter(it -> it.id() == id).findFirst();
  }

  /** Whether voters are told apart by the disks they vote with. */
  boolean isDynamic() {
    return voters.stream().anyMatch(it -> it.directoryId().isPresent());
  }

  int majority() {
    return voters.size() / 2 + 1;
  }

  /**
   * The voters but one that have everything that is committed, and keep up.
   *
   * @param longestLag by how much a voter that keeps up may be behind
   */
  List<Voter> caughtUpWithout(int nodeId, Duration longestLag) {
    return voters.stream().filter(it -> it.id() != nodeId && isCaughtUp(it, longestLag)).toList();
  }

  private boolean isCaughtUp(Voter voter, Duration longestLag) {
    if (voter.id() == leaderId) {
      return true;
    }
    OptionalLong leader = voter(leaderId).map(Voter::caughtUpMs).orElse(OptionalLong.empty());
    return voter.logEndOffset() >= highWatermark
        && leader.isPresent()
        && voter.caughtUpMs().isPresent()
        && leader.getAsLong() - voter.caughtUpMs().getAsLong() <= longestLag.toMillis();
  }
}

package dev.kafkapod.turns;

import dev.kafkapod.common.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One record of a process that waits until a node may stop. Its key is the node id.
 *
 * @param id the waiting's own id, the same in all of its records; another waiting of the same node
 *     has another one
 * @param node the node that is to stop, from 0 on
 * @param kind whether it has a place in the line, or holds the lock
 * @param letGo whether the stop has been let go; only with GOES
 * @param sequence from 1 on, one more in each record of this waiting: a record that a retry writes
 *     late counts for nothing
 * @param place the offset of this waiting's first record; empty in that one, whose own offset it is
 * @param goesFrom the offset of the GOES that holds the lock; empty where this record is that one,
 *     and with ASKS
 * @param process the broker's or controller's process that is to stop; empty where it isn't known,
 *     as on another machine
 * @param host the pod or machine on which the waiting runs, for people
 * @param since when the waiting began, by the clock of its machine
 * @param until when the waiting ends at most, by the same clock; for people
 * @param written when this record was written, by the same clock
 * @param lasts how long this record may stand from its timestamp on, at most {@link #LONGEST}: with
 *     ASKS about a minute, because who waits writes it anew every 20 s; with GOES as long as the
 *     stop may take
 * @param waitsFor what keeps it from going
 * @param why the same for people; empty if nothing does
 */
public record TurnRequest(
    String id,
    int node,
    TurnKind kind,
    boolean letGo,
    long sequence,
    OptionalLong place,
    OptionalLong goesFrom,
    Optional<ProcessIdentity> process,
    String host,
    Instant since,
    Instant until,
    Instant written,
    Duration lasts,
    WaitsFor waitsFor,
    String why)
    implements TurnEntry {

  /** No record stands for longer. The topic keeps each record for longer than that. */
  public static final Duration LONGEST = Duration.ofHours(12);

  /** The two kinds of records. */
  public enum TurnKind {
    /** A place in the line, for fairness; no lock. */
    ASKS,
    /** The lock: the node goes, unless it takes that back. */
    GOES
  }

  /** What keeps a node from going. */
  public enum WaitsFor {
    /** Nothing that is known yet. */
    NOTHING,
    /** Its own stop would do harm, or nobody can tell, whoever else goes. */
    CLUSTER,
    /** Its stop would do no harm, but for those that go, or that are before it. */
    TURN
  }

  public TurnRequest {
    Objects.requireNonNull(id);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(place);
    Objects.requireNonNull(goesFrom);
    Objects.requireNonNull(process);
    Objects.requireNonNull(host);
    Objects.requireNonNull(since);
    Objects.requireNonNull(until);
    Objects.requireNonNull(written);
    Objects.requireNonNull(waitsFor);
    Objects.requireNonNull(why);
    if (node < 0 || sequence < 1) {
      throw new IllegalArgumentException(
          "a request has a node from 0 on and a sequence from 1 on, got node %d, sequence %d"
              .formatted(node, sequence));
    }
    if (lasts.isNegative() || lasts.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a request stands for 0 s to %d h, got %s".formatted(LONGEST.toHours(), lasts));
    }
    if (letGo && kind != TurnKind.GOES) {
      throw new IllegalArgumentException("who is let go goes");
    }
  }

  /** Whether it holds the lock. */
  public boolean goes() {
    return kind == TurnKind.GOES;
  }
}

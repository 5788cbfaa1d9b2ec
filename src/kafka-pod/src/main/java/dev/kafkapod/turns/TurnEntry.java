package dev.kafkapod.turns;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** What one record of the topic says. */
public sealed interface TurnEntry
    permits TurnRequest,
        TurnEntry.Release,
        TurnEntry.TearDown,
        TurnEntry.NoTearDown,
        TurnEntry.UnreadableRecord {

  /**
   * A request is over: a tombstone.
   *
   * @param node whose it was
   * @param request the request's id; empty for all of this node's
   * @param by who releases it
   * @param reason why, for people
   */
  record Release(int node, Optional<String> request, String by, String reason)
      implements TurnEntry {
    public Release {
      Objects.requireNonNull(request);
      Objects.requireNonNull(by);
      Objects.requireNonNull(reason);
    }
  }

  /**
   * The whole cluster is being torn down: nobody waits.
   *
   * @param clusterId the Kafka cluster's id
   * @param written when that was said, by the clock of that machine
   * @param lasts how long it holds from the record's timestamp on
   */
  record TearDown(String clusterId, String by, String reason, Instant written, Duration lasts)
      implements TurnEntry {

    /** It holds for no longer. */
    public static final Duration LONGEST = Duration.ofHours(4);

    public TearDown {
      Objects.requireNonNull(clusterId);
      Objects.requireNonNull(by);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(written);
      if (lasts.isNegative() || lasts.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            "a tear-down holds for 0 s to %d h, got %s".formatted(LONGEST.toHours(), lasts));
      }
    }

    /** Why nobody waits. */
    public static String why(String by, String reason) {
      return "the cluster is being torn down, says %s: %s".formatted(by, reason);
    }
  }

  /** The cluster isn't torn down any more. */
  record NoTearDown(String by, Optional<String> reason) implements TurnEntry {
    public NoTearDown {
      Objects.requireNonNull(by);
      Objects.requireNonNull(reason);
    }
  }

  /**
   * A record that can't be read: damaged, or of a later version.
   *
   * @param node whose it is by its key; empty if the key is no node id
   * @param problem what is wrong with it
   */
  record UnreadableRecord(OptionalInt node, String problem) implements TurnEntry {
    public UnreadableRecord {
      Objects.requireNonNull(node);
      Objects.requireNonNull(problem);
    }
  }
}

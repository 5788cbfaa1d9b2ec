package dev.kafkapod.storage;

import java.util.Objects;

/**
 * What came of asking one of the other controllers.
 *
 * @param address where it was looked for, host:port
 */
public record ControllerReply(String address, Reply reply) {

  public ControllerReply {
    Objects.requireNonNull(address);
    Objects.requireNonNull(reply);
  }

  /** The ways in which a controller may reply. */
  public sealed interface Reply {}

  /**
   * Nobody is there.
   *
   * @param why in a few words
   */
  public record Absent(String why) implements Reply {
    public Absent {
      Objects.requireNonNull(why);
    }
  }

  /** Somebody listens, and names no leader: it has just started, or the quorum has none. */
  public record Leaderless() implements Reply {}

  /**
   * Somebody is there, and doesn't talk to us.
   *
   * @param why in one line
   */
  public record Refused(String why) implements Reply {
    public Refused {
      Objects.requireNonNull(why);
    }
  }

  /** The quorum's leader answered, directly or through this controller. */
  public record Led(QuorumState quorum) implements Reply {
    public Led {
      Objects.requireNonNull(quorum);
    }
  }
}

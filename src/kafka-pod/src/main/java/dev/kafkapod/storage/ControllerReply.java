package dev.kafkapod.storage;

import java.util.Objects;
import java.util.Optional;

/**
 * What came of asking one of the other controllers.
 *
 * @param address where it was looked for, host:port
 */
public record ControllerReply(String address, Outcome reply) {

  public ControllerReply {
    Objects.requireNonNull(address);
    Objects.requireNonNull(reply);
  }

  /** The ways in which a controller may reply. */
  public sealed interface Outcome {}

  /**
   * Nobody is there.
   *
   * @param why in a few words
   */
  public record Absent(String why) implements Outcome {
    public Absent {
      Objects.requireNonNull(why);
    }
  }

  /**
   * A controller answers, and knows no leader.
   *
   * @param hasMetadata whether it has read what a quorum has committed since it was started: the
   *     cluster has lived. A new controller never has, nor has one that was restarted while the
   *     others are down
   */
  public record Leaderless(boolean hasMetadata) implements Outcome {}

  /**
   * A controller answers, and names a leader that doesn't answer us.
   *
   * @param leaderId the leader's node id
   * @param epoch the leader's
   * @param why in a few words, with the leader's address if it is known
   */
  public record Following(int leaderId, long epoch, String why) implements Outcome {
    public Following {
      Objects.requireNonNull(why);
    }
  }

  /**
   * A controller answers, and belongs to another cluster.
   *
   * @param clusterId empty if it doesn't say which
   */
  public record OtherCluster(Optional<String> clusterId) implements Outcome {
    public OtherCluster {
      Objects.requireNonNull(clusterId);
    }
  }

  /**
   * Somebody is there, and doesn't talk to us.
   *
   * @param why in one line
   */
  public record Refused(String why) implements Outcome {
    public Refused {
      Objects.requireNonNull(why);
    }
  }

  /** The quorum's leader answered, directly or through this controller. */
  public record Led(QuorumState quorum) implements Outcome {
    public Led {
      Objects.requireNonNull(quorum);
    }
  }
}

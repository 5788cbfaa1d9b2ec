package dev.kafkapod.stopping;

import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.Wording;
import java.util.List;

/**
 * A controller quorum that a stop would break: nobody could elect leaders or change anything.
 *
 * @param voters how many controllers vote, at least 1
 * @param sound those that would go on and have caught up with the leader
 * @param lagging those that would go on, but are behind the leader or gone
 * @param replaced those of {@code lagging} whose node follows by another disk, which has no vote
 */
public record QuorumLoss(
    int voters, List<Integer> sound, List<Integer> lagging, List<Integer> replaced) {
  public QuorumLoss {
    sound = sound.stream().sorted().toList();
    lagging = lagging.stream().sorted().toList();
    replaced = replaced.stream().sorted().toList();
    if (voters < 1) {
      throw new IllegalArgumentException("a quorum can't have " + voters + " voters");
    }
  }

  /** How many of the voters are more than half. */
  public static int majority(int voters) {
    return ControlPlane.Quorum.majority(voters);
  }

  /**
   * For people: {@code quorum lost (2 of 3 controllers are needed, left: 101; behind: 102)}, and
   * what to do where a disk was replaced.
   */
  public String describe() {
    return "quorum lost (%d of %d controllers are needed, left: %s%s)%s"
        .formatted(
            majority(voters),
            voters,
            Wording.ids(sound),
            lagging.isEmpty() ? "" : "; behind: " + Wording.ids(lagging),
            replaced.isEmpty() ? "" : "; " + Wording.withoutVote(replaced));
  }
}

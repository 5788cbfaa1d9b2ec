package dev.kafkapod.stopping;

import dev.kafkapod.common.Verdict;
import java.time.Duration;

/**
 * Believes a yes only when it is said twice in a row, some time apart. Two brokers that ask at the
 * same moment both hear yes; the one that asks again later sees that the other has gone. This
 * narrows the race and is no lock.
 *
 * @param yesBefore whether the last answer was a yes
 */
public record Confirmation(boolean yesBefore) {

  /** How long after a yes the next answer counts, at the earliest. */
  public static final Duration APART = Duration.ofSeconds(5);

  /** What to do after an answer. */
  public sealed interface Step {

    /** Stop: the second yes. */
    record Stop() implements Step {}

    /**
     * Ask again.
     *
     * @param in how long after the answer
     * @param state to go on with
     */
    record AskAgain(Duration in, Confirmation state) implements Step {}
  }

  /** Before anybody has been asked. */
  public static Confirmation begin() {
    return new Confirmation(false);
  }

  /**
   * Goes on with an answer.
   *
   * @param toNotice how long the cluster may take to notice a death: the next answer counts after a
   *     yes once a node that had died before it has been noticed
   * @param took how long it took to get it
   * @param left how much of the waiting is left
   * @param chance between 0 and 1, by chance
   */
  public Step next(Verdict answer, Duration toNotice, Duration took, Duration left, double chance) {
    boolean yes = answer.isYes();
    if (yes && yesBefore) {
      return new Step.Stop();
    }
    AskingPace pace = new AskingPace(toNotice.compareTo(APART) > 0 ? toNotice : APART);
    return new Step.AskAgain(
        yes ? pace.afterYes(took, left, chance) : pace.afterNo(took, left, chance),
        new Confirmation(yes));
  }
}

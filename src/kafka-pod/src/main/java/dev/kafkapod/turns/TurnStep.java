package dev.kafkapod.turns;

import dev.kafkapod.common.Verdict;

/**
 * How one waiting goes on: what it does next by where it is and what the cluster says. The whole of
 * it is {@link #next}; enumerating it with {@link TurnQueue} and {@link Ahead} is the proof that no
 * two go that together do harm.
 */
public enum TurnStep {
  /** Go on asking: the place in the line stands, and so does a lock that is held. */
  WAIT,
  /** Write that it goes, read the topic beyond that, and ask again. */
  GO,
  /** Take that back: from now on it only asks. */
  TAKE_BACK,
  /** Keep the lock, and ask once more after a while. */
  CONFIRM,
  /** Write that the stop is let go, and let it go if that was in time. */
  LET_GO;

  /**
   * The next step.
   *
   * @param goes whether its GOES stands, and was written less than a go's time ago
   * @param verdict on its stop together with those ahead, by the topic as read beyond its own
   *     newest record, and a picture of the cluster that was asked for after that
   * @param saidBefore whether the verdict before was a yes with the same GOES, long enough ago
   */
  public static TurnStep next(boolean goes, Verdict.Kind verdict, boolean saidBefore) {
    if (verdict == Verdict.Kind.CANNOT_TELL) {
      return WAIT; // with the lock, where it is held: that only delays others, and its time ends it
    }
    if (verdict == Verdict.Kind.NO) {
      return goes ? TAKE_BACK : WAIT;
    }
    if (!goes) {
      return GO;
    }
    return saidBefore ? LET_GO : CONFIRM;
  }
}

package dev.kafkapod.turns;

import dev.kafkapod.common.Verdict;
import java.util.List;

/**
 * The rules that the model goes by. {@link #PRODUCTION} are the product's own; the tests spoil one
 * at a time, to show that the model would see it.
 *
 * @param fold what a record changes
 * @param ahead whom a waiting reckons with
 * @param step what a waiting does next
 * @param lock whether a waiting's own GOES is still the one that it wrote
 * @param readsBeyondItsGoes whether a waiting reads the topic again after its GOES
 * @param looksAtTheTime whether a waiting notices that its GOES' time is over
 */
record ModelRules(
    Fold fold,
    Reckoning ahead,
    Step step,
    Lock lock,
    boolean readsBeyondItsGoes,
    boolean looksAtTheTime) {

  interface Fold {
    TurnQueue after(TurnQueue queue, LoggedEntry entry);
  }

  interface Reckoning {
    Ahead of(TurnQueue queue, QueueClock clock, List<StandingRequest> own);
  }

  interface Step {
    TurnStep next(boolean goes, Verdict.Kind verdict, boolean saidBefore);
  }

  interface Lock {
    boolean stands(TurnQueue queue, StandingRequest own, long writtenAt);
  }

  static final ModelRules PRODUCTION =
      new ModelRules(
          TurnQueue::then,
          Ahead::of,
          TurnStep::next,
          (queue, own, at) -> own.request().goes() && own.goesFrom() == at,
          true,
          true);

  ModelRules folding(Fold other) {
    return new ModelRules(other, ahead, step, lock, readsBeyondItsGoes, looksAtTheTime);
  }

  ModelRules reckoning(Reckoning other) {
    return new ModelRules(fold, other, step, lock, readsBeyondItsGoes, looksAtTheTime);
  }

  ModelRules stepping(Step other) {
    return new ModelRules(fold, ahead, other, lock, readsBeyondItsGoes, looksAtTheTime);
  }

  ModelRules locking(Lock other) {
    return new ModelRules(fold, ahead, step, other, readsBeyondItsGoes, looksAtTheTime);
  }

  ModelRules notReadingBeyondItsGoes() {
    return new ModelRules(fold, ahead, step, lock, false, looksAtTheTime);
  }

  ModelRules notLookingAtTheTime() {
    return new ModelRules(fold, ahead, step, lock, readsBeyondItsGoes, false);
  }
}

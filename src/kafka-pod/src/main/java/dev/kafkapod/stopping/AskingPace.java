package dev.kafkapod.stopping;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long to pause between two questions. Asking costs the brokers work, so that slow answers make
 * it pause for longer, up to a limit. Towards the end of the waiting it shortens a pause that would
 * take away the time for two last questions and what must lie between them.
 *
 * @param apart how long a yes must hold at least; longer than 0
 */
record AskingPace(Duration apart) {

  /** Added to {@link #apart}, times chance: nobody who asked at the same moment does so again. */
  static final Duration JITTER = Duration.ofSeconds(5);

  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

  /** Asking may take this part of the time and no more, as far as the longest pause allows. */
  private static final int SHARE = 5;

  /** However slow an answer is: nobody must wait longer for what has changed since. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

  /** An answer that comes within this is quick; a cluster that was slow may be quick again. */
  private static final Duration QUICK = Duration.ofSeconds(1);

  /** What a last question is put earlier than it needs to be, for pauses that are late. */
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /**
   * The pause after an answer that isn't a yes.
   *
   * @param took how long the answer took
   * @param left how much time there is; the pause may be longer, if nothing more fits into it
   * @param chance between 0 and 1, by chance
   */
  Duration afterNo(Duration took, Duration left, double chance) {
    Duration rest = shorter(longer(took.multipliedBy(SHARE - 1), BETWEEN_QUESTIONS), LONGEST_PAUSE);
    Duration usual = rest.plus(part(BETWEEN_QUESTIONS, chance));
    Duration slow = longer(took, QUICK);
    return Stream.of(two(slow), two(QUICK), one(slow), one(QUICK))
        .map(left::minus)
        .filter(untilThen -> !untilThen.isNegative())
        .min(Duration::compareTo)
        .map(untilThen -> longer(SHORTEST_PAUSE, shorter(usual, untilThen)))
        .orElse(usual);
  }

  /**
   * The pause after a first yes, never shorter than it must hold; as {@link #afterNo} otherwise.
   */
  Duration afterYes(Duration took, Duration left, double chance) {
    Duration usual = apart.plus(part(JITTER, chance));
    return longer(apart, shorter(usual, left.minus(one(longer(took, QUICK)))));
  }

  private Duration two(Duration answer) {
    return apart.plus(answer).plus(one(answer));
  }

  private static Duration one(Duration answer) {
    return answer.plus(MARGIN);
  }

  private static Duration part(Duration whole, double chance) {
    return Duration.ofMillis((long) (whole.toMillis() * chance));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}

package dev.kafkapod.turns;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a queue comes to at one moment, for people and for figures. What is over isn't in it.
 *
 * @param turns in the order of their places
 * @param unreadable what is wrong with each record that can't be read, and still counts
 */
public record StandingTurns(
    List<Turn> turns, Optional<StandingTearDown> tearDown, List<Unread> unreadable) {

  /** Nobody asks. */
  public static final StandingTurns NONE =
      new StandingTurns(List.of(), Optional.empty(), List.of());

  public StandingTurns {
    turns = List.copyOf(turns);
    Objects.requireNonNull(tearDown);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * One request.
   *
   * @param waited for how long it has waited; of one that goes, until it went
   * @param left how much longer its record counts at most
   * @param until when it is over at most: the waiting's own end; of one that goes, its record's end
   *     by this machine's clock
   */
  public record Turn(TurnRequest request, Duration waited, Duration left, Instant until) {
    public Turn {
      Objects.requireNonNull(request);
      Objects.requireNonNull(waited);
      Objects.requireNonNull(left);
      Objects.requireNonNull(until);
    }

    /** A longer wait is a clock that was wrong. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(366);

    private static Turn of(StandingRequest standing, QueueClock clock) {
      TurnRequest request = standing.request();
      Duration age = clock.age(standing);
      Duration left = standing.lasts().minus(age);
      Duration waited = waited(request);
      return request.goes()
          ? new Turn(request, waited, left, clock.wall().plus(left))
          : new Turn(request, waited.plus(age), left, request.until());
    }

    private static Duration waited(TurnRequest request) {
      Duration waited = Duration.between(request.since(), request.written());
      if (waited.isNegative()) {
        return Duration.ZERO;
      }
      return waited.compareTo(LONGEST_WAIT) < 0 ? waited : LONGEST_WAIT;
    }

    private Turn after(Duration elapsed) {
      return new Turn(
          request, request.goes() ? waited : waited.plus(elapsed), left.minus(elapsed), until);
    }
  }

  /**
   * A record that can't be read, and counts as a node's that goes.
   *
   * @param left how much longer it counts at most
   */
  public record Unread(TurnEntry.UnreadableRecord entry, Duration left) {
    public Unread {
      Objects.requireNonNull(entry);
      Objects.requireNonNull(left);
    }
  }

  /** What stands by this clock. */
  public static StandingTurns of(TurnQueue queue, QueueClock clock) {
    return new StandingTurns(
        queue.requests().stream().filter(clock::stands).map(it -> Turn.of(it, clock)).toList(),
        StandingTearDown.of(queue, clock),
        queue.unreadable().stream()
            .map(
                it ->
                    new Unread(
                        (TurnEntry.UnreadableRecord) it.entry(),
                        Ahead.UNREADABLE_LASTS.minus(
                            clock.age(it.offset(), it.timestamp(), it.timestamp()))))
            .filter(it -> isLeft(it.left()))
            .toList());
  }

  /** The same a while later, if nothing new has come. */
  public StandingTurns after(Duration elapsed) {
    return new StandingTurns(
        turns.stream().map(it -> it.after(elapsed)).filter(it -> isLeft(it.left())).toList(),
        tearDown.flatMap(it -> it.after(elapsed)),
        unreadable.stream()
            .map(it -> new Unread(it.entry(), it.left().minus(elapsed)))
            .filter(it -> isLeft(it.left()))
            .toList());
  }

  private static boolean isLeft(Duration left) {
    return !left.isNegative() && !left.isZero();
  }

  /** How many ask, and don't go. */
  public int asking() {
    return (int) turns.stream().filter(it -> !it.request().goes()).count();
  }

  /** How many go. */
  public int going() {
    return turns.size() - asking();
  }

  /** The longest time that one of those who ask has waited; zero if nobody asks. */
  public Duration longestWait() {
    return turns.stream()
        .filter(it -> !it.request().goes())
        .map(Turn::waited)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }
}

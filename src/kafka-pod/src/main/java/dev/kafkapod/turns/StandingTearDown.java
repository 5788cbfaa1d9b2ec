package dev.kafkapod.turns;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody has said that the cluster is torn down, and that isn't over.
 *
 * @param said by whom, of which cluster
 * @param left how much longer it holds at most
 * @param until the same by this machine's clock, for people
 */
public record StandingTearDown(TurnEntry.TearDown said, Duration left, Instant until) {

  public StandingTearDown {
    Objects.requireNonNull(said);
    Objects.requireNonNull(left);
    Objects.requireNonNull(until);
  }

  /** The queue's; empty if there is none, or it is over. */
  public static Optional<StandingTearDown> of(TurnQueue queue, QueueClock clock) {
    return queue
        .tearDown()
        .flatMap(
            logged -> {
              TurnEntry.TearDown said = (TurnEntry.TearDown) logged.entry();
              Duration left =
                  said.lasts()
                      .minus(clock.age(logged.offset(), logged.timestamp(), said.written()));
              return new StandingTearDown(said, left, clock.wall().plus(left)).unlessOver();
            });
  }

  /** The same a while later; empty once it is over. */
  public Optional<StandingTearDown> after(Duration elapsed) {
    return new StandingTearDown(said, left.minus(elapsed), until).unlessOver();
  }

  private Optional<StandingTearDown> unlessOver() {
    return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(this);
  }

  /**
   * Whether it is of this cluster: a record that was copied from another one counts for nothing.
   */
  public boolean isOf(String clusterId) {
    return said.clusterId().equals(clusterId);
  }
}

package dev.kafkapod.turns;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request as its newest record has it.
 *
 * @param request that record
 * @param offset its offset
 * @param timestamp its timestamp
 * @param place where the request stands in the line: the offset of its first record
 * @param goesFrom where its lock stands: the offset of the GOES that its newest record names, or of
 *     the newest record where that one doesn't stand any more; with ASKS, without meaning
 * @param stuckSince the timestamp from which on it has waited for the cluster without a break;
 *     empty if it doesn't
 */
public record StandingRequest(
    TurnRequest request,
    long offset,
    Instant timestamp,
    long place,
    long goesFrom,
    Optional<Instant> stuckSince) {

  /** The first record of a request. */
  static StandingRequest of(TurnRequest request, long offset, Instant timestamp) {
    return new StandingRequest(
        request,
        offset,
        timestamp,
        request.place().orElse(offset),
        offset,
        stuck(request, timestamp));
  }

  /** The same request by its next record. */
  StandingRequest next(TurnRequest newer, long at, Instant time) {
    return new StandingRequest(
        newer,
        at,
        time,
        place,
        keepsLock(newer) ? goesFrom : at,
        stuck(newer, time).map(now -> stuckSince.filter(it -> !it.isAfter(now)).orElse(now)));
  }

  /**
   * Whether it goes on holding the lock that it has. Nobody else's word is enough for that: who
   * goes anew after his time was over, or after somebody has released him, has been passed by
   * others meanwhile, and stands behind them.
   */
  private boolean keepsLock(TurnRequest newer) {
    return request.goes() && newer.goes() && newer.goesFrom().equals(OptionalLong.of(goesFrom));
  }

  private static Optional<Instant> stuck(TurnRequest request, Instant time) {
    return request.waitsFor() == TurnRequest.WaitsFor.CLUSTER
        ? Optional.of(time)
        : Optional.empty();
  }

  /** How long this record may stand at most, from its timestamp on. */
  public Duration lasts() {
    return request.lasts();
  }
}

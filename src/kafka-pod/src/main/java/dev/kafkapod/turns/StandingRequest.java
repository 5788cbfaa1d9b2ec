package dev.kafkapod.turns;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request as its newest record has it.
 *
 * @param request that record
 * @param offset its offset
 * @param timestamp its timestamp
 * @param place where the request stands in the line: the offset of its first record
 * @param goesFrom where its lock stands: the offset of its first GOES in a row; with ASKS, without
 *     meaning
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
        request.goesFrom().orElse(offset),
        stuck(request, timestamp));
  }

  /** The same request by its next record. */
  StandingRequest next(TurnRequest newer, long at, Instant time) {
    return new StandingRequest(
        newer,
        at,
        time,
        place,
        newer.goes() && request.goes() ? goesFrom : at,
        stuck(newer, time).map(now -> stuckSince.orElse(now)));
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

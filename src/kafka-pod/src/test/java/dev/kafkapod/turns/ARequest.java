package dev.kafkapod.turns;

import dev.kafkapod.turns.TurnRequest.TurnKind;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A request for tests: what isn't said is usual. */
record ARequest(
    int node,
    String id,
    TurnKind kind,
    boolean letGo,
    long sequence,
    OptionalLong place,
    OptionalLong goesFrom,
    Instant written,
    Duration lasts,
    WaitsFor waitsFor) {

  static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  static ARequest asks(int node) {
    return new ARequest(
        node,
        "w" + node,
        TurnKind.ASKS,
        false,
        1,
        OptionalLong.empty(),
        OptionalLong.empty(),
        TIME,
        Duration.ofMinutes(1),
        WaitsFor.TURN);
  }

  static ARequest goes(int node) {
    ARequest it = asks(node);
    return new ARequest(
        node,
        it.id,
        TurnKind.GOES,
        false,
        2,
        it.place,
        it.goesFrom,
        TIME,
        Duration.ofMinutes(6),
        WaitsFor.NOTHING);
  }

  ARequest letGo(long from) {
    return new ARequest(
        node,
        id,
        TurnKind.GOES,
        true,
        sequence + 1,
        place,
        OptionalLong.of(from),
        written,
        lasts,
        waitsFor);
  }

  ARequest by(String other) {
    return new ARequest(
        node, other, kind, letGo, sequence, place, goesFrom, written, lasts, waitsFor);
  }

  ARequest sequence(long other) {
    return new ARequest(node, id, kind, letGo, other, place, goesFrom, written, lasts, waitsFor);
  }

  ARequest place(long offset) {
    return new ARequest(
        node,
        id,
        kind,
        letGo,
        sequence,
        OptionalLong.of(offset),
        goesFrom,
        written,
        lasts,
        waitsFor);
  }

  ARequest written(Instant when) {
    return new ARequest(node, id, kind, letGo, sequence, place, goesFrom, when, lasts, waitsFor);
  }

  ARequest waitsFor(WaitsFor what) {
    return new ARequest(node, id, kind, letGo, sequence, place, goesFrom, written, lasts, what);
  }

  TurnRequest request() {
    return new TurnRequest(
        id,
        node,
        kind,
        letGo,
        sequence,
        place,
        goesFrom,
        Optional.empty(),
        "pod-" + node,
        TIME,
        TIME.plusSeconds(600),
        written,
        lasts,
        waitsFor,
        "");
  }

  LoggedEntry at(long offset) {
    return at(offset, TIME);
  }

  LoggedEntry at(long offset, Instant timestamp) {
    return new LoggedEntry(offset, timestamp, request());
  }
}

package dev.kafkapod.inquiry;

import java.time.Instant;

/** Clocks, which tests turn. */
public interface TurnClocks {

  /** A clock that never jumps, in nanoseconds. */
  long nanoTime();

  /** This machine's clock. */
  Instant wall();
}

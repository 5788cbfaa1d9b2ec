package dev.kafkapod.inquiry;

import java.time.Instant;

/** This machine's clocks. */
public enum SystemClocks implements TurnClocks {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant wall() {
    return Instant.now();
  }
}

package dev.kafkapod.e2e.load;

import java.util.BitSet;

/**
 * Which messages were acknowledged, and which were read: nothing else tells whether one was lost.
 */
public final class Ledger {

  private final BitSet acknowledged = new BitSet();
  private final BitSet read = new BitSet();
  private long duplicates;

  /** A broker has promised to keep it. */
  public synchronized void acknowledged(int number) {
    acknowledged.set(number);
  }

  /** It came back. */
  public synchronized void read(int number) {
    if (read.get(number)) {
      duplicates++;
    }
    read.set(number);
  }

  /** How many were promised to be kept. */
  public synchronized long acknowledgedCount() {
    return acknowledged.cardinality();
  }

  /** How many different ones came back. */
  public synchronized long readCount() {
    return read.cardinality();
  }

  /** How many came back that had come before. */
  public synchronized long duplicates() {
    return duplicates;
  }

  /** How many were promised to be kept, and haven't come back. */
  public synchronized long missing() {
    BitSet missing = (BitSet) acknowledged.clone();
    missing.andNot(read);
    return missing.cardinality();
  }
}

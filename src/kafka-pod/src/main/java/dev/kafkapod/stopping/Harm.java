package dev.kafkapod.stopping;

/** What a stop does to a partition that can't spare it. The worse comes first. */
public enum Harm {
  /** No live broker would be left in its ISR: nobody can read or write it. */
  LEADERLESS("leaderless"),
  /** Too few would be left in its ISR: brokers refuse acks=all writes. */
  UNDER_MIN_ISR("under-min-ISR");

  private final String label;

  Harm(String label) {
    this.label = label;
  }

  /** The name in sentences and in JSON. */
  public String label() {
    return label;
  }
}

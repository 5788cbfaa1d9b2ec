package dev.kafkapod.placement;

import java.util.Locale;

/** What is wrong with where a partition is. */
public enum MoveReason {
  /** A replica is on a broker that is to be left. */
  LEFT("on brokers to be left"),
  /** It is to have another number of replicas. */
  FACTOR("with another replication factor"),
  /** The shares of zones. */
  ZONES("uneven over zones"),
  /** The shares of clusters. */
  CLUSTERS("uneven over clusters"),
  /** The shares of a zone's part in one cluster. */
  CELLS("uneven over racks");

  private final String label;

  MoveReason(String label) {
    this.label = label;
  }

  /** For people: what partitions are that have it. */
  public String label() {
    return label;
  }

  /** The name in reports for programs. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MoveReason of(Dimension dimension) {
    return dimension == Dimension.ZONE ? ZONES : CLUSTERS;
  }
}

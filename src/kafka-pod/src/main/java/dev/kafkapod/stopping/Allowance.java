package dev.kafkapod.stopping;

import java.util.Locale;

/**
 * Which of the partitions that no order of restarts can spare may be broken: as a reason to wait,
 * they would be one for ever.
 */
public enum Allowance {
  /** None of them. */
  NONE,
  /** Those with one replica: whoever has made such a topic has agreed to its going down. */
  SINGLE,
  /** Also those with no more replicas than their min ISR. */
  ALL;

  /** The name in options. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean covers(BrokenPartition broken) {
    return switch (this) {
      case NONE -> false;
      case SINGLE -> broken.unavoidable() && broken.hasOneReplica();
      case ALL -> broken.unavoidable();
    };
  }
}

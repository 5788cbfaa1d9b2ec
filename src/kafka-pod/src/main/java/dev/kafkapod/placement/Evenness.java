package dev.kafkapod.placement;

import java.util.Locale;

/** How well a partition's replicas are spread. */
public enum Evenness {
  /** Over zones and clusters alike: their shares differ by one at most. */
  EVEN,
  /** As well as the brokers that are there allow, which is less than even. */
  LIMITED,
  /** The brokers that are there allow better. */
  VIOLATED,
  /** Nobody knows where some replica is. */
  UNKNOWN;

  /** The name in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

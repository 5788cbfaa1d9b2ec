package dev.kafkapod.placement;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What replicas are spread over. */
public enum Dimension {
  ZONE,
  CLUSTER;

  /** All of them, in the order in which they count by default. */
  public static final List<Dimension> DEFAULT = List.of(ZONE, CLUSTER);

  /** The name in options. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names. */
  public static List<String> optionNames() {
    return Arrays.stream(values()).map(Dimension::optionName).toList();
  }
}

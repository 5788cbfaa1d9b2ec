package dev.kafkapod.rendering;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports from one to another, both included.
 *
 * @param first from 1
 * @param last at least the first, at most 65535
 */
public record PortRange(int first, int last) {

  private static final int HIGHEST_PORT = 65535;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

  /**
   * Reads {@code 9091-9096}.
   *
   * @throws IllegalArgumentException whose message follows the setting's name
   */
  public static PortRange parse(String value) {
    Matcher matcher = RANGE.matcher(value.strip());
    if (matcher.matches()) {
      int first = Integer.parseInt(matcher.group(1));
      int last = Integer.parseInt(matcher.group(2));
      if (first >= 1 && first <= last && last <= HIGHEST_PORT) {
        return new PortRange(first, last);
      }
    }
    throw new IllegalArgumentException(
        "must be FIRST-LAST, ports from 1 to 65535, got '%s'; write for example 9091-9096"
            .formatted(value));
  }

  boolean contains(int port) {
    return port >= first && port <= last;
  }

  @Override
  public String toString() {
    return first == last ? String.valueOf(first) : first + " to " + last;
  }
}

package dev.kafkapod.cluster;

import dev.kafkapod.diagnosis.SeenAddress;
import java.util.List;

/**
 * What harms a client of Kafka that doesn't speak TLS: it takes the first bytes of whoever answers
 * for the length of an answer, and asks Java for that much memory. An alert of TLS says 336 MB, a
 * web server 1.1 GB. In a broker's process that is the broker's memory.
 */
final class Misread {

  /** An alert's first four bytes. */
  private static final long SMALLEST = 0x15030300L;

  private Misread() {}

  /** Whether this process could get that much, instead of being refused it at once. */
  static boolean isPossible() {
    return Runtime.getRuntime().maxMemory() >= SMALLEST;
  }

  /** Whether such a client would take it for a length. */
  static boolean isAt(SeenAddress seen) {
    return switch (seen.sight().kind()) {
      case TLS, HTTP, OTHER, RMI -> true;
      default -> false;
    };
  }

  /** The addresses where a client does itself no harm, in their order. */
  static List<String> spared(List<String> addresses, List<SeenAddress> seen) {
    return addresses.stream()
        .filter(it -> seen.stream().noneMatch(at -> at.address().equals(it) && isAt(at)))
        .toList();
  }
}

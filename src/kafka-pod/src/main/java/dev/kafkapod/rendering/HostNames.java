package dev.kafkapod.rendering;

import dev.kafkapod.common.Host;
import java.util.List;
import java.util.Locale;

/**
 * Whether a certificate's names hold a host, as clients look at it (RFC 2818, RFC 6125): a wildcard
 * stands for one label, and an address for itself only. Asks no DNS.
 */
final class HostNames {

  private HostNames() {}

  static boolean match(String host, List<String> names) {
    String plain = host.replaceAll("^\\[|]$", "").replaceAll("\\.$", "").toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(it -> matches(plain, it.toLowerCase(Locale.ROOT)));
  }

  private static boolean matches(String host, String name) {
    if (Host.literal(host).isPresent()) {
      return Host.literal(host).equals(Host.literal(name));
    }
    if (name.startsWith("*.")) {
      int dot = host.indexOf('.');
      return dot > 0 && host.substring(dot).equals(name.substring(1));
    }
    return host.equals(name.replaceAll("\\.$", ""));
  }
}

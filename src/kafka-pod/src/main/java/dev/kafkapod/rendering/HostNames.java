package dev.kafkapod.rendering;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a certificate's names hold a host, as clients look at it (RFC 2818, RFC 6125): a wildcard
 * stands for one label, and an address for itself only. Asks no DNS.
 */
final class HostNames {

  /** What is an address and no name, so that Java doesn't look it up. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}|(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");

  private HostNames() {}

  static boolean match(String host, List<String> names) {
    String plain = host.replaceAll("^\\[|]$", "").replaceAll("\\.$", "").toLowerCase(Locale.ROOT);
    return names.stream().anyMatch(it -> matches(plain, it.toLowerCase(Locale.ROOT)));
  }

  private static boolean matches(String host, String name) {
    if (ADDRESS.matcher(host).matches()) {
      return ADDRESS.matcher(name).matches() && isSameAddress(host, name);
    }
    if (name.startsWith("*.")) {
      int dot = host.indexOf('.');
      return dot > 0 && host.substring(dot).equals(name.substring(1));
    }
    return host.equals(name.replaceAll("\\.$", ""));
  }

  private static boolean isSameAddress(String one, String other) {
    try {
      return InetAddress.getByName(one).equals(InetAddress.getByName(other));
    } catch (UnknownHostException e) {
      return false; // no address after all
    }
  }
}

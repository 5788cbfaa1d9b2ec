package dev.kafkapod.common;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a host means that is written as an address: all of a machine's addresses, or the machine
 * itself. Asks no DNS, so a name but {@code localhost} means nothing here.
 */
public final class Host {

  private static final String BYTE = "(0|[1-9]\\d{0,2})";

  /** Java takes fewer than four numbers, too: the last one then fills what is left. */
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){0,3}");

  private static final Pattern IPV6 =
      Pattern.compile("(?<address>[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)(%[\\w.~-]+)?");
  private static final int HIGHEST_BYTE = 255;

  private Host() {}

  /**
   * Whether a host means every address: none, or a spelling of the unspecified address, such as
   * 0.0.0.0, [::] or [::0].
   */
  public static boolean isWildcard(String host) {
    return host.isEmpty() || literal(host).filter(InetAddress::isAnyLocalAddress).isPresent();
  }

  /** Whether only this machine gets there, by whichever of its loopback addresses. */
  public static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || literal(host).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  /** Whether it is the loopback address that every program takes for its own machine. */
  public static boolean isThisMachine(String host) {
    return host.equalsIgnoreCase("localhost")
        || literal(host)
            .map(InetAddress::getHostAddress)
            .filter(it -> it.equals("127.0.0.1") || it.equals("0:0:0:0:0:0:0:1"))
            .isPresent();
  }

  /** Whether two hosts are one, however they are spelt. */
  public static boolean isSame(String one, String other) {
    Optional<InetAddress> literal = literal(one);
    return one.equalsIgnoreCase(other)
        || (literal.isPresent()
            && literal.equals(literal(other))
            && scope(one).equals(scope(other)));
  }

  private static String scope(String host) {
    int percent = host.indexOf('%');
    return percent < 0 ? "" : host.substring(percent).replace("]", "");
  }

  /**
   * The address that a host spells, in brackets or not; empty for a name. Its scope is left out.
   */
  public static Optional<InetAddress> literal(String host) {
    String bare = host.startsWith("[") && host.endsWith("]") ? inside(host) : host;
    Matcher ipv6 = IPV6.matcher(bare);
    if (ipv6.matches()) {
      return read("[" + ipv6.group("address") + "]"); // in brackets, nothing is looked up
    }
    return bare.equals(host) && isIpv4(host) ? read(host) : Optional.empty();
  }

  private static String inside(String host) {
    return host.substring(1, host.length() - 1);
  }

  /** Whether Java takes it for an address; anything else it would look up. */
  private static boolean isIpv4(String host) {
    if (!IPV4.matcher(host).matches()) {
      return false;
    }
    for (String part : host.split("\\.", -1)) {
      if (Integer.parseInt(part) > HIGHEST_BYTE) {
        return false;
      }
    }
    return true;
  }

  private static Optional<InetAddress> read(String literal) {
    try {
      return Optional.of(InetAddress.getByName(literal));
    } catch (UnknownHostException e) {
      return Optional.empty(); // no address after all
    }
  }
}

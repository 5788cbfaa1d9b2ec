package dev.kafkapod.common;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port.
 *
 * @param host as it was written, an IPv6 address in its brackets
 * @param port 1 to 65535
 */
public record Address(String host, int port) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int HIGHEST_PORT = 65535;

  /** As in org.apache.kafka.common.utils.Utils.getHost, which skips what stands before ://. */
  private static final Pattern HOST_AND_PORT =
      Pattern.compile(
          "([0-9a-zA-Z%._-]*://)?(?<host>\\[[0-9a-zA-Z%._:-]+]|[0-9a-zA-Z%._:-]+):(?<port>\\d{1,9})");

  /**
   * Reads HOST:PORT as Kafka does in its configuration: an IPv6 address with or without brackets,
   * with or without a protocol before it. Empty if it is anything else, or nobody can connect to
   * that port.
   */
  public static Optional<Address> read(String text) {
    Matcher matcher = HOST_AND_PORT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group("port"));
    return host(matcher.group("host")).filter(it -> isPort(port)).map(it -> new Address(it, port));
  }

  /**
   * A host as it stands before a port: an IPv6 address in brackets, anything else without. Empty if
   * it is neither an address nor can be a name.
   */
  public static Optional<String> host(String written) {
    boolean brackets = written.startsWith("[") && written.endsWith("]");
    String bare = brackets ? written.substring(1, written.length() - 1) : written;
    if (bare.indexOf(':') < 0) {
      return Optional.of(bare);
    }
    return Host.literal(bare).map(it -> "[" + bare + "]");
  }

  /** Whether clients can connect to a port of this number. */
  public static boolean isPort(int port) {
    return port >= 1 && port <= HIGHEST_PORT;
  }

  /** Where this machine reaches what is bound or advertised here. */
  public Address fromHere() {
    return Host.isWildcard(host) ? new Address(LOOPBACK, port) : this;
  }

  /** Whether both lead to the same place, as far as it can be told without DNS. */
  public boolean isSameAs(Address other) {
    return port == other.port
        && (Host.isSame(host, other.host)
            || (Host.isThisMachine(host) && Host.isThisMachine(other.host)));
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}

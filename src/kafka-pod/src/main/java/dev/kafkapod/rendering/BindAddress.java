package dev.kafkapod.rendering;

import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Where clients are served where nobody has written a listener: {@code ${bind}} in the template
 * single-node.
 *
 * @param host an address, IPv6 in its brackets
 * @param reason what made it that one, for people
 */
public record BindAddress(String host, String reason) {

  /** All addresses in a network of the container's own, otherwise loopback. */
  public static final String CONTAINER = "container";

  public static final String LOOPBACK = "127.0.0.1";

  private static final String ALL = "0.0.0.0";
  private static final String VARIABLE = "KAFKA_POD_BIND";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
  private static final Pattern IPV6 = Pattern.compile("\\[?([0-9a-fA-F.]*:[0-9a-fA-F:.]+)]?");

  public BindAddress {
    Objects.requireNonNull(host);
    Objects.requireNonNull(reason);
  }

  /** Checks a value; throws an IllegalArgumentException with the rule. */
  public static String checked(String value) {
    String given = value.strip();
    if (!HOST.matcher(given).matches() && !IPV6.matcher(given).matches()) {
      throw new IllegalArgumentException(
          "must be an address without a port, or %s, got '%s'; write for example %s"
              .formatted(CONTAINER, value, ALL));
    }
    return given;
  }

  /**
   * What a value means here.
   *
   * @param given an address, or {@link #CONTAINER}
   * @param network asked only where that decides
   */
  public static BindAddress of(String given, Supplier<NetworkOwner> network) {
    if (given.equals(CONTAINER)) {
      return inContainer(network.get());
    }
    String host = IPV6.matcher(given).replaceFirst("[$1]");
    return new BindAddress(
        host,
        host.equals(LOOPBACK)
            ? "127.0.0.1 can't be reached from outside; %s=%s binds all addresses"
                .formatted(VARIABLE, ALL)
            : "%s=%s".formatted(VARIABLE, given));
  }

  private static BindAddress inContainer(NetworkOwner network) {
    return switch (network) {
      case CONTAINER ->
          new BindAddress(
              ALL,
              "the network is this container's own, so all of its addresses are bound, and its neighbours can connect, too; %s=%s binds loopback alone"
                  .formatted(VARIABLE, LOOPBACK));
      case MACHINE ->
          new BindAddress(
              LOOPBACK,
              "the network is a machine's, so only 127.0.0.1 is bound, which can't be reached from outside; %s=%s binds all addresses"
                  .formatted(VARIABLE, ALL));
      case UNKNOWN ->
          new BindAddress(
              LOOPBACK,
              "it is unknown whether the network is this container's own, so only 127.0.0.1 is bound, which can't be reached from outside; %s=%s binds all addresses"
                  .formatted(VARIABLE, ALL));
    };
  }
}

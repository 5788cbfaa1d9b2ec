package dev.kafkapod.diagnosis;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * What was seen at one of the addresses that a name stands for.
 *
 * @param address as it was configured, host:port
 * @param ip what the host name was resolved to; empty where it stands for one address only
 * @param where the same, to connect to; empty for a name without an address
 */
public record SeenAddress(
    String address, String ip, Optional<InetSocketAddress> where, Sight sight) {

  public SeenAddress {
    Objects.requireNonNull(address);
    Objects.requireNonNull(ip);
    Objects.requireNonNull(where);
    Objects.requireNonNull(sight);
  }

  /** The same, seen better. */
  public SeenAddress as(Sight better) {
    return new SeenAddress(address, ip, where, better);
  }

  String label() {
    return ip.isEmpty() ? address : address + " (" + ip + ")";
  }
}

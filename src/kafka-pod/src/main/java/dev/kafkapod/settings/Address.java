package dev.kafkapod.settings;

/**
 * A host and a port.
 *
 * @param host as it was written, an IPv6 address in its brackets
 * @param port 1 to 65535
 */
public record Address(String host, int port) {
  @Override
  public String toString() {
    return host + ":" + port;
  }
}

package dev.kafkapod.readiness;

import java.util.Objects;
import java.util.Optional;

/**
 * A broker as its cluster lists it.
 *
 * @param id the node id
 * @param host the advertised host on the listener that was asked
 * @param port the advertised port, 0 to 65535
 * @param rack the rack, where the broker has one
 * @param fenced whether the controller has fenced the broker; false where the cluster can't say so
 *     (before Kafka 4.0 a fenced broker isn't listed at all)
 */
public record ClusterNode(int id, String host, int port, Optional<String> rack, boolean fenced) {
  public ClusterNode {
    Objects.requireNonNull(host);
    Objects.requireNonNull(rack);
  }

  /** {@code host:port}, with an IPv6 host in brackets. */
  public String address() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}

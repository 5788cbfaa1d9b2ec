package dev.kafkapod.readiness;

import java.util.Objects;
import java.util.Optional;

/**
 * A broker's rack, read as where it runs: a zone, or {@code zone/cluster} where one Kafka cluster
 * stretches over several Kubernetes clusters.
 *
 * @param zone the part before the last slash, or all of it
 * @param cluster the part after the last slash
 */
public record Rack(String zone, Optional<String> cluster) {
  public Rack {
    Objects.requireNonNull(zone);
    Objects.requireNonNull(cluster);
  }

  /** Reads it. */
  public static Rack of(String rack) {
    int slash = rack.lastIndexOf('/');
    return slash < 0
        ? new Rack(rack, Optional.empty())
        : new Rack(rack.substring(0, slash), Optional.of(rack.substring(slash + 1)));
  }
}

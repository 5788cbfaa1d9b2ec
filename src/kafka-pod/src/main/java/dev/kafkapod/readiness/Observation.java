package dev.kafkapod.readiness;

import dev.kafkapod.common.Answer;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that was seen for one verdict.
 *
 * @param broker the local process
 * @param listener whether the local listener accepts connections
 * @param cluster the cluster that it belongs to
 */
public record Observation(
    Answer<BrokerSnapshot> broker,
    Answer<ListenerSnapshot> listener,
    Answer<ClusterSnapshot> cluster) {
  public Observation {
    Objects.requireNonNull(broker);
    Objects.requireNonNull(listener);
    Objects.requireNonNull(cluster);
  }

  /**
   * What came of connecting to a listener.
   *
   * @param address host:port
   * @param problem why no connection was made; empty if one was
   */
  public record ListenerSnapshot(String address, Optional<String> problem) {
    public ListenerSnapshot {
      Objects.requireNonNull(address);
      Objects.requireNonNull(problem);
    }
  }
}

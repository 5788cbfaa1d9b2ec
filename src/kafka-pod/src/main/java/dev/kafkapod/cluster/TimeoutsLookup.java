package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.ClusterTimeouts;
import dev.kafkapod.readiness.ControlPlane;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * The cluster's time-outs, of a node that is asked for its configuration: once for each client, and
 * only where they can make a difference, because the answer has 25 KB. Needs DescribeConfigs on
 * Cluster; without it the time-outs are unknown.
 */
final class TimeoutsLookup {

  /** Followers fetch at least every 500 ms: nobody who keeps up is further behind than this. */
  private static final Duration KEEPS_UP = Duration.ofSeconds(1);

  /** Whoever has just answered doesn't need more, and what is asked matters less than the rest. */
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private Optional<ClusterTimeouts> found = Optional.empty();

  /**
   * The time-outs.
   *
   * @param witnesses ids of nodes that have just answered
   * @param detail whether it is about a stop, which must be safe for a time that follows from them
   */
  ClusterTimeouts of(
      Admin admin,
      Set<Integer> witnesses,
      ControlPlane controlPlane,
      ClusterProbe.Detail detail,
      Deadline deadline) {
    boolean matters =
        detail == ClusterProbe.Detail.EVERY_PARTITION
            || controlPlane instanceof ControlPlane.ZooKeeper
            || somebodyLags(controlPlane);
    if (found.isEmpty() && matters && !witnesses.isEmpty() && !deadline.hasPassed()) {
      found = ask(admin, Collections.min(witnesses), deadline);
    }
    return found.orElse(ClusterTimeouts.UNKNOWN);
  }

  private static boolean somebodyLags(ControlPlane controlPlane) {
    return controlPlane instanceof ControlPlane.Quorum quorum && !quorum.allWithin(KEEPS_UP);
  }

  /** Empty if there was no answer: another time there may be one. */
  private static Optional<ClusterTimeouts> ask(Admin admin, int node, Deadline deadline) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(node));
    try {
      return Optional.of(
          ClusterTimeouts.in(
              Calls.await(
                      admin.describeConfigs(List.of(resource)).values().get(resource),
                      "asking node " + node + " for its time-outs",
                      deadline.orIn(LIMIT))
                  .entries()
                  .stream()
                  .filter(entry -> entry.value() != null)
                  .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
    } catch (AuthorizationException e) {
      return Optional.of(ClusterTimeouts.UNKNOWN);
    } catch (KafkaException | Unanswered e) {
      return Optional.empty();
    }
  }
}

package dev.kafkapod.readiness;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Sees over time which reassignments make no progress, and whether a log recovery does. What makes
 * none isn't worth waiting for.
 *
 * <p>A reassignment's progress shows in nothing but its replicas and ISR, without asking brokers
 * for the sizes of all their logs. So one that copies for long looks like one that stands still,
 * and isn't waited for either once {@link #PATIENCE} is over.
 */
public final class Progress {

  /** How long something may look the same before it counts as standing still. */
  public static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Duration patience;
  private Map<String, Since> reassignments = Map.of();
  private Optional<Recovering> recovering = Optional.empty();

  /** With {@link #PATIENCE}. */
  public Progress() {
    this(PATIENCE);
  }

  /**
   * Nothing has been seen yet.
   *
   * @param patience how long something may look the same before it counts as standing still
   */
  public Progress(Duration patience) {
    this.patience = Objects.requireNonNull(patience);
  }

  private record Since(
      List<Integer> adding, List<Integer> removing, List<Integer> isr, long nanos) {
    boolean isSame(PartitionState partition) {
      return adding.equals(partition.adding())
          && removing.equals(partition.removing())
          && isr.equals(partition.isr());
    }
  }

  private record Recovering(RecoveryProgress at, long sinceNanos) {}

  /**
   * The same cluster, with the reassignments marked that have stood still.
   *
   * @param nowNanos the time on a clock that never jumps, in nanoseconds
   */
  public synchronized ClusterSnapshot of(ClusterSnapshot cluster, long nowNanos) {
    if (!tellsOfReassignments(cluster)) {
      return cluster;
    }
    Map<String, Since> now = new HashMap<>();
    boolean anyStalled = false;
    for (PartitionState partition : cluster.partitions()) {
      if (partition.isReassigned()) {
        Since before = reassignments.get(partition.name());
        Since since =
            before != null && before.isSame(partition)
                ? before
                : new Since(partition.adding(), partition.removing(), partition.isr(), nowNanos);
        now.put(partition.name(), since);
        anyStalled |= isOver(since.nanos(), nowNanos);
      }
    }
    reassignments = now;
    return anyStalled
        ? cluster.withPartitions(
            cluster.partitions().stream().map(it -> marked(it, nowNanos)).toList())
        : cluster;
  }

  /**
   * Only a controller knows which are running: without one, none is seen, and that is no progress.
   */
  private static boolean tellsOfReassignments(ClusterSnapshot cluster) {
    return !(cluster.controlPlane() instanceof ControlPlane.Silent)
        && !(cluster.controlPlane() instanceof ControlPlane.ZooKeeper mode
            && !mode.silent().isEmpty());
  }

  private PartitionState marked(PartitionState partition, long nowNanos) {
    Since since = reassignments.get(partition.name());
    return since != null && isOver(since.nanos(), nowNanos) ? partition.asStalled() : partition;
  }

  /**
   * Whether the broker recovers its logs and gets nowhere with it.
   *
   * @param nowNanos the time on the same clock
   */
  public synchronized boolean isRecoveryStalled(BrokerSnapshot broker, long nowNanos) {
    if (broker.recovery().isEmpty()) {
      recovering = Optional.empty();
      return false;
    }
    RecoveryProgress at = broker.recovery().get();
    Recovering since =
        recovering.filter(it -> it.at().equals(at)).orElseGet(() -> new Recovering(at, nowNanos));
    recovering = Optional.of(since);
    return isOver(since.sinceNanos(), nowNanos);
  }

  private boolean isOver(long sinceNanos, long nowNanos) {
    return nowNanos - sinceNanos >= patience.toNanos();
  }
}

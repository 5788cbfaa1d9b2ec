package dev.kafkapod.readiness;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A partition and those of its replicas' brokers that are alive: what its ISR can spare. {@code
 * ready} and {@code can-stop} judge by these rules alike.
 *
 * <p>Only live members of an ISR count. Nodes and partitions come from different brokers, whose
 * metadata may be seconds apart, so that a fenced broker can still be listed in an ISR.
 */
public final class IsrOutlook {

  private final PartitionState partition;
  private final Set<Integer> live;
  private final boolean completesWithoutAll;
  private final List<Integer> liveIsr;

  private IsrOutlook(PartitionState partition, Set<Integer> live, boolean completesWithoutAll) {
    this.partition = partition;
    this.live = live;
    this.completesWithoutAll = completesWithoutAll;
    this.liveIsr = live.containsAll(partition.isr()) ? partition.isr() : only(partition.isr());
  }

  private List<Integer> only(List<Integer> ids) {
    return ids.stream().filter(live::contains).toList();
  }

  /** Looks at partitions of one cluster. */
  public static final class Of {
    private final Set<Integer> live;
    private final boolean completesWithoutAll;

    /** Of a cluster as it was seen. */
    public Of(ClusterSnapshot cluster) {
      this.live = Set.copyOf(cluster.liveIds());
      // KafkaController.isReassignmentComplete, of ZooKeeper mode, waits for every replica
      this.completesWithoutAll = !(cluster.controlPlane() instanceof ControlPlane.ZooKeeper);
    }

    /** The outlook of one of its partitions. */
    public IsrOutlook partition(PartitionState partition) {
      return new IsrOutlook(partition, live, completesWithoutAll);
    }
  }

  /** Its members that are alive. */
  public List<Integer> liveIsr() {
    return liveIsr;
  }

  /**
   * Whether nobody can read or write it. A leader that is fenced has been replaced, as soon as its
   * cluster knows, if another member of the ISR is alive.
   */
  public boolean isOffline() {
    return partition.leader().isEmpty()
        || (!live.contains(partition.leader().getAsInt()) && liveIsr.isEmpty());
  }

  /**
   * Whether a replica that it is meant to have in sync isn't, or is one of a broker that is gone.
   */
  public boolean isUnderReplicated() {
    return partition.withIsr(liveIsr).isUnderReplicated();
  }

  /** Whether min ISR matters, because a replica is missing. */
  public boolean isShrunk() {
    return liveIsr.size() < partition.replicas().size();
  }

  /**
   * Whether brokers refuse acks=all writes: a broker enforces min.insync.replicas only up to the
   * number of replicas, and counts those too that a reassignment is still adding
   * (kafka.cluster.Partition.effectiveMinIsr).
   */
  public boolean isUnderMinIsr(int minIsr) {
    return liveIsr.size() < bound(minIsr, partition.replicas());
  }

  /**
   * Whether the loss of one more member of the ISR would break it, and it is worth waiting until
   * that is no longer so. What no waiting spares isn't counted: it would block for ever.
   */
  public boolean isAtMinIsr(int minIsr) {
    if (isUnderMinIsr(minIsr) || !isShrunk()) {
      return false; // a reassignment that lacks nobody completes at once
    }
    if (!partition.isReassigned()) {
      return liveIsr.size() == minIsr && partition.meant().size() > minIsr;
    }
    return liveIsr.stream()
        .map(lost -> after(Set.of(lost)).loss(Optional.of(minIsr)))
        .flatMap(Optional::stream)
        .anyMatch(loss -> !loss.unavoidable());
  }

  private static int bound(int minIsr, List<Integer> replicas) {
    return Math.min(minIsr, replicas.size());
  }

  /** What is left of it without some brokers. */
  public After after(Set<Integer> stopped) {
    return new After(stopped);
  }

  /**
   * What a stop takes from a partition that can't spare it.
   *
   * @param leaderless whether nobody would be left to lead it
   * @param remaining the members of the ISR that would go on
   * @param onCompletion whether that is so only once the running reassignment completes
   * @param unavoidable whether waiting spares it nothing: there are no more replicas than its min
   *     ISR, or only one; all others are in sync; and no reassignment that moves on changes that
   */
  public record Loss(
      boolean leaderless, List<Integer> remaining, boolean onCompletion, boolean unavoidable) {
    public Loss {
      remaining = List.copyOf(remaining);
    }
  }

  /** A partition without some brokers. */
  public final class After {
    private final Set<Integer> stopped;
    private final List<Integer> remaining;

    private After(Set<Integer> stopped) {
      this.stopped = Objects.requireNonNull(stopped);
      this.remaining = without(liveIsr);
    }

    private List<Integer> without(List<Integer> ids) {
      return ids.stream().filter(id -> !stopped.contains(id)).toList();
    }

    /** Whether the loss can't be told without a min ISR. */
    public boolean dependsOnMinIsr() {
      return !elected().isEmpty();
    }

    /**
     * What the partition loses, if it is more than it can spare.
     *
     * @param minIsr its min.insync.replicas; without it, only the loss of all is seen
     */
    public Optional<Loss> loss(Optional<Integer> minIsr) {
      List<Integer> left = elected();
      if (left.isEmpty()) {
        return Optional.of(new Loss(true, left, false, isUnavoidable(minIsr)));
      }
      if (minIsr.isEmpty()) {
        return Optional.empty();
      }
      if (left.size() < bound(minIsr.get(), partition.replicas())) {
        return Optional.of(new Loss(false, left, false, isUnavoidable(minIsr)));
      }
      return whenComplete(minIsr.get());
    }

    /** With nobody left in the ISR, Kafka makes a leader of an eligible replica, and it the ISR. */
    private List<Integer> elected() {
      return remaining.isEmpty()
          ? without(only(partition.eligible())).stream().limit(1).toList()
          : remaining;
    }

    private boolean isUnavoidable(Optional<Integer> minIsr) {
      Set<Integer> whole = new LinkedHashSet<>(partition.meant());
      whole.addAll(liveIsr);
      Set<Integer> left = new LinkedHashSet<>(whole);
      left.removeAll(stopped);
      // one restart takes one replica: where more are lost, waiting for the others helps
      boolean takesOne = left.size() == whole.size() - 1 && remaining.size() == left.size();
      boolean noneToSpare =
          left.isEmpty()
              || minIsr.filter(it -> left.size() < bound(it, partition.replicas())).isPresent();
      return takesOne && noneToSpare && !isCured(minIsr);
    }

    /** Whether the running reassignment, once it is complete, lets these brokers go. */
    private boolean isCured(Optional<Integer> minIsr) {
      if (!movesOn()) {
        return false;
      }
      List<Integer> target = partition.target();
      List<Integer> left = without(target);
      return left.size() == target.size()
          || (!left.isEmpty() && left.size() >= bound(minIsr.orElse(1), target));
    }

    /**
     * What the ISR is once the replicas that are being added have joined it, and those that are
     * being removed have left. From 4.3 on, a reassignment that removes no more replicas than it
     * adds completes without the replicas that stay (PartitionReassignmentReplicas, KAFKA-19975);
     * before, it waits for all of them, and so nothing is lost then.
     */
    private Optional<Loss> whenComplete(int minIsr) {
      List<Integer> adding = partition.adding();
      boolean early =
          completesWithoutAll
              && !partition.removing().isEmpty()
              && !adding.isEmpty()
              && adding.size() >= partition.removing().size()
              && !(partition.stalled() && !live.containsAll(adding));
      if (!early) {
        return Optional.empty();
      }
      List<Integer> target = partition.target();
      List<Integer> left = completed(remaining);
      boolean costs = left.size() < completed(liveIsr).size();
      return costs && left.size() < bound(minIsr, target)
          ? Optional.of(
              new Loss(
                  false, left, true, target.size() <= minIsr && left.size() == target.size() - 1))
          : Optional.empty();
    }

    private List<Integer> completed(List<Integer> isr) {
      return partition.target().stream()
          .filter(id -> isr.contains(id) || partition.adding().contains(id))
          .toList();
    }
  }

  /** Whether a reassignment is running of which there is hope that it completes. */
  public boolean movesOn() {
    return partition.isReassigned() && !partition.stalled() && live.containsAll(partition.adding());
  }
}

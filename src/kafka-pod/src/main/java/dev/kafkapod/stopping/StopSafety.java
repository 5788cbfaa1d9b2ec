package dev.kafkapod.stopping;

import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.IsrOutlook;
import dev.kafkapod.readiness.PartitionState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What stopping nodes would break. KRaft's controlled shutdown refuses nothing: neither for min ISR
 * nor for partitions that it leaves without a leader (ReplicationControlManager).
 *
 * <p>A partition with replicas on a node that stops is spared when enough of its ISR goes on: at
 * least min(min.insync.replicas, number of replicas), which is what brokers enforce (those being
 * added count, Partition.effectiveMinIsr), and at least one. Fenced brokers don't go on, whatever
 * the ISR says; members that a reassignment is removing do until they leave, and where the
 * reassignment may complete before the node is back, what is left then has to be enough as well
 * ({@link IsrOutlook}). A replica that serves nobody and isn't coming back may always go: the
 * partition is as it was.
 */
public final class StopSafety {

  private final ClusterSnapshot cluster;
  private final Set<Integer> stopped;
  private final Set<Integer> allGone;
  private final FencedBrokers fenced;
  private final IsrOutlook.Of outlook;
  private final List<BrokenPartition> broken = new ArrayList<>();
  private final List<BrokenPartition> uncured = new ArrayList<>();
  private final Set<String> topicsWithoutMinIsr = new LinkedHashSet<>();
  private int partitions;

  private StopSafety(
      ClusterSnapshot cluster,
      Set<Integer> stopped,
      Set<Integer> others,
      Optional<LocalBroker> local) {
    this.cluster = cluster;
    this.stopped = stopped;
    this.allGone = new TreeSet<>(stopped);
    allGone.addAll(others);
    this.fenced = FencedBrokers.among(stopped, cluster, local);
    this.outlook = new IsrOutlook.Of(cluster);
  }

  /**
   * Looks at a cluster whose answers are trusted.
   *
   * @param cluster with every partition
   * @param stopped node ids of brokers and controllers that would stop together
   * @throws IllegalArgumentException if partitions are left out of the snapshot: they may be those
   *     that break
   */
  public static Consequences of(ClusterSnapshot cluster, Set<Integer> stopped) {
    return of(cluster, stopped, Set.of(), Optional.empty());
  }

  /**
   * The same where others have been let go already: what they break without these nodes isn't
   * counted, and what these nodes have a part in is.
   *
   * @param others node ids that count as stopped, too
   * @param local what the local broker says of itself
   */
  static Consequences of(
      ClusterSnapshot cluster,
      Set<Integer> stopped,
      Set<Integer> others,
      Optional<LocalBroker> local) {
    if (cluster.partitions().size() < cluster.partitionCount()) {
      throw new IllegalArgumentException(
          "a stop can't be judged by %d of %d partitions"
              .formatted(cluster.partitions().size(), cluster.partitionCount()));
    }
    return new StopSafety(cluster, new TreeSet<>(stopped), others, local).consequences();
  }

  private Consequences consequences() {
    cluster.partitions().forEach(this::look);
    List<String> undecided = new ArrayList<>();
    if (!topicsWithoutMinIsr.isEmpty()) {
      undecided.add(
          cluster
              .minIsrProblem()
              .orElse(
                  "min.insync.replicas of "
                      + topicsWithoutMinIsr.iterator().next()
                      + " isn't known"));
    }
    cluster.hiddenTopics().ifPresent(undecided::add);
    Set<Integer> controllers = new TreeSet<>(stopped);
    Set<Integer> brokers = new TreeSet<>(stopped);
    brokers.removeIf(this::isNoBroker);
    controllers.removeAll(brokers);
    return new Consequences(
        List.copyOf(brokers),
        List.copyOf(controllers),
        partitions,
        broken,
        uncured,
        List.copyOf(fenced.starting()),
        quorum(),
        undecided);
  }

  /** Asked of, controllers list themselves, and no brokers. */
  private boolean isNoBroker(int id) {
    if (cluster.asked() == ClusterSnapshot.Asked.CONTROLLERS) {
      return true;
    }
    return cluster.node(id).isEmpty()
        && cluster.controlPlane() instanceof ControlPlane.Quorum quorum
        && quorum.voters().stream().anyMatch(voter -> voter.id() == id);
  }

  private void look(PartitionState partition) {
    if (partition.replicas().stream().noneMatch(stopped::contains)) {
      return;
    }
    partitions++;
    Optional<Integer> minIsr = Optional.ofNullable(cluster.minIsr().get(partition.topic()));
    IsrOutlook.After after = outlook.partition(partition).after(allGone);
    boolean same =
        partition.replicas().stream()
            .filter(stopped::contains)
            .allMatch(id -> isIdle(id, partition));
    if (!same && minIsr.isEmpty() && after.dependsOnMinIsr()) {
      topicsWithoutMinIsr.add(partition.topic());
    }
    after
        .loss(minIsr)
        .ifPresent(loss -> (same ? uncured : broken).add(broken(partition, minIsr, loss)));
  }

  /**
   * Whether the partition is the same without this replica. Where a broker that is fenced in one
   * answer leads, or is in sync, in another, they are of different moments, and nobody knows; but
   * the last member stays in the ISR of a partition that has lost its leader by it.
   */
  private boolean isIdle(int id, PartitionState partition) {
    if (partition.leader().isPresent() && partition.isr().contains(id)) {
      return false;
    }
    return fenced.gone().contains(id)
        || (partition.stalled()
            && partition.adding().contains(id)
            && !partition.isr().contains(id));
  }

  private BrokenPartition broken(
      PartitionState partition, Optional<Integer> minIsr, IsrOutlook.Loss loss) {
    List<Integer> missing =
        partition.replicas().stream()
            .filter(id -> !allGone.contains(id) && !loss.remaining().contains(id))
            .filter(id -> !(loss.onCompletion() && partition.removing().contains(id)))
            .toList();
    return new BrokenPartition(
        partition,
        loss.leaderless() ? Harm.LEADERLESS : Harm.UNDER_MIN_ISR,
        minIsr.map(OptionalInt::of).orElse(OptionalInt.empty()),
        loss.remaining(),
        missing,
        loss.onCompletion(),
        loss.unavoidable());
  }

  private Optional<QuorumLoss> quorum() {
    if (!(cluster.controlPlane() instanceof ControlPlane.Quorum quorum)) {
      return Optional.empty();
    }
    if (quorum.voters().stream().noneMatch(voter -> stopped.contains(voter.id()))) {
      return Optional.empty();
    }
    List<Integer> sound = new ArrayList<>();
    List<Integer> lagging = new ArrayList<>();
    List<Integer> replaced = new ArrayList<>();
    for (ControlPlane.Follower voter : quorum.voters()) {
      if (allGone.contains(voter.id())) {
        continue;
      }
      boolean near = quorum.isWithin(voter, cluster.timeouts().quorumFetch());
      (near ? sound : lagging).add(voter.id());
      if (!near && quorum.replacement(voter).isPresent()) {
        replaced.add(voter.id());
      }
    }
    int votes = quorum.voters().size();
    return sound.size() < QuorumLoss.majority(votes)
        ? Optional.of(new QuorumLoss(votes, sound, lagging, replaced))
        : Optional.empty();
  }
}

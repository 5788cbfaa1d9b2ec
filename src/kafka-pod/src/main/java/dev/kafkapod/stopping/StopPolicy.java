package dev.kafkapod.stopping;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Freshness;
import dev.kafkapod.readiness.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Judges whether nodes may stop now. A known no beats an unknown, and an unknown beats a yes; what
 * a cluster says that isn't trusted is unknown.
 *
 * @param allowance which harm is let pass, because no waiting would spare it
 */
public record StopPolicy(Allowance allowance) {

  private static final int EXAMPLES = 3;
  private static final String BLIND =
      "controllers describe no partitions; name brokers with --bootstrap-server";

  public StopPolicy {
    Objects.requireNonNull(allowance);
  }

  /**
   * Judges the stop of the local node.
   *
   * @param local who it is
   */
  public StopAssessment assess(BrokerSnapshot local, ClusterSnapshot cluster) {
    return assess(local, cluster, false);
  }

  /**
   * Judges the stop of the local node.
   *
   * @param local who it is
   * @param recoveryStalled whether it recovers its logs and has got nowhere for long ({@link
   *     dev.kafkapod.readiness.Progress})
   */
  public StopAssessment assess(
      BrokerSnapshot local, ClusterSnapshot cluster, boolean recoveryStalled) {
    return assess(local, cluster, recoveryStalled, Set.of());
  }

  /**
   * Judges the stop of the local node, where others have been let go already.
   *
   * @param recoveryStalled as above
   * @param others node ids that count as stopped, too
   */
  public StopAssessment assess(
      BrokerSnapshot local, ClusterSnapshot cluster, boolean recoveryStalled, Set<Integer> others) {
    Optional<StopAssessment> recovering = recovering(local, recoveryStalled);
    if (recovering.isPresent()) {
      return recovering.get();
    }
    Optional<String> distrust = distrust(cluster, Answer.known(local));
    if (distrust.isPresent()) {
      return StopAssessment.unknown(distrust.get());
    }
    if (local.nodeId().isEmpty()) {
      return StopAssessment.unknown(local.name() + "'s node id isn't known yet");
    }
    int id = local.nodeId().getAsInt();
    boolean known =
        new Selection(Set.of(id), Optional.empty(), Optional.empty()).in(cluster)
            instanceof Selection.SelectedNodes.Found;
    if (!known) {
      return StopAssessment.unknown(
          "%s isn't among the nodes of cluster %s; check --bootstrap-server"
              .formatted(local.name(), cluster.clusterId()));
    }
    if (cluster.asked() == ClusterSnapshot.Asked.CONTROLLERS && !local.isControllerOnly()) {
      return StopAssessment.unknown(BLIND);
    }
    boolean running = local.state().filter(it -> it == BrokerState.RUNNING).isPresent();
    return assess(
        cluster, Set.of(id), others, Optional.of(new LocalBroker(id, running, recoveryStalled)));
  }

  /**
   * No, if the local node is recovering its logs, whatever is known of the cluster: it would start
   * all over.
   *
   * @param stalled whether it has got nowhere for long, so that waiting is of no use
   */
  public static Optional<StopAssessment> recovering(BrokerSnapshot local, boolean stalled) {
    return local
        .recovery()
        .filter(it -> !stalled)
        .map(
            it ->
                new StopAssessment(
                    new Verdict.No(
                        List.of(
                            "recovering (%s: %s), and a stop makes it start all over; wait for it"
                                .formatted(local.name(), it.remaining()))),
                    Optional.empty()));
  }

  /**
   * Why nobody's stop can be judged by what this cluster says; empty if it can.
   *
   * @param local the local node; unknown where nobody asked for it
   */
  public static Optional<String> distrust(ClusterSnapshot cluster, Answer<BrokerSnapshot> local) {
    return Freshness.staleBecause(cluster, local)
        .or(() -> local.value().flatMap(it -> Freshness.clusterMismatch(it, cluster)));
  }

  /**
   * Judges the stop of some nodes together.
   *
   * @param cluster with every partition; its answers are trusted
   * @param stopped their node ids, at least one
   */
  public StopAssessment assessOthers(ClusterSnapshot cluster, Set<Integer> stopped) {
    return assessOthers(cluster, stopped, Set.of());
  }

  /**
   * The same where others have been let go already.
   *
   * @param others node ids that count as stopped, too
   */
  public StopAssessment assessOthers(
      ClusterSnapshot cluster, Set<Integer> stopped, Set<Integer> others) {
    return cluster.asked() == ClusterSnapshot.Asked.CONTROLLERS
        ? StopAssessment.unknown(BLIND)
        : assess(cluster, stopped, others, Optional.empty());
  }

  private StopAssessment assess(
      ClusterSnapshot cluster,
      Set<Integer> stopped,
      Set<Integer> others,
      Optional<LocalBroker> local) {
    Consequences consequences = StopSafety.of(cluster, stopped, others, local);
    return new StopAssessment(verdict(consequences), Optional.of(consequences), cluster.toNotice());
  }

  private Verdict verdict(Consequences consequences) {
    List<String> reasons = harms(consequences.broken(), it -> !allowance.covers(it));
    consequences.quorum().ifPresent(loss -> reasons.add(loss.describe()));
    if (!consequences.starting().isEmpty()) {
      reasons.add(starting(consequences.starting()));
    }
    if (!reasons.isEmpty()) {
      return new Verdict.No(reasons);
    }
    return consequences.undecided().isEmpty()
        ? new Verdict.Yes(praise(consequences))
        : new Verdict.CannotTell(consequences.undecided());
  }

  private static String praise(Consequences consequences) {
    String there =
        consequences.brokers().isEmpty()
            ? ""
            : " (partitions there: %d)".formatted(consequences.partitions());
    List<String> unavoidable = harms(consequences.broken(), it -> true);
    List<String> uncured = harms(consequences.uncured(), it -> true);
    return "nothing breaks"
        + there
        + (unavoidable.isEmpty() ? "" : ", but unavoidably " + String.join(", ", unavoidable))
        + (uncured.isEmpty() ? "" : "; not cured by it: " + String.join(", ", uncured));
  }

  private static String starting(List<Integer> ids) {
    return ids.size() == 1
        ? "starting (broker %d is fenced, but follows the controller): it may be recovering its logs, and a stop makes it start all over"
            .formatted(ids.get(0))
        : "starting (brokers %s are fenced, but follow the controller): they may be recovering their logs, and a stop makes them start all over"
            .formatted(Wording.ids(ids));
  }

  private static List<String> harms(
      List<BrokenPartition> partitions, Predicate<BrokenPartition> which) {
    List<String> harms = new ArrayList<>();
    for (Harm harm : Harm.values()) {
      those(partitions, which.and(it -> it.harm() == harm))
          .ifPresent(names -> harms.add(harm.label() + " " + names));
    }
    return harms;
  }

  /** {@code 12 (orders-3, orders-7, …)}; empty if there are none. */
  private static Optional<String> those(
      List<BrokenPartition> partitions, Predicate<BrokenPartition> which) {
    List<String> names =
        partitions.stream().filter(which).map(it -> it.partition().name()).toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    String examples = String.join(", ", names.subList(0, Math.min(EXAMPLES, names.size())));
    return Optional.of(
        "%d (%s%s)".formatted(names.size(), examples, names.size() > EXAMPLES ? ", …" : ""));
  }
}

package dev.kafkapod.readiness;

import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.Finding.Clear;
import dev.kafkapod.readiness.Finding.Holds;
import dev.kafkapod.readiness.Finding.NotApplicable;
import dev.kafkapod.readiness.Finding.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks at each condition, whether or not its gate is in force. */
final class ConditionChecks {

  private final Observation seen;
  private final Optional<Doubt> doubt;
  private final Predicate<String> excludedTopics;

  ConditionChecks(Observation seen, Optional<Doubt> doubt, Predicate<String> excludedTopics) {
    this.seen = seen;
    this.doubt = doubt;
    this.excludedTopics = excludedTopics;
  }

  Finding of(Condition condition) {
    return switch (condition) {
      case BROKER_STATE -> local(this::brokerState);
      case LISTENER -> listener();
      case FENCED -> withBrokerAndCluster(this::fenced);
      case LOG_DIR -> local(this::logDir);
      case OFFLINE -> partitions(cluster -> Finding.of(outlooks(cluster, IsrOutlook::isOffline)));
      case UNDER_MIN_ISR -> partitions(cluster -> byMinIsr(cluster, IsrOutlook::isUnderMinIsr));
      case AT_MIN_ISR -> partitions(cluster -> byMinIsr(cluster, IsrOutlook::isAtMinIsr));
      case OUT_OF_SYNC -> outOfSync();
      case UNDER_REPLICATED ->
          partitions(cluster -> Finding.of(outlooks(cluster, IsrOutlook::isUnderReplicated)));
      case QUORUM -> local(broker -> quorum(broker).quorum());
      case AT_MIN_QUORUM -> local(broker -> quorum(broker).atMinQuorum());
    };
  }

  private Finding local(Function<BrokerSnapshot, Finding> judge) {
    return seen.broker()
        .value()
        .map(judge)
        .orElseGet(() -> new Unknown(seen.broker().cause().orElseThrow()));
  }

  private Finding clusterSilent() {
    return new Unknown(seen.cluster().cause().orElseThrow(), Grace.FULL);
  }

  private Finding brokerState(BrokerSnapshot broker) {
    if (broker.isControllerOnly()) {
      return new NotApplicable("a controller has no broker state");
    }
    if (broker.state().isEmpty()) {
      return new Unknown(
          "the process has no BrokerState MBean: not a broker, or only just started");
    }
    BrokerState state = broker.state().get();
    return state == BrokerState.RUNNING
        ? new Clear()
        : new Holds(state + broker.recovery().map(it -> " (" + it.describe() + ")").orElse(""));
  }

  private Finding listener() {
    if (seen.listener() instanceof Answer.Known<Observation.ListenerSnapshot> listener) {
      return listener
          .it()
          .problem()
          .<Finding>map(problem -> new Holds(listener.it().address() + ": " + problem))
          .orElseGet(Clear::new);
    }
    return new Unknown(seen.listener().cause().orElseThrow());
  }

  private Finding logDir(BrokerSnapshot broker) {
    OptionalInt offline = broker.offlineLogDirs();
    if (broker.isControllerOnly()) {
      return new NotApplicable("a controller has no log directories of partitions");
    }
    if (offline.isEmpty()) {
      return new Unknown("the broker doesn't say yet how many log directories are offline");
    }
    return offline.getAsInt() == 0 ? new Clear() : new Holds(String.valueOf(offline.getAsInt()));
  }

  private Finding withBrokerAndCluster(BiFunction<BrokerSnapshot, ClusterSnapshot, Finding> judge) {
    return local(
        broker ->
            seen.cluster()
                .value()
                .map(cluster -> judge.apply(broker, cluster))
                .orElseGet(() -> clusterSilent()));
  }

  private Finding fenced(BrokerSnapshot broker, ClusterSnapshot cluster) {
    if (broker.isControllerOnly()) {
      return new NotApplicable("a controller can't be fenced");
    }
    if (broker.nodeId().isEmpty()) {
      return new Unknown("the broker's node id isn't known yet");
    }
    int id = broker.nodeId().getAsInt();
    Optional<String> stranger = Freshness.clusterMismatch(broker, cluster);
    if (stranger.isPresent()) {
      return new Unknown(stranger.get());
    }
    if (cluster.controlPlane() instanceof ControlPlane.Quorum quorum
        && quorum.hasMajorityWithin(Freshness.BROKER_LAG)) {
      Optional<Duration> lag =
          quorum.brokerLag(id).filter(it -> it.compareTo(cluster.timeouts().toFence()) > 0);
      if (lag.isPresent()) {
        return new Holds(
            "(broker %d last caught up with the controller %s ago)"
                .formatted(id, Wording.seconds(lag.get())));
      }
    }
    if (doubt.isPresent()) {
      return doubt.get().unknown();
    }
    if (cluster.asked() == ClusterSnapshot.Asked.CONTROLLERS) {
      return new Unknown(
          "controllers were asked, and they don't list the live brokers; name brokers with --bootstrap-server");
    }
    Optional<ClusterNode> node = cluster.node(id);
    if (node.isEmpty() && cluster.listsFenced()) {
      return new Unknown(
          "broker %d isn't among the nodes of cluster %s (%s); check that --bootstrap-server names its own cluster"
              .formatted(id, cluster.clusterId(), ids(cluster)));
    }
    // clusters before Kafka 4.0 leave fenced brokers out of the list
    return node.filter(it -> !it.fenced()).isPresent()
        ? new Clear()
        : new Holds(
            "(broker %d isn't among the cluster's live brokers: %s)"
                .formatted(id, Wording.ids(cluster.liveIds())));
  }

  private static String ids(ClusterSnapshot cluster) {
    return Wording.ids(cluster.nodes().stream().map(ClusterNode::id).toList());
  }

  private Finding outOfSync() {
    return withBrokerAndCluster(
        (broker, cluster) -> {
          if (broker.isControllerOnly()) {
            return new NotApplicable("a controller has no replicas");
          }
          if (broker.nodeId().isEmpty()) {
            return new Unknown("the broker's node id isn't known yet");
          }
          int id = broker.nodeId().getAsInt();
          return partitions(it -> Finding.of(those(it, partition -> partition.isOutOfSync(id))));
        });
  }

  private QuorumChecks quorum(BrokerSnapshot broker) {
    return new QuorumChecks(broker, seen.cluster(), doubt);
  }

  /**
   * Conditions that are counted over the cluster's partitions: what can't be believed or seen is
   * unknown.
   */
  private Finding partitions(Function<ClusterSnapshot, Finding> judge) {
    if (!(seen.cluster() instanceof Answer.Known<ClusterSnapshot> known)) {
      return clusterSilent();
    }
    ClusterSnapshot cluster = known.it();
    if (cluster.asked() == ClusterSnapshot.Asked.CONTROLLERS) {
      return isControllerOnly()
          ? new NotApplicable("controllers were asked, and they describe no partitions")
          : new Unknown("controllers describe no partitions; name brokers with --bootstrap-server");
    }
    if (doubt.isPresent()) {
      return doubt.get().unknown();
    }
    Optional<String> stranger =
        seen.broker().value().flatMap(broker -> Freshness.clusterMismatch(broker, cluster));
    if (stranger.isPresent()) {
      return new Unknown(stranger.get());
    }
    Finding finding = judge.apply(cluster);
    return cluster.hiddenTopics().map(finding::incomplete).orElse(finding);
  }

  private boolean isControllerOnly() {
    return seen.broker().value().filter(BrokerSnapshot::isControllerOnly).isPresent();
  }

  private List<PartitionState> those(ClusterSnapshot cluster, Predicate<PartitionState> wrong) {
    return judged(cluster).filter(wrong).toList();
  }

  private Stream<PartitionState> judged(ClusterSnapshot cluster) {
    return cluster.partitions().stream()
        .filter(partition -> !excludedTopics.test(partition.topic()));
  }

  private List<PartitionState> outlooks(ClusterSnapshot cluster, Predicate<IsrOutlook> wrong) {
    IsrOutlook.Of outlook = new IsrOutlook.Of(cluster);
    return those(cluster, partition -> wrong.test(outlook.partition(partition)));
  }

  private Finding byMinIsr(ClusterSnapshot cluster, MinIsrRule rule) {
    IsrOutlook.Of outlook = new IsrOutlook.Of(cluster);
    List<PartitionState> wrong =
        those(
            cluster,
            partition -> {
              Integer minIsr = cluster.minIsr().get(partition.topic());
              return minIsr != null && rule.isBroken(outlook.partition(partition), minIsr);
            });
    boolean blind =
        judged(cluster)
            .anyMatch(
                it ->
                    !cluster.minIsr().containsKey(it.topic()) && outlook.partition(it).isShrunk());
    Finding finding = Finding.of(wrong);
    return blind
        ? finding.incomplete(cluster.minIsrProblem().orElse("min.insync.replicas isn't known"))
        : finding;
  }

  private interface MinIsrRule {
    boolean isBroken(IsrOutlook partition, int minIsr);
  }
}

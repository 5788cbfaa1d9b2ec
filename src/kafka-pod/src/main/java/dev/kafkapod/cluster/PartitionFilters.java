package dev.kafkapod.cluster;

import dev.kafkapod.cluster.ClusterProbe.Detail;
import java.util.Collection;
import java.util.function.Predicate;
import org.apache.kafka.common.PartitionInfo;

/**
 * Which partitions and topics are worth a look: most are in order, and a verdict needs none of
 * them.
 */
final class PartitionFilters {

  private PartitionFilters() {}

  static Collection<String> topicsToLookUp(PartitionTable table, ListedNodes nodes, Detail detail) {
    return detail == Detail.VERDICT ? table.topicsOf(shrunk(nodes.liveIds())) : table.topics();
  }

  /**
   * A replica is missing from the ISR, or is there although its broker is fenced: the two lists may
   * be of different moments.
   */
  private static Predicate<PartitionInfo> shrunk(BrokerIds live) {
    return it ->
        it.inSyncReplicas().length < it.replicas().length || !live.containsAll(it.inSyncReplicas());
  }

  private static Predicate<PartitionInfo> outOfOrder(BrokerIds live) {
    Predicate<PartitionInfo> leaderless = it -> it.leader() == null || it.leader().isEmpty();
    return leaderless.or(shrunk(live));
  }

  /** What may turn out to be {@link #wanted} once more is known. */
  static Predicate<PartitionInfo> worthKeeping(Detail detail, ListedNodes nodes) {
    return detail == Detail.VERDICT ? outOfOrder(nodes.liveIds()) : it -> true;
  }

  static Predicate<PartitionInfo> wanted(MinIsrLookup minIsr, ListedNodes nodes, Detail detail) {
    if (detail == Detail.EVERY_PARTITION) {
      return it -> true;
    }
    BrokerIds live = nodes.liveIds();
    Predicate<PartitionInfo> wanted = outOfOrder(live);
    if (detail == Detail.EVERYTHING) {
      wanted =
          wanted.or(
              it ->
                  it.inSyncReplicas().length <= minIsr.values().getOrDefault(it.topic(), 0)
                      || !live.contains(it.leader().id()));
    }
    return wanted;
  }
}

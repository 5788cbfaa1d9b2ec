package dev.kafkapod.cluster;

import java.util.Arrays;
import java.util.Collection;
import org.apache.kafka.common.Node;

/** Some brokers, looked up for every replica of a cluster: cheaper than a set of objects. */
final class BrokerIds {

  private final int[] sorted;

  /** Whether they are all numbers from the first to the last, as they mostly are. */
  private final boolean gapless;

  private BrokerIds(int[] sorted) {
    this.sorted = sorted;
    int count = sorted.length;
    this.gapless = count > 0 && sorted[count - 1] - sorted[0] == count - 1;
  }

  static BrokerIds of(Collection<Integer> ids) {
    return new BrokerIds(ids.stream().mapToInt(Integer::intValue).distinct().sorted().toArray());
  }

  boolean contains(int id) {
    return gapless
        ? id >= sorted[0] && id <= sorted[sorted.length - 1]
        : Arrays.binarySearch(sorted, id) >= 0;
  }

  boolean containsAll(Node[] nodes) {
    for (Node node : nodes) {
      if (!contains(node.id())) {
        return false;
      }
    }
    return true;
  }
}

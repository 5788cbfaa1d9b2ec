package dev.kafkapod.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each broker holds, or will hold by what is planned already. */
final class BrokerLoads {

  private final Map<Integer, long[]> loads = new HashMap<>();

  /** The least loaded first: by replicas, then bytes, then node id. */
  final Comparator<Integer> leastFirst =
      Comparator.<Integer>comparingLong(this::replicas)
          .thenComparingLong(this::bytes)
          .thenComparingInt(id -> id);

  long replicas(int broker) {
    return load(broker)[0];
  }

  long bytes(int broker) {
    return load(broker)[1];
  }

  /** Of how many partitions it is the preferred leader. */
  long leads(int broker) {
    return load(broker)[2];
  }

  /** A partition is there; the preferred leader first. */
  void add(List<Integer> brokers, long size) {
    change(brokers, 1, size);
  }

  /** A partition goes away from there. */
  void remove(List<Integer> brokers, long size) {
    change(brokers, -1, -size);
  }

  private void change(List<Integer> brokers, int replicas, long bytes) {
    for (int i = 0; i < brokers.size(); i++) {
      long[] load = load(brokers.get(i));
      load[0] += replicas;
      load[1] += bytes;
      load[2] += i == 0 ? replicas : 0;
    }
  }

  private long[] load(int broker) {
    return loads.computeIfAbsent(broker, it -> new long[3]);
  }
}

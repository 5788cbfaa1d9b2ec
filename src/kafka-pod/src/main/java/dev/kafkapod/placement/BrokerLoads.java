package dev.kafkapod.placement;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each broker holds, or will hold by what is planned already. */
final class BrokerLoads {

  /** One broker's; looked at so often that it isn't looked up each time. */
  static final class BrokerLoad {

    /** The least loaded first: by replicas, then bytes, then node id. */
    static final Comparator<BrokerLoad> LEAST_FIRST =
        (one, other) -> {
          int byReplicas = Long.compare(one.replicas, other.replicas);
          int byBytes = byReplicas != 0 ? byReplicas : Long.compare(one.bytes, other.bytes);
          return byBytes != 0 ? byBytes : Integer.compare(one.broker, other.broker);
        };

    final int broker;
    private long replicas;
    private long bytes;
    private long leads;

    /** Whether it holds the partition that is being placed. */
    boolean holds;

    private BrokerLoad(int broker) {
      this.broker = broker;
    }

    long replicas() {
      return replicas;
    }

    long bytes() {
      return bytes;
    }

    /** Of how many partitions it is the preferred leader. */
    long leads() {
      return leads;
    }
  }

  private final Map<Integer, BrokerLoad> loads = new HashMap<>();
  private final BrokerLoad[][] cells;

  /** Nobody holds anything yet. */
  BrokerLoads(Grid grid) {
    cells = new BrokerLoad[grid.cells().size()][];
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = grid.brokers(cell).stream().map(this::of).toArray(BrokerLoad[]::new);
    }
  }

  BrokerLoad of(int broker) {
    return loads.computeIfAbsent(broker, BrokerLoad::new);
  }

  /** Those of a cell's brokers, which nobody may change. */
  BrokerLoad[] inCell(int cell) {
    return cells[cell];
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
      BrokerLoad load = of(brokers.get(i));
      load.replicas += replicas;
      load.bytes += bytes;
      load.leads += i == 0 ? replicas : 0;
    }
  }
}

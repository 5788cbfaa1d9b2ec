package dev.kafkapod.placement;

import dev.kafkapod.placement.BrokerLoads.BrokerLoad;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Which brokers are to hold one partition: those that spread it best; of those, the ones to which
 * the fewest replicas move; of those, the ones that keep the preferred leader; of those, the least
 * loaded.
 */
final class ReplicaChoice implements UnitCosts {

  private static final int COMPONENTS = 5;

  private final Grid grid;
  private final List<Integer> before;
  private final BrokerLoads loads;

  /** By cell: who stays first, then who comes first. */
  private final BrokerLoad[][] preference;

  private final int[] holders;

  private ReplicaChoice(Grid grid, List<Integer> before, int replicas, BrokerLoads loads) {
    this.grid = grid;
    this.before = before;
    this.loads = loads;
    holders = grid.counts(before);
    preference = new BrokerLoad[holders.length][];
    before.forEach(id -> loads.of(id).holds = true);
    for (int cell = 0; cell < holders.length; cell++) {
      preference[cell] = preferred(loads.inCell(cell), holders[cell], replicas);
    }
    before.forEach(id -> loads.of(id).holds = false);
  }

  /** All who hold it, and as many others as there may be to come. */
  private BrokerLoad[] preferred(BrokerLoad[] all, int holding, int replicas) {
    int wanted = Math.min(all.length - holding, Math.max(0, replicas - holding));
    BrokerLoad[] first = new BrokerLoad[holding + wanted];
    int staying = 0;
    int coming = 0;
    for (BrokerLoad it : all) {
      if (it.holds) {
        staying = insert(it, first, 0, staying, holding);
      } else {
        coming = insert(it, first, holding, coming, wanted);
      }
    }
    return first;
  }

  /** Puts one in its place among so many; where there is no room, the last falls out. */
  private int insert(BrokerLoad it, BrokerLoad[] into, int from, int count, int limit) {
    if (count == limit && (limit == 0 || !isBefore(it, into[from + limit - 1]))) {
      return count;
    }
    int at = from + Math.min(count, limit - 1);
    while (at > from && isBefore(it, into[at - 1])) {
      into[at] = into[at - 1];
      at--;
    }
    into[at] = it;
    return Math.min(limit, count + 1);
  }

  private boolean isBefore(BrokerLoad one, BrokerLoad other) {
    return isLeader(one.broker)
        || (!isLeader(other.broker) && BrokerLoad.LEAST_FIRST.compare(one, other) < 0);
  }

  private boolean isLeader(int broker) {
    return before.get(0) == broker;
  }

  /**
   * The brokers that are to hold a partition, in the order of its replicas: whoever comes takes the
   * place of whoever goes.
   *
   * @param before who holds it now, the preferred leader first
   * @param replicas how many are to hold it, no more than the grid has brokers
   */
  static List<Integer> of(Grid grid, List<Integer> before, int replicas, BrokerLoads loads) {
    ReplicaChoice choice = new ReplicaChoice(grid, before, replicas, loads);
    int[] counts = SpreadFlow.solve(grid, replicas, choice);
    List<Integer> chosen = new ArrayList<>();
    for (int cell = 0; cell < counts.length; cell++) {
      for (int unit = 0; unit < counts[cell]; unit++) {
        chosen.add(choice.preference[cell][unit].broker);
      }
    }
    return choice.inOrder(chosen);
  }

  private List<Integer> inOrder(List<Integer> chosen) {
    Comparator<Integer> leastFirst = Comparator.comparing(loads::of, BrokerLoad.LEAST_FIRST);
    List<Integer> coming =
        new ArrayList<>(
            chosen.stream().filter(id -> !before.contains(id)).sorted(leastFirst).toList());
    List<Integer> after = new ArrayList<>();
    for (int id : before) {
      if (chosen.contains(id)) {
        after.add(id);
      } else if (!coming.isEmpty()) {
        Integer successor = Collections.min(coming, successors(id).thenComparing(leastFirst));
        coming.remove(successor);
        after.add(successor);
      }
    }
    after.addAll(coming);
    return after;
  }

  /**
   * Best in the same cell, or else in the same zone or cluster; the preferred leader's is who leads
   * least.
   */
  private Comparator<Integer> successors(int leaver) {
    Comparator<Integer> nearest = Comparator.comparingInt(id -> distance(leaver, id));
    return isLeader(leaver) ? nearest.thenComparingLong(id -> loads.of(id).leads()) : nearest;
  }

  private int distance(int leaver, int successor) {
    if (!grid.has(leaver)) {
      return 0;
    }
    int from = grid.cellOf(leaver).getAsInt();
    int to = grid.cellOf(successor).getAsInt();
    if (from == to) {
      return 0;
    }
    return grid.domainOf(0, from) == grid.domainOf(0, to)
        ? 1
        : grid.domainOf(1, from) == grid.domainOf(1, to) ? 2 : 3;
  }

  @Override
  public int size() {
    return COMPONENTS;
  }

  @Override
  public long cost(int cell, int unit, int component) {
    BrokerLoad load = preference[cell][unit - 1];
    return switch (component) {
      case 0 -> unit > holders[cell] ? 1 : 0;
      case 1 -> unit == 1 && isLeader(load.broker) ? -1 : 0;
      case 2 -> load.replicas();
      case 3 -> load.bytes();
      default -> load.broker;
    };
  }
}

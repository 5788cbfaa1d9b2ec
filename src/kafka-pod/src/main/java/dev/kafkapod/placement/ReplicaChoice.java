package dev.kafkapod.placement;

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
  private final List<List<Integer>> preference = new ArrayList<>();

  private final int[] holders;

  private ReplicaChoice(Grid grid, List<Integer> before, int replicas, BrokerLoads loads) {
    this.grid = grid;
    this.before = before;
    this.loads = loads;
    holders = grid.counts(before);
    Comparator<Integer> leaderFirst = Comparator.comparing(id -> !isLeader(id));
    for (int cell = 0; cell < holders.length; cell++) {
      List<Integer> all = new ArrayList<>();
      List<Integer> others = new ArrayList<>();
      for (int id : grid.brokers(cell)) {
        (before.contains(id) ? all : others).add(id);
      }
      all.sort(leaderFirst.thenComparing(loads.leastFirst));
      int wanted = Math.min(others.size(), Math.max(0, replicas - all.size()));
      all.addAll(least(others, wanted));
      preference.add(all);
    }
  }

  /** The few first ones of many, which needn't all be sorted for that. */
  private List<Integer> least(List<Integer> brokers, int count) {
    List<Integer> least = new ArrayList<>(count);
    for (int id : brokers) {
      int at = least.size();
      while (at > 0 && loads.leastFirst.compare(id, least.get(at - 1)) < 0) {
        at--;
      }
      if (at < count) {
        least.add(at, id);
        if (least.size() > count) {
          least.remove(count);
        }
      }
    }
    return least;
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
      chosen.addAll(choice.preference.get(cell).subList(0, counts[cell]));
    }
    return choice.inOrder(chosen);
  }

  private List<Integer> inOrder(List<Integer> chosen) {
    List<Integer> coming =
        new ArrayList<>(
            chosen.stream().filter(id -> !before.contains(id)).sorted(loads.leastFirst).toList());
    List<Integer> after = new ArrayList<>();
    for (int id : before) {
      if (chosen.contains(id)) {
        after.add(id);
      } else if (!coming.isEmpty()) {
        Integer successor = Collections.min(coming, successors(id));
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
    return isLeader(leaver)
        ? nearest.thenComparingLong(loads::leads).thenComparing(loads.leastFirst)
        : nearest.thenComparing(loads.leastFirst);
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
    int broker = preference.get(cell).get(unit - 1);
    return switch (component) {
      case 0 -> unit > holders[cell] ? 1 : 0;
      case 1 -> unit == 1 && isLeader(broker) ? -1 : 0;
      case 2 -> loads.replicas(broker);
      case 3 -> loads.bytes(broker);
      default -> broker;
    };
  }
}

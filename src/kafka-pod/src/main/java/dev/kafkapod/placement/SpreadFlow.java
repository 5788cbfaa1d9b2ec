package dev.kafkapod.placement;

import java.util.Arrays;

/**
 * Finds how many replicas each cell holds where they are spread best, and of all those spreads the
 * one that costs least. Exactly, and in the time of a few path searches.
 *
 * <p>It is a flow from the zones through the cells to the clusters (or the other way round). To
 * compare sorted shares, the largest first, is to count how many zones hold at least r replicas,
 * then r - 1, and so on: a zone's n-th replica costs 1 at the level n, and a higher level counts
 * before all lower ones. Such costs grow with every unit, so that one shortest path after another
 * ends at the least cost of all. They are compared one after another, never added up: levels are
 * the digits of long numbers.
 */
final class SpreadFlow {

  private static final int DIGIT_BITS = 10;
  private static final int DIGITS = 6;

  private final Grid grid;
  private final int replicas;
  private final UnitCosts costs;

  /** How many longs the levels of one axis take. */
  private final int words;

  /** How many numbers come behind all levels. */
  private final int extra;

  private final int width;
  private final int majors;
  private final int minors;
  private final int[] counts;
  private final int[][] totals;

  /** By node: first the zones (or clusters) of the first axis, then those of the second. */
  private final long[][] distance;

  private final boolean[] reached;

  /** The cell by which a node was reached; -1 from the source. */
  private final int[] by;

  private final long[] candidate;

  private SpreadFlow(Grid grid, int replicas, UnitCosts costs) {
    this.grid = grid;
    this.replicas = replicas;
    this.costs = costs;
    words = (replicas + DIGITS - 1) / DIGITS;
    extra = costs.size();
    width = 3 * words + extra;
    majors = grid.domains(0).size();
    minors = grid.domains(1).size();
    counts = new int[grid.cells().size()];
    totals = new int[][] {new int[majors], new int[minors]};
    distance = new long[majors + minors][width];
    reached = new boolean[majors + minors];
    by = new int[majors + minors];
    candidate = new long[width];
  }

  /**
   * The counts by cell.
   *
   * @param replicas how many replicas there are to be; no more than the grid has brokers
   */
  static int[] solve(Grid grid, int replicas, UnitCosts costs) {
    if (replicas > grid.brokerCount()) {
      throw new IllegalArgumentException(
          "%d replicas need as many brokers, got %d".formatted(replicas, grid.brokerCount()));
    }
    SpreadFlow flow = new SpreadFlow(grid, replicas, costs);
    for (int i = 0; i < replicas; i++) {
      flow.augment();
    }
    return flow.counts;
  }

  private void augment() {
    Arrays.fill(reached, false);
    for (int major = 0; major < majors; major++) {
      Arrays.fill(distance[major], 0);
      level(distance[major], 0, totals[0][major] + 1, 1);
      reached[major] = true;
      by[major] = -1;
    }
    boolean changed = true;
    for (int round = 0; changed && round <= majors + minors; round++) {
      changed = false;
      for (int cell = 0; cell < counts.length; cell++) {
        int major = grid.domainOf(0, cell);
        int minor = majors + grid.domainOf(1, cell);
        if (counts[cell] < grid.brokers(cell).size() && reached[major]) {
          changed |= relax(major, minor, cell, counts[cell] + 1, 1);
        }
        if (counts[cell] > 0 && reached[minor]) {
          changed |= relax(minor, major, cell, counts[cell], -1);
        }
      }
    }
    apply(nearestEnd());
  }

  private boolean relax(int from, int to, int cell, int unit, int sign) {
    System.arraycopy(distance[from], 0, candidate, 0, width);
    level(candidate, 2, unit, sign);
    int levels = 3 * words;
    int difference = reached[to] ? compare(candidate, distance[to], levels) : -1;
    for (int i = 0; difference <= 0 && i < extra; i++) {
      candidate[levels + i] += sign * costs.cost(cell, unit, i);
      if (difference == 0) {
        difference = Long.compare(candidate[levels + i], distance[to][levels + i]);
      }
    }
    if (difference >= 0) {
      return false;
    }
    System.arraycopy(candidate, 0, distance[to], 0, width);
    reached[to] = true;
    by[to] = cell;
    return true;
  }

  private int nearestEnd() {
    int nearest = -1;
    for (int minor = 0; minor < minors; minor++) {
      if (reached[majors + minor]) {
        level(distance[majors + minor], 1, totals[1][minor] + 1, 1);
        if (nearest < 0
            || compare(distance[majors + minor], distance[majors + nearest], width) < 0) {
          nearest = minor;
        }
      }
    }
    return nearest;
  }

  private void apply(int end) {
    totals[1][end]++;
    int node = majors + end;
    while (by[node] >= 0) {
      int cell = by[node];
      boolean forward = node >= majors;
      counts[cell] += forward ? 1 : -1;
      node = forward ? grid.domainOf(0, cell) : majors + grid.domainOf(1, cell);
    }
    totals[0][node]++;
  }

  /** Adds 1 or -1 at a level; the highest is the first digit. */
  private void level(long[] cost, int axis, int level, int sign) {
    int digit = replicas - level;
    cost[axis * words + digit / DIGITS] +=
        (long) sign << (DIGIT_BITS * (DIGITS - 1 - digit % DIGITS));
  }

  /** By the first numbers of both. */
  private static int compare(long[] one, long[] other, int numbers) {
    for (int i = 0; i < numbers; i++) {
      int difference = Long.compare(one[i], other[i]);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}

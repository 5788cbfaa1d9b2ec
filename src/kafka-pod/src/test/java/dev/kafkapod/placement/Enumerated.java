package dev.kafkapod.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All that there is of something small, and the best of it by looking at everything. */
final class Enumerated {

  static final int ZONES = 3;
  static final int CLUSTERS = 2;

  private Enumerated() {}

  /** Every way to have 0 to 2 brokers in each of six cells, at least one of all. */
  static List<int[]> capacities() {
    List<int[]> all = new ArrayList<>();
    within(new int[] {2, 2, 2, 2, 2, 2}, it -> all.add(it.clone()));
    all.removeIf(it -> Arrays.stream(it).sum() == 0);
    return all;
  }

  /** One of each set of capacities that differ only in which zone or cluster is which. */
  static List<int[]> differentCapacities() {
    Set<List<Integer>> seen = new HashSet<>();
    List<int[]> different = new ArrayList<>();
    for (int[] capacity : capacities()) {
      if (seen.add(canonical(capacity))) {
        different.add(capacity);
      }
    }
    return different;
  }

  private static List<Integer> canonical(int[] capacity) {
    List<List<Integer>> forms = new ArrayList<>();
    for (boolean swapped : new boolean[] {false, true}) {
      List<List<Integer>> zones = new ArrayList<>();
      for (int zone = 0; zone < ZONES; zone++) {
        int one = capacity[zone * CLUSTERS];
        int other = capacity[zone * CLUSTERS + 1];
        zones.add(swapped ? List.of(other, one) : List.of(one, other));
      }
      zones.sort((a, b) -> a.toString().compareTo(b.toString()));
      forms.add(zones.stream().flatMap(List::stream).toList());
    }
    forms.sort((a, b) -> a.toString().compareTo(b.toString()));
    return forms.get(0);
  }

  /** Brokers 0, 1, 2, … in the cells that have some; a cell is zone * CLUSTERS + cluster. */
  static Grid grid(int[] capacity, List<Dimension> order) {
    Map<Integer, Cell> places = new HashMap<>();
    for (int cell = 0; cell < capacity.length; cell++) {
      for (int i = 0; i < capacity[cell]; i++) {
        places.put(places.size(), new Cell("z" + cell / CLUSTERS, "c" + cell % CLUSTERS));
      }
    }
    return new Grid(places, order);
  }

  /** The capacities of the cells that a grid has, in its order. */
  static int[] present(int[] capacity) {
    return Arrays.stream(capacity).filter(it -> it > 0).toArray();
  }

  /** Calls for every vector from 0 to these limits. */
  static void within(int[] limits, Consumer<int[]> each) {
    within(limits, new int[limits.length], 0, each);
  }

  private static void within(int[] limits, int[] counts, int at, Consumer<int[]> each) {
    if (at == limits.length) {
      each.accept(counts);
      return;
    }
    for (int count = 0; count <= limits[at]; count++) {
      counts[at] = count;
      within(limits, counts, at + 1, each);
    }
    counts[at] = 0;
  }

  /** Every best way to put so many replicas into the cells, none left out. */
  static List<int[]> best(Grid grid, int[] capacity, int replicas) {
    List<int[]> best = new ArrayList<>();
    within(
        capacity,
        counts -> {
          if (Arrays.stream(counts).sum() == replicas) {
            int difference = best.isEmpty() ? -1 : compare(grid, counts, best.get(0));
            if (difference < 0) {
              best.clear();
            }
            if (difference <= 0) {
              best.add(counts.clone());
            }
          }
        });
    return best;
  }

  /** By sorted shares, written another way than the product's. */
  static int compare(Grid grid, int[] one, int[] other) {
    for (int axis = 0; axis < 2; axis++) {
      int difference = Arrays.compare(shares(grid, axis, one), shares(grid, axis, other));
      if (difference != 0) {
        return difference;
      }
    }
    return Arrays.compare(falling(one), falling(other));
  }

  private static int[] shares(Grid grid, int axis, int[] counts) {
    return falling(
        IntStream.range(0, grid.domains(axis).size())
            .map(
                domain ->
                    IntStream.range(0, counts.length)
                        .filter(cell -> grid.domainOf(axis, cell) == domain)
                        .map(cell -> counts[cell])
                        .sum())
            .toArray());
  }

  private static int[] falling(int[] counts) {
    return Arrays.stream(counts).map(it -> -it).sorted().map(it -> -it).toArray();
  }

  /** How many replicas have to come. */
  static int moves(int[] from, int[] to) {
    return IntStream.range(0, from.length).map(i -> Math.max(0, to[i] - from[i])).sum();
  }
}

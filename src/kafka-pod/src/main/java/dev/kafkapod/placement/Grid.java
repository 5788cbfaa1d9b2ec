package dev.kafkapod.placement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The brokers that may hold replicas, by cell. Cells, and the zones and clusters that they are in,
 * are numbered in the order of their names.
 */
public final class Grid {

  private final List<Dimension> order;
  private final List<Cell> cells;
  private final List<List<Integer>> brokers = new ArrayList<>();
  private final Map<Integer, Integer> cellOf = new HashMap<>();
  private final List<List<String>> domains = new ArrayList<>();
  private final int[][] domainOf;

  /**
   * A grid of these brokers.
   *
   * @param places where each broker runs
   * @param order the dimensions that count, the weightiest first; one or both
   */
  public Grid(Map<Integer, Cell> places, List<Dimension> order) {
    this.order = List.copyOf(order);
    Map<Cell, List<Integer>> byCell = new TreeMap<>();
    new TreeMap<>(places)
        .forEach((id, cell) -> byCell.computeIfAbsent(cell, it -> new ArrayList<>()).add(id));
    cells = List.copyOf(byCell.keySet());
    byCell.values().forEach(ids -> brokers.add(List.copyOf(ids)));
    for (int cell = 0; cell < cells.size(); cell++) {
      for (int id : brokers.get(cell)) {
        cellOf.put(id, cell);
      }
    }
    domainOf = new int[2][cells.size()];
    for (int axis = 0; axis < 2; axis++) {
      List<String> names =
          List.copyOf(new TreeSet<>(namesOf(axis))); // with one dimension, the other has one name
      domains.add(names);
      for (int cell = 0; cell < cells.size(); cell++) {
        domainOf[axis][cell] = names.indexOf(name(axis, cells.get(cell)));
      }
    }
  }

  private Collection<String> namesOf(int axis) {
    return cells.stream().map(cell -> name(axis, cell)).toList();
  }

  private String name(int axis, Cell cell) {
    return axis < order.size() ? cell.in(order.get(axis)) : "";
  }

  /** The dimensions that count, the weightiest first. */
  public List<Dimension> order() {
    return order;
  }

  /** How many brokers there are. */
  public int brokerCount() {
    return cellOf.size();
  }

  /** Their node ids. */
  Collection<Integer> brokerIds() {
    return Collections.unmodifiableSet(cellOf.keySet());
  }

  /** Whether a broker may hold replicas. */
  boolean has(int broker) {
    return cellOf.containsKey(broker);
  }

  /** The number of a broker's cell; empty for one that may hold no replicas. */
  OptionalInt cellOf(int broker) {
    Integer cell = cellOf.get(broker);
    return cell == null ? OptionalInt.empty() : OptionalInt.of(cell);
  }

  List<Cell> cells() {
    return cells;
  }

  /** The brokers of a cell, in ascending order. */
  List<Integer> brokers(int cell) {
    return brokers.get(cell);
  }

  /** The names of a dimension's zones or clusters. */
  List<String> domains(int axis) {
    return domains.get(axis);
  }

  int domainOf(int axis, int cell) {
    return domainOf[axis][cell];
  }

  /** How many of these brokers are in each cell; those that aren't in the grid count nowhere. */
  int[] counts(Collection<Integer> replicas) {
    int[] counts = new int[cells.size()];
    for (int id : replicas) {
      Integer cell = cellOf.get(id);
      if (cell != null) {
        counts[cell]++;
      }
    }
    return counts;
  }

  /** The sums of cells' counts by zone or cluster. */
  int[] totals(int axis, int[] counts) {
    int[] totals = new int[domains.get(axis).size()];
    for (int cell = 0; cell < counts.length; cell++) {
      totals[domainOf[axis][cell]] += counts[cell];
    }
    return totals;
  }
}

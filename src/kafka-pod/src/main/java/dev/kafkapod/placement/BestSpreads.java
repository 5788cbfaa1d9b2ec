package dev.kafkapod.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The best spreads that a grid allows, and how many replicas have to move for them. Partitions are
 * many, and what they ask is the same again and again. Not safe for use by several threads at once.
 */
final class BestSpreads {

  private final Grid grid;
  private final Map<Integer, Spread> best = new HashMap<>();
  private final Map<List<Integer>, Integer> moves = new HashMap<>();
  private final Map<List<Integer>, Spread> spreads = new HashMap<>();

  BestSpreads(Grid grid) {
    this.grid = grid;
  }

  /** The spread of these counts by cell: the same object for the same counts. */
  Spread spread(int[] counts) {
    return spreads.computeIfAbsent(
        Arrays.stream(counts).boxed().toList(), it -> Spread.of(grid, counts));
  }

  /** The best spread of so many replicas, no more than there are brokers. */
  Spread of(int replicas) {
    return best.computeIfAbsent(
        replicas, it -> Spread.of(grid, SpreadFlow.solve(grid, it, UnitCosts.NONE)));
  }

  /**
   * How few replicas have to be copied to another broker, so that the best spread is reached.
   *
   * @param replicas how many there are to be
   * @param counts how many there are, by cell
   */
  int fewestMoves(int replicas, int[] counts) {
    List<Integer> shape = new ArrayList<>(counts.length + 1);
    shape.add(replicas);
    for (int count : counts) {
      shape.add(count);
    }
    return moves.computeIfAbsent(
        shape,
        it -> {
          int[] target = SpreadFlow.solve(grid, replicas, UnitCosts.ofMoves(counts));
          int sum = 0;
          for (int cell = 0; cell < target.length; cell++) {
            sum += Math.max(0, target[cell] - counts[cell]);
          }
          return sum;
        });
  }
}

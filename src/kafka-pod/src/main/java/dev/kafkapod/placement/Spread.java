package dev.kafkapod.placement;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How evenly a partition's replicas are spread: the lesser, the better, among spreads of as many
 * replicas. The largest share counts first, then the second largest, and so on.
 *
 * @param first the shares of the weightiest dimension's zones or clusters, the largest first
 * @param second the same of the other dimension
 * @param cells the same of the cells
 */
public record Spread(List<Integer> first, List<Integer> second, List<Integer> cells)
    implements Comparable<Spread> {

  public Spread {
    first = List.copyOf(first);
    second = List.copyOf(second);
    cells = List.copyOf(cells);
  }

  static Spread of(Grid grid, int[] counts) {
    return new Spread(
        falling(grid.totals(0, counts)), falling(grid.totals(1, counts)), falling(counts));
  }

  private static List<Integer> falling(int[] counts) {
    return Arrays.stream(counts).boxed().sorted(Collections.reverseOrder()).toList();
  }

  /**
   * What a replication factor comes to if nothing stands in its way: shares differ by 1 at most.
   */
  boolean isEven() {
    return isEven(first) && isEven(second);
  }

  private static boolean isEven(List<Integer> falling) {
    return falling.isEmpty() || falling.get(0) - falling.get(falling.size() - 1) <= 1;
  }

  @Override
  public int compareTo(Spread other) {
    int byFirst = compare(first, other.first);
    int bySecond = byFirst != 0 ? byFirst : compare(second, other.second);
    return bySecond != 0 ? bySecond : compare(cells, other.cells);
  }

  /** Of equally long lists, as those of one grid are. */
  static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int difference = Integer.compare(one.get(i), other.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}

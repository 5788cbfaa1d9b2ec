package dev.kafkapod.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The best spread, and the fewest moves to it, against a look at everything that there is. */
class BestSpreadsTest {

  /** With this, all clusters instead of one of each kind: {@code -Dplacement.all}. */
  private static final boolean ALL = System.getProperty("placement.all") != null;

  private static final int HIGHEST = 6;
  private static final List<Dimension> CLUSTERS_FIRST = List.of(Dimension.CLUSTER, Dimension.ZONE);

  private static Grid full(int zones, int clusters, int brokers) {
    Map<Integer, Cell> places = new HashMap<>();
    for (int i = 0; i < zones * clusters * brokers; i++) {
      int cell = i % (zones * clusters);
      places.put(i, new Cell("z" + cell / clusters, "c" + cell % clusters));
    }
    return new Grid(places, Dimension.DEFAULT);
  }

  @Test
  void noSpreadIsBetterAndNoneAsGoodIsNearer() {
    for (int[] capacity : ALL ? Enumerated.capacities() : Enumerated.differentCapacities()) {
      isExact(capacity, Dimension.DEFAULT);
      if (ALL) {
        isExact(capacity, CLUSTERS_FIRST);
      }
    }
  }

  @Test
  void alsoWhereClustersCountFirst() {
    Random random = new Random(16);
    List<int[]> all = Enumerated.differentCapacities();
    for (int i = 0; i < 20; i++) {
      isExact(all.get(random.nextInt(all.size())), CLUSTERS_FIRST);
    }
  }

  private static void isExact(int[] capacity, List<Dimension> order) {
    Grid grid = Enumerated.grid(capacity, order);
    int[] room = Enumerated.present(capacity);
    BestSpreads spreads = new BestSpreads(grid);
    for (int r = 1; r <= Math.min(HIGHEST, grid.brokerCount()); r++) {
      int replicas = r;
      List<int[]> best = Enumerated.best(grid, room, replicas);
      assertThat(spreads.of(replicas))
          .as("%d replicas on %s", replicas, Arrays.toString(capacity))
          .isEqualTo(Spread.of(grid, best.get(0)));
      Enumerated.within(
          room,
          from -> {
            // as many replicas as there are to be; fewer, where some are to be left; or one more
            if (Arrays.stream(from).sum() <= replicas + 1) {
              int fewest =
                  best.stream().mapToInt(to -> Enumerated.moves(from, to)).min().orElseThrow();
              if (spreads.fewestMoves(replicas, from) != fewest) {
                assertThat(spreads.fewestMoves(replicas, from))
                    .as(
                        "%d replicas on %s from %s",
                        replicas, Arrays.toString(capacity), Arrays.toString(from))
                    .isEqualTo(fewest);
              }
            }
          });
    }
  }

  /** The table of docs/placement.md. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|1,0,0|1,0",
        "2|1,1,0|1,1",
        "3|1,1,1|2,1",
        "4|2,1,1|2,2",
        "5|2,2,1|3,2",
        "6|2,2,2|3,3",
        "12|4,4,4|6,6"
      })
  void threeZonesAndTwoClusters(int replicas, String zones, String clusters) {
    Spread best = new BestSpreads(full(3, 2, 4)).of(replicas);

    assertThat(best.first()).isEqualTo(numbers(zones));
    assertThat(best.second()).isEqualTo(numbers(clusters));
    assertThat(best.isEven()).isTrue();
  }

  private static List<Integer> numbers(String text) {
    return Arrays.stream(text.split(",")).map(Integer::valueOf).toList();
  }

  /** Zones and clusters can't both be even where cells are missing. */
  @Test
  void theOrderOfTheDimensionsDecidesConflicts() {
    Map<Integer, Cell> places =
        Map.of(
            1, new Cell("a", "x"),
            2, new Cell("a", "y"),
            3, new Cell("b", "z"),
            4, new Cell("c", "z"));

    Spread zones = new BestSpreads(new Grid(places, Dimension.DEFAULT)).of(3);
    Spread clusters = new BestSpreads(new Grid(places, CLUSTERS_FIRST)).of(3);

    assertThat(zones.first()).containsExactly(1, 1, 1);
    assertThat(zones.second()).containsExactly(2, 1, 0);
    assertThat(zones.isEven()).isFalse();
    assertThat(clusters.first()).containsExactly(1, 1, 1);
    assertThat(clusters.second()).containsExactly(2, 1, 0);
  }

  @Test
  void oneDimensionAloneKnowsNothingOfTheOther() {
    Map<Integer, Cell> places =
        Map.of(1, new Cell("a", ""), 2, new Cell("a", ""), 3, new Cell("b", ""));

    Spread best = new BestSpreads(new Grid(places, List.of(Dimension.ZONE))).of(2);

    assertThat(best.first()).containsExactly(1, 1);
    assertThat(best.second()).containsExactly(2);
  }

  /** Twenty cells and twelve replicas take no search through everything. */
  @Test
  void manyCellsTakeNoTime() {
    BestSpreads spreads = new BestSpreads(full(5, 4, 3));
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      int[] from = new int[20];
      for (int replica = 0; replica < 12; replica++) {
        from[random.nextInt(20)] = 1 + random.nextInt(2);
      }
      assertThat(spreads.fewestMoves(12, from)).isBetween(0, 12);
    }
    assertThat(spreads.of(12).first()).containsExactly(3, 3, 2, 2, 2);
    assertThat(spreads.of(12).second()).containsExactly(3, 3, 3, 3);
  }
}

package dev.kafkapod.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Says of one partition why it is moved, or why it isn't. */
final class Explanation {

  private final Grid grid;
  private final Brokers brokers;

  Explanation(Grid grid, Brokers brokers) {
    this.grid = grid;
    this.brokers = brokers;
  }

  List<String> of(List<Integer> before, List<Integer> after) {
    List<String> lines = new ArrayList<>();
    lines.add("has     " + replicas(before));
    lines.add("gets    " + replicas(after));
    for (int axis = 0; axis < grid.order().size(); axis++) {
      lines.add(
          "%-7s %s -> %s"
              .formatted(
                  grid.order().get(axis).optionName() + "s",
                  shares(grid.domains(axis), grid.totals(axis, grid.counts(before))),
                  shares(grid.domains(axis), grid.totals(axis, grid.counts(after)))));
    }
    List<String> cells = grid.cells().stream().map(Cell::name).toList();
    lines.add(
        "racks   %s -> %s"
            .formatted(shares(cells, grid.counts(before)), shares(cells, grid.counts(after))));
    lines.add(
        "room    "
            + IntStream.range(0, cells.size())
                .mapToObj(cell -> named(cells.get(cell)) + " " + brokersThere(grid.brokers(cell)))
                .collect(Collectors.joining("; ")));
    List<Integer> coming = after.stream().filter(id -> !before.contains(id)).toList();
    List<Integer> going = before.stream().filter(id -> !after.contains(id)).toList();
    if (coming.isEmpty() && going.isEmpty()) {
      lines.add("why     it is spread as well as these brokers allow: nothing moves");
    } else {
      lines.add(
          "why     no better spread of %d replicas exists, and none as good with fewer than %d moves; of those, the least loaded brokers are taken"
              .formatted(after.size(), coming.size()));
    }
    return lines;
  }

  private String replicas(List<Integer> ids) {
    return ids.stream()
        .map(
            id ->
                "%d (%s)"
                    .formatted(
                        id,
                        brokers.placed().containsKey(id)
                            ? brokers.placed().get(id)
                            : brokers.rackless().contains(id) ? "no rack" : "not listed"))
        .collect(Collectors.joining(", "));
  }

  private static String brokersThere(List<Integer> ids) {
    return new TreeSet<>(ids).stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static String shares(List<String> names, int[] counts) {
    return IntStream.range(0, counts.length)
        .mapToObj(i -> named(names.get(i)) + ":" + counts[i])
        .collect(Collectors.joining(" "));
  }

  private static String named(String name) {
    return name.isEmpty() ? "(none)" : name;
  }
}

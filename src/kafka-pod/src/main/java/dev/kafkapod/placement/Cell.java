package dev.kafkapod.placement;

import dev.kafkapod.readiness.Rack;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;

/**
 * Where brokers run that fail together: a zone of a Kubernetes cluster.
 *
 * @param zone empty where zones don't count
 * @param cluster empty where clusters don't count, or the rack names none
 */
public record Cell(String zone, String cluster) implements Comparable<Cell> {

  private static final Comparator<Cell> BY_NAME =
      Comparator.comparing(Cell::zone).thenComparing(Cell::cluster);

  public Cell {
    Objects.requireNonNull(zone);
    Objects.requireNonNull(cluster);
  }

  /**
   * The cell of a rack.
   *
   * @param counting the dimensions that count
   */
  static Cell of(String rack, Collection<Dimension> counting) {
    Rack parts = Rack.of(rack);
    return new Cell(
        counting.contains(Dimension.ZONE) ? parts.zone() : "",
        counting.contains(Dimension.CLUSTER) ? parts.cluster().orElse("") : "");
  }

  /** Its place in one dimension. */
  String in(Dimension dimension) {
    return dimension == Dimension.ZONE ? zone : cluster;
  }

  /** As racks are written. */
  public String name() {
    if (cluster.isEmpty()) {
      return zone;
    }
    return zone.isEmpty() ? cluster : zone + "/" + cluster;
  }

  @Override
  public int compareTo(Cell other) {
    return BY_NAME.compare(this, other);
  }
}

package dev.kafkapod.report;

import dev.kafkapod.placement.Dimension;
import dev.kafkapod.placement.DomainLoss;
import dev.kafkapod.placement.Evenness;
import dev.kafkapod.placement.PartitionSpread;
import dev.kafkapod.placement.PlacementAssessment;
import dev.kafkapod.placement.PlacementPolicy;
import dev.kafkapod.placement.Spread;
import dev.kafkapod.readiness.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the spread of partitions is put into words, everywhere the same. */
final class SpreadWords {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
  private static final int UNIT = 1024;

  private SpreadWords() {}

  /** {@code orders-0: 3 on one cluster …}: where a partition is, and what would be better. */
  static String describe(PartitionSpread it, List<Dimension> order) {
    String where =
        "%s: %s, on %s"
            .formatted(
                it.partition().name(),
                it.evenness().label(),
                PlacementPolicy.now(it.partition()).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")));
    if (it.evenness() == Evenness.UNKNOWN) {
      return where
          + "; where %s runs isn't known"
              .formatted(
                  (it.lost().size() == 1 ? "broker " : "each of brokers ")
                      + Wording.ids(it.lost()));
    }
    Spread now = it.now().orElseThrow();
    Spread best = it.best().orElseThrow();
    List<String> shares = new ArrayList<>();
    shares.add(shares(order.get(0), now.first(), best.first()));
    if (order.size() > 1) {
      shares.add(shares(order.get(1), now.second(), best.second()));
    }
    if (now.first().equals(best.first())
        && now.second().equals(best.second())
        && !now.cells().equals(best.cells())) {
      shares.add(
          "racks " + shares(now.cells()) + " where " + shares(best.cells()) + " is possible");
    }
    return where + "; " + String.join(", ", shares);
  }

  private static String shares(Dimension dimension, List<Integer> now, List<Integer> best) {
    String are = "%ss %s".formatted(dimension.optionName(), shares(now));
    return now.equals(best) ? are : are + " where " + shares(best) + " is possible";
  }

  private static String shares(List<Integer> shares) {
    return shares.stream().map(String::valueOf).collect(Collectors.joining("+"));
  }

  /** What the loss of one zone, or of one cluster, would leave. */
  static String describe(DomainLoss loss) {
    String name = loss.dimension().optionName();
    if (loss.worst().isEmpty()) {
      return "if any one %s is lost: there is nothing to lose".formatted(name);
    }
    DomainLoss.Worst worst = loss.worst().get();
    return "if any one %s is lost: at worst %s left (%s without %s%s)%s"
        .formatted(
            name,
            worst.left() == 1 ? "1 replica is" : worst.left() + " replicas are",
            worst.partition(),
            worst.domain().isEmpty() ? "those of no " + name : name + " " + worst.domain(),
            worst.minIsr().isPresent() ? ", min ISR " + worst.minIsr().getAsInt() : "",
            loss.underMinIsr() == 0
                ? ""
                : "; %s under min ISR%s"
                    .formatted(
                        Wording.count(loss.underMinIsr(), "partition"),
                        loss.avoidable() == 0
                            ? ""
                            : ", %d of them avoidably".formatted(loss.avoidable())));
  }

  /** {@code 24 partitions: 12 even, 12 violated}. */
  static String counts(PlacementAssessment assessment) {
    List<String> counts = new ArrayList<>();
    for (Evenness evenness : Evenness.values()) {
      if (assessment.count(evenness) > 0) {
        counts.add(assessment.count(evenness) + " " + evenness.label());
      }
    }
    return "%s%s"
        .formatted(
            Wording.count(assessment.partitions(), "partition"),
            counts.isEmpty() ? "" : ": " + String.join(", ", counts));
  }

  /** {@code 12.3 MiB}. */
  static String bytes(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= UNIT && unit < UNITS.length - 1) {
      amount /= UNIT;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }
}

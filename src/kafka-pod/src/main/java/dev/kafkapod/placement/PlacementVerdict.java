package dev.kafkapod.placement;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Answers whether partitions are spread as well as their brokers allow. */
public final class PlacementVerdict {

  private static final int EXAMPLES = 3;

  private PlacementVerdict() {}

  /**
   * The answer. A known no beats an unknown, and an unknown beats a yes.
   *
   * @param strict whether partitions have to be even, also where their brokers don't allow it
   * @param hidden why there may be partitions that nobody has looked at
   * @param unheardOf brokers that hold replicas, of these partitions or others, and aren't listed:
   *     they may be in a zone where no other broker is, so that nothing is known to be even
   */
  public static Verdict of(
      PlacementAssessment assessment,
      boolean strict,
      Optional<String> hidden,
      Set<Integer> unheardOf) {
    List<String> no = new ArrayList<>();
    reason(assessment, Evenness.VIOLATED).ifPresent(no::add);
    if (strict) {
      reason(assessment, Evenness.LIMITED).ifPresent(no::add);
    }
    if (!no.isEmpty()) {
      return new Verdict.No(no);
    }
    List<String> causes = new ArrayList<>();
    unknown(assessment, unheardOf).ifPresent(causes::add);
    hidden.ifPresent(causes::add);
    return causes.isEmpty() ? yes(assessment) : new Verdict.CannotTell(causes);
  }

  private static Verdict yes(PlacementAssessment assessment) {
    String all =
        "%s, each spread as well as its brokers allow"
            .formatted(Wording.count(assessment.partitions(), "partition"));
    return new Verdict.Yes(
        all, reason(assessment, Evenness.LIMITED).map(List::of).orElse(List.of()));
  }

  private static Optional<String> reason(PlacementAssessment assessment, Evenness evenness) {
    List<PartitionSpread> those = assessment.those(evenness);
    if (those.isEmpty()) {
      return Optional.empty();
    }
    List<String> names = those.stream().limit(EXAMPLES).map(it -> it.partition().name()).toList();
    return Optional.of(
        "%s %d (%s%s)"
            .formatted(
                evenness.label(),
                those.size(),
                String.join(", ", names),
                those.size() > EXAMPLES ? ", …" : ""));
  }

  private static Optional<String> unknown(PlacementAssessment assessment, Set<Integer> unheardOf) {
    NavigableSet<Integer> brokers = new TreeSet<>(unheardOf);
    assessment.those(Evenness.UNKNOWN).forEach(it -> brokers.addAll(it.lost()));
    if (brokers.isEmpty()) {
      return reason(assessment, Evenness.UNKNOWN);
    }
    return Optional.of(
        "%swhere %s runs isn't known, because it has no rack or isn't listed (before Kafka 4.0, no broker that is down is); set broker.rack, or wait until it is back"
            .formatted(
                reason(assessment, Evenness.UNKNOWN).map(it -> it + ": ").orElse(""),
                (brokers.size() == 1 ? "broker " : "each of brokers ") + Wording.ids(brokers)));
  }
}

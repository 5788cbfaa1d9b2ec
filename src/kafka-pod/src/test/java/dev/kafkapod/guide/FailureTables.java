package dev.kafkapod.guide;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.guide.Aftermath.Reads;
import dev.kafkapod.guide.Aftermath.Writes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The guide's tables, as Markdown. */
final class FailureTables {

  private static final String HEAD =
      """
      | lost | acks=all writes | reads | controllers | brokers that could still go | pods that were ready | a rollout | `can-stop` of another broker |
      | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  private FailureTables() {}

  /** One Kubernetes cluster, replication factor 3, min ISR 2. */
  static String single() {
    return table(Failure.single(), List.of(Layout.single()), 2);
  }

  /** Two Kubernetes clusters, replication factor 6, min ISR 3, with three controllers or five. */
  static String stretch() {
    return table(Failure.stretch(), List.of(Layout.stretch(1, 3), Layout.stretch(1, 5)), 3);
  }

  private static String table(List<Failure> failures, List<Layout> layouts, int minIsr) {
    StringBuilder table = new StringBuilder(HEAD);
    for (Failure failure : failures) {
      List<Aftermath> worst =
          layouts.stream().map(it -> Aftermath.worst(it, minIsr, failure)).toList();
      List<String> cells = new ArrayList<>(List.of(failure.name()));
      for (Function<Aftermath, String> column : COLUMNS) {
        cells.add(joined(worst.stream().map(column).toList()));
      }
      table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return table.toString();
  }

  private static final List<Function<Aftermath, String>> COLUMNS =
      List.of(
          FailureTables::writes,
          FailureTables::reads,
          it -> it.quorum() ? "go on, " + it.spareControllers() + " to spare" : "quorum lost",
          FailureTables::spareBrokers,
          it -> it.running().map(why -> "not ready: " + why).orElse("ready"),
          FailureTables::rollout,
          it -> it.canStop().map(FailureTables::word).orElse("for some"));

  private static String joined(List<String> values) {
    return values.stream().distinct().count() == 1
        ? values.get(0)
        : values.get(0) + "; of five: " + values.get(1);
  }

  private static String spareBrokers(Aftermath it) {
    boolean writes = it.writes() == Writes.YES || it.writes() == Writes.UNTIL_A_BROKER_IS_LOST;
    return writes ? String.valueOf(it.spareBrokers()) : "–";
  }

  static String writes(Aftermath it) {
    return switch (it.writes()) {
      case YES -> "yes";
      case UNTIL_A_BROKER_IS_LOST -> "yes, until a broker is lost";
      case UNDER_MIN_ISR -> "**no**: under min ISR";
      case NO_LEADER -> "**no**: no leader";
      case NO_QUORUM -> "**no**: no quorum";
    };
  }

  private static String reads(Aftermath it) {
    return switch (it.reads()) {
      case YES -> "yes";
      case WHERE_THE_LEADER_IS_LEFT -> "**only** where the leader is left";
      case NO -> "**no**";
    };
  }

  /** It waits for pods that it has restarted, and in preStop for can-stop. */
  private static String rollout(Aftermath it) {
    boolean nextGoes = it.canStop().filter(Verdict.Yes.class::isInstance).isPresent();
    if (it.restarted().isEmpty() && nextGoes) {
      return "goes on";
    }
    return nextGoes ? "waits after one pod: " + it.restarted().orElseThrow() : "waits";
  }

  private static String word(Verdict verdict) {
    if (verdict instanceof Verdict.CannotTell) {
      return "cannot tell";
    }
    return verdict instanceof Verdict.Yes ? "yes" : "no";
  }

  /** Replication factor 6: what a min ISR of 3 means, and one of 4. */
  static String minIsr() {
    StringBuilder table = new StringBuilder("| | min ISR 3 | min ISR 4 |\n| --- | --- | --- |\n");
    Layout layout = Layout.stretch(1, 3);
    row(table, "an acknowledged record is in at least", minIsr -> "%d brokers".formatted(minIsr));
    row(table, "of at least", minIsr -> places(layout, minIsr, Layout.Site::zone, "zone"));
    row(
        table,
        "and at least",
        minIsr -> places(layout, minIsr, Layout.Site::cluster, "Kubernetes cluster"));
    for (Failure failure : Failure.stretch()) {
      Aftermath three = Aftermath.worst(layout, 3, failure);
      Aftermath four = Aftermath.worst(layout, 4, failure);
      if (three.writes() != four.writes() || three.spareBrokers() != four.spareBrokers()) {
        row(
            table,
            "writes without " + failure.name(),
            minIsr -> outlook(Aftermath.worst(layout, minIsr, failure)));
      }
    }
    return table.toString();
  }

  private static String outlook(Aftermath it) {
    return writes(it)
        + (it.writes() == Writes.YES ? ", " + it.spareBrokers() + " more could go" : "");
  }

  private static void row(StringBuilder table, String name, Function<Integer, String> cell) {
    table.append("| %s | %s | %s |\n".formatted(name, cell.apply(3), cell.apply(4)));
  }

  /** In the worst case, where as many as the min ISR asks for are in sync, and no more. */
  private static String places(
      Layout layout, int minIsr, Function<Layout.Site, String> place, String what) {
    int fewest = Integer.MAX_VALUE;
    for (Set<Integer> isr : Aftermath.subsets(List.copyOf(layout.brokers().keySet()), minIsr)) {
      Set<String> places =
          isr.stream()
              .map(id -> place.apply(layout.brokers().get(id)))
              .collect(Collectors.toCollection(HashSet::new));
      fewest = Math.min(fewest, places.size());
    }
    return fewest + " " + what + (fewest == 1 ? "" : "s");
  }

  /** Whether reads and writes, in the worst case, are those of another layout. */
  static boolean alike(Layout one, Layout other, Failure failure) {
    Aftermath here = Aftermath.worst(one, 3, failure);
    Aftermath there = Aftermath.worst(other, 3, failure);
    return here.writes() == there.writes()
        && here.reads() == there.reads()
        && here.reads() != Reads.NO;
  }
}

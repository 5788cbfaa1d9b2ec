package dev.kafkapod.guide;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.guide.Aftermath.Writes;
import dev.kafkapod.guide.Layout.Placement;
import dev.kafkapod.guide.Layout.Site;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.StopPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The guide's table of replication factors for two rollouts at once, as Markdown. */
final class TurnsTable {

  private static final String HEAD =
      """
      | replicas, min ISR | placement | disk, of that of 6 replicas | replicas on one side, at least | writes without a zone | writes without a Kubernetes cluster | a rollout of the other side then | both sides roll, and a broker of each stops at the same moment: writes without turns | the same with turns | down at once with turns, however many ask |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
      """;

  private static final StopPolicy POLICY = new StopPolicy(Allowance.SINGLE);

  /** A choice that somebody has. */
  private record Choice(int replicas, int minIsr, Placement placement) {
    Layout layout() {
      return Layout.stretch(1, 3).with(replicas, placement);
    }

    String where() {
      return switch (placement) {
        case SHUFFLED -> "Kafka's own";
        case EVEN -> "even";
        case STRIPED -> "Kafka's own, which is even";
      };
    }
  }

  private static final List<Choice> CHOICES =
      List.of(
          new Choice(3, 2, Placement.SHUFFLED),
          new Choice(3, 2, Placement.EVEN),
          new Choice(4, 2, Placement.SHUFFLED),
          new Choice(4, 2, Placement.EVEN),
          new Choice(6, 3, Placement.STRIPED));

  private TurnsTable() {}

  /** Two Kubernetes clusters, three zones, six brokers. */
  static String turns() {
    StringBuilder table = new StringBuilder(HEAD);
    for (Choice choice : CHOICES) {
      Aftermath side = worst(choice, "a Kubernetes cluster");
      List<String> cells =
          List.of(
              "%d, %d".formatted(choice.replicas, choice.minIsr),
              choice.where(),
              Math.round(choice.replicas * 100 / 6.0) + " %",
              String.valueOf(fewestOnOneSide(choice.layout())),
              FailureTables.writes(worst(choice, "a zone")),
              FailureTables.writes(side),
              side.writes() == Writes.YES ? rollout(side) : "–",
              FailureTables.writes(worst(choice, "one broker on each side")),
              pair(choice),
              mostAtOnce(choice));
      table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return table.toString();
  }

  private static Aftermath worst(Choice choice, String failure) {
    return Aftermath.worst(choice.layout(), choice.minIsr, failure(failure));
  }

  private static Failure failure(String name) {
    return Failure.stretch().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static int fewestOnOneSide(Layout layout) {
    return layout.placed().stream()
        .flatMap(it -> layout.counts(it, Site::cluster).stream())
        .min(Integer::compare)
        .orElseThrow();
  }

  private static String rollout(Aftermath it) {
    return it.canStop().filter(Verdict.Yes.class::isInstance).isPresent() ? "goes on" : "waits";
  }

  /** Whether the second of two waits for the first. */
  private static String pair(Choice choice) {
    Set<Integer> numbers = new TreeSet<>();
    for (Set<Integer> pair : failure("one broker on each side").ways().apply(choice.layout())) {
      for (List<Integer> order : orders(List.copyOf(pair))) {
        numbers.add(let(choice, order).size());
      }
    }
    if (numbers.equals(Set.of(1))) {
      return "yes: one waits for the other";
    }
    return numbers.equals(Set.of(2)) ? "yes: neither waits" : "yes: for some pairs one waits";
  }

  private static String mostAtOnce(Choice choice) {
    int most = 0;
    for (List<Integer> order : orders(List.copyOf(choice.layout().brokers().keySet()))) {
      most = Math.max(most, let(choice, order).size());
    }
    return most == 1 ? "1 broker" : most + " brokers";
  }

  /**
   * Who is let go, of nodes that all ask before any of them is down, in this order: each is asked
   * about with those that go before it.
   */
  static Set<Integer> let(Layout layout, int minIsr, List<Integer> order) {
    ClusterSnapshot cluster = layout.healthy(minIsr);
    Set<Integer> going = new TreeSet<>();
    for (int id : order) {
      if (POLICY.assessOthers(cluster, Set.of(id), going).verdict() instanceof Verdict.Yes) {
        going.add(id);
      }
    }
    return going;
  }

  /** The same, and writes go on without all of them. */
  private static Set<Integer> let(Choice choice, List<Integer> order) {
    Set<Integer> going = let(choice.layout(), choice.minIsr, order);
    if (Aftermath.of(choice.layout(), choice.minIsr, going).writes() != Writes.YES) {
      throw new AssertionError(
          "%s were let go by %s, and writes don't go on".formatted(going, choice));
    }
    return going;
  }

  private static List<List<Integer>> orders(List<Integer> ids) {
    if (ids.isEmpty()) {
      return List.of(List.of());
    }
    List<List<Integer>> orders = new ArrayList<>();
    for (Integer first : ids) {
      List<Integer> others = new ArrayList<>(ids);
      others.remove(first);
      for (List<Integer> rest : orders(others)) {
        List<Integer> order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }
}

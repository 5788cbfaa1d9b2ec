package dev.kafkapod.bench;

import dev.kafkapod.bench.Comparison.Aim;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What evaluations of one cluster cost an agent's broker, and whether that is little enough.
 *
 * @param partitions of the cluster
 * @param rounds evaluations, and as often, taking turns, what Kafka's client alone does for them
 * @param transientHeap the most that is live in an evaluation beyond what was live before, in bytes
 */
record AgentFigures(int partitions, Rounds rounds, long transientHeap) {

  /**
   * Evaluations, and next to each the one call of Kafka's client that no evaluation can do without.
   *
   * @param evaluations of the agent's probe
   * @param listTopics of a consumer that lists topics, and nothing else
   */
  record Rounds(List<Evaluation> evaluations, List<Evaluation> listTopics) {
    Rounds {
      evaluations = List.copyOf(evaluations);
      listTopics = List.copyOf(listTopics);
    }

    Sides cpu() {
      return new Sides(cpu(evaluations), cpu(listTopics));
    }

    private static List<Double> cpu(List<Evaluation> all) {
      return all.stream().map(it -> (double) it.cpu().toNanos()).toList();
    }
  }

  /** Where the aims apply: more is rare in a single cluster. */
  static final int PARTITIONS_OF_AIMS = 100_000;

  /** How often an agent evaluates unless told otherwise. */
  static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final int PERCENT_OF_A_CORE = 1;
  private static final double CPU_OF_LIST_TOPICS = 1.25;
  private static final double HEAP_OF_LIST_TOPICS = 1.10;

  Evaluation median() {
    return Evaluation.median(rounds.evaluations());
  }

  /** The shortest interval at which evaluations take no more than 1 % of one core. */
  Duration shortestInterval() {
    return median().cpu().multipliedBy(100 / PERCENT_OF_A_CORE);
  }

  long bytesAPartition() {
    return median().allocated() / partitions;
  }

  /** What the aims are about, for clusters of every size. */
  String ratios() {
    return String.format(
        Locale.ROOT,
        "CPU of an evaluation / of listTopics alone: %s; transient heap / what listTopics allocates: %.2f",
        rounds.cpu().ratioText(),
        heap());
  }

  private double heap() {
    return (double) transientHeap / Evaluation.median(rounds.listTopics()).allocated();
  }

  /** Empty where the cluster isn't of the size that the aims are for. */
  List<Aim> aims() {
    if (partitions != PARTITIONS_OF_AIMS) {
      return List.of();
    }
    return List.of(
        rounds.cpu().atMost("CPU, evaluation / listTopics", CPU_OF_LIST_TOPICS),
        new Aim(
            "heap, evaluation / listTopics allocates",
            String.format(Locale.ROOT, "%.2f", heap()),
            String.format(Locale.ROOT, "at most %.2f", HEAP_OF_LIST_TOPICS),
            heap() <= HEAP_OF_LIST_TOPICS));
  }
}

package dev.kafkapod.guide;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.Assessment;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ConditionResult;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.Given;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.stopping.Consequences;
import dev.kafkapod.stopping.Harm;
import dev.kafkapod.stopping.StopPolicy;
import dev.kafkapod.stopping.StopSafety;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a loss has done, by the very rules that brokers' readiness and {@code can-stop} are judged
 * by.
 *
 * @param writes whether acks=all writes go on
 * @param reads whether reads go on
 * @param quorum whether there are controllers
 * @param spareBrokers how many more brokers, whichever they are, could go, and writes went on
 * @param spareControllers how many more controllers, whichever they are, could go
 * @param running what keeps brokers that have been ready from being so
 * @param restarted what keeps a broker that was restarted since from becoming ready
 * @param canStop whether each of the brokers that are left could stop; empty if some could
 */
record Aftermath(
    Writes writes,
    Reads reads,
    boolean quorum,
    int spareBrokers,
    int spareControllers,
    Optional<String> running,
    Optional<String> restarted,
    Optional<Verdict> canStop) {

  /** From the best to the worst. */
  enum Writes {
    YES,
    UNTIL_A_BROKER_IS_LOST,
    UNDER_MIN_ISR,
    NO_LEADER,
    NO_QUORUM
  }

  /** From the best to the worst. */
  enum Reads {
    YES,
    WHERE_THE_LEADER_IS_LEFT,
    NO
  }

  /** The worst first; of two that are alike, the one with less to spare. */
  static final Comparator<Aftermath> WORST_FIRST =
      Comparator.comparing((Aftermath it) -> it.writes)
          .thenComparing(it -> it.reads)
          .thenComparing(it -> !it.quorum)
          .thenComparing(it -> -it.spareBrokers)
          .thenComparing(it -> -it.spareControllers)
          .reversed();

  /** The worst of all ways in which something can be lost. */
  static Aftermath worst(Layout layout, int minIsr, Failure failure) {
    return failure.ways().apply(layout).stream()
        .map(lost -> of(layout, minIsr, lost))
        .min(WORST_FIRST)
        .orElseThrow();
  }

  static Aftermath of(Layout layout, int minIsr, Set<Integer> lost) {
    ClusterSnapshot before = layout.healthy(minIsr);
    Consequences loss = StopSafety.of(before, lost);
    boolean quorum = loss.quorum().isEmpty();
    ClusterSnapshot after = layout.without(lost, minIsr, quorum);
    Set<Integer> brokers = left(layout.brokers().keySet(), lost);
    Set<Integer> controllers = left(layout.controllers().keySet(), lost);
    Writes writes = writes(loss, quorum, brokers.size() < layout.brokers().size());
    return new Aftermath(
        writes,
        reads(before, loss, quorum, lost),
        quorum,
        writes == Writes.YES
            ? spare(brokers, more -> StopSafety.of(after, more).broken().isEmpty())
            : 0,
        quorum ? spare(controllers, more -> StopSafety.of(after, more).quorum().isEmpty()) : 0,
        hindrance(after, brokers, true),
        hindrance(after, brokers, false),
        canStop(after, brokers));
  }

  private static Set<Integer> left(Set<Integer> ids, Set<Integer> lost) {
    Set<Integer> left = new TreeSet<>(ids);
    left.removeAll(lost);
    return left;
  }

  /**
   * Without controllers nobody takes a lost broker out of an ISR, and acks=all waits for it in
   * vain.
   */
  private static Writes writes(Consequences loss, boolean quorum, boolean brokersLost) {
    if (!quorum) {
      return brokersLost ? Writes.NO_QUORUM : Writes.UNTIL_A_BROKER_IS_LOST;
    }
    if (loss.broken().isEmpty()) {
      return Writes.YES;
    }
    return anyLeaderless(loss) ? Writes.NO_LEADER : Writes.UNDER_MIN_ISR;
  }

  /** Without controllers nobody becomes a leader who wasn't. */
  private static Reads reads(
      ClusterSnapshot before, Consequences loss, boolean quorum, Set<Integer> lost) {
    if (quorum) {
      return anyLeaderless(loss) ? Reads.NO : Reads.YES;
    }
    return before.partitions().stream().anyMatch(it -> leaderIsIn(lost, it))
        ? Reads.WHERE_THE_LEADER_IS_LEFT
        : Reads.YES;
  }

  private static boolean leaderIsIn(Set<Integer> lost, PartitionState partition) {
    return lost.contains(partition.leader().orElseThrow());
  }

  private static boolean anyLeaderless(Consequences loss) {
    return loss.broken().stream().anyMatch(it -> it.harm() == Harm.LEADERLESS);
  }

  /** The largest number so that any that many may go. */
  private static int spare(Set<Integer> ids, Predicate<Set<Integer>> harmless) {
    int spare = 0;
    while (spare < ids.size() && subsets(List.copyOf(ids), spare + 1).stream().allMatch(harmless)) {
      spare++;
    }
    return spare;
  }

  static Set<Set<Integer>> subsets(List<Integer> ids, int size) {
    if (size == 0) {
      return Set.of(Set.of());
    }
    Set<Set<Integer>> found = new HashSet<>();
    for (int i = 0; i <= ids.size() - size; i++) {
      for (Set<Integer> rest : subsets(ids.subList(i + 1, ids.size()), size - 1)) {
        Set<Integer> subset = new TreeSet<>(rest);
        subset.add(ids.get(i));
        found.add(subset);
      }
    }
    return found;
  }

  /** By the default gates; empty if the broker is ready. */
  private static Optional<String> hindrance(
      ClusterSnapshot after, Set<Integer> brokers, boolean latched) {
    if (brokers.isEmpty()) {
      return Optional.of("none is left");
    }
    Observation seen =
        new Observation(
            Answer.known(Given.aBroker(brokers.iterator().next()).build()),
            Answer.known(new ListenerSnapshot("its own", Optional.empty())),
            Answer.known(after));
    Assessment assessment = ReadinessPolicy.of(GatePreset.BALANCED).assess(seen, latched);
    if (assessment.verdict() instanceof Verdict.Yes) {
      return Optional.empty();
    }
    return Optional.of(
        assessment.results().stream()
            .filter(ConditionResult::blocks)
            .map(it -> it.condition().label())
            .findFirst()
            .orElse("cannot tell"));
  }

  /** Of each of the brokers alone; empty where they differ. */
  private static Optional<Verdict> canStop(ClusterSnapshot after, Set<Integer> brokers) {
    StopPolicy policy = new StopPolicy(Allowance.SINGLE);
    if (StopPolicy.distrust(after, Answer.unknown("nobody local")).isPresent()) {
      return Optional.of(new Verdict.CannotTell(List.of("no controller answers")));
    }
    List<Verdict> verdicts =
        brokers.stream().map(id -> policy.assessOthers(after, Set.of(id)).verdict()).toList();
    boolean alike = verdicts.stream().map(Object::getClass).distinct().count() == 1;
    return alike ? Optional.of(verdicts.get(0)) : Optional.empty();
  }
}

package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.cluster.LogSizes;
import dev.kafkapod.common.Answer;
import dev.kafkapod.placement.PartitionSizes;
import dev.kafkapod.placement.PlacementAssessment;
import dev.kafkapod.placement.PlacementPlanner;
import dev.kafkapod.placement.PlacementPolicy;
import dev.kafkapod.placement.PlacementTarget;
import dev.kafkapod.placement.PlacementVerdict;
import dev.kafkapod.placement.PlanOutcome;
import dev.kafkapod.placement.TargetPartitions;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.readiness.Freshness;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.report.PlacementPlanReport;
import dev.kafkapod.report.PlacementReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Looks where a cluster's replicas are; only at answers that are trusted. */
public final class PlacementInquiry {

  private final Supplier<ClientSettings> cluster;
  private final Duration timeout;
  private final BiFunction<ClientSettings, Duration, ClusterProbe> probes;
  private final SizesProbe sizes;

  /** Tells how many bytes the partitions of a cluster have. */
  interface SizesProbe {
    PartitionSizes of(ClusterSnapshot cluster, Deadline deadline);
  }

  /**
   * An inquiry.
   *
   * @param cluster how to reach the cluster
   * @param timeout how long an answer may usually take
   */
  public PlacementInquiry(Supplier<ClientSettings> cluster, Duration timeout) {
    this.cluster = cluster;
    this.timeout = timeout;
    this.probes = AdminClusterProbe::new;
    this.sizes = this::sizes;
  }

  /** The same with other probes. */
  PlacementInquiry(
      Supplier<ClientSettings> cluster,
      Duration timeout,
      BiFunction<ClientSettings, Duration, ClusterProbe> probes,
      SizesProbe sizes) {
    this.cluster = cluster;
    this.timeout = timeout;
    this.probes = probes;
    this.sizes = sizes;
  }

  /**
   * Every partition of the cluster, and its brokers; a cluster that isn't trusted is asked again
   * while there is time.
   *
   * @throws Misconfigured if nobody knows whom to ask, or only controllers are known
   */
  private Answer<ClusterSnapshot> look(Deadline deadline) {
    ClientSettings settings = settings();
    while (true) {
      Question<ClusterSnapshot> question =
          Observer.askClusterOnce(
              probes.apply(settings, timeout),
              settings,
              ClusterProbe.Detail.EVERY_PARTITION,
              deadline);
      Answer<ClusterSnapshot> answer = question.answer(deadline);
      question.awaitEnd(deadline); // two clients at once may be more than the heap holds
      Optional<String> distrust =
          answer
              .value()
              .flatMap(
                  it -> Freshness.staleBecause(it, Answer.unknown("no local broker was asked")));
      if (distrust.isEmpty()) {
        return answer;
      }
      if (!Observer.worthAnotherTry(answer, deadline)) {
        return Answer.unknown(distrust.get());
      }
    }
  }

  /**
   * Whether partitions are spread as well as their brokers allow.
   *
   * @param target which topics are judged, and by which dimensions
   * @param strict whether less than even is a no, too, where the brokers allow no more
   * @throws Misconfigured if nobody knows whom to ask, only controllers are known, or there are no
   *     such topics
   */
  public PlacementReport check(PlacementTarget target, boolean strict, Deadline deadline) {
    Answer<ClusterSnapshot> seen = look(deadline);
    if (seen.value().isEmpty()) {
      return PlacementReport.unknown(seen.cause().orElseThrow(), target.order());
    }
    ClusterSnapshot trusted = seen.value().get();
    TargetPartitions named = TargetPartitions.of(target, trusted);
    if (!named.problems().isEmpty()) {
      throw Misconfigured.wrongUse(String.join("; ", named.problems()), null);
    }
    PlacementAssessment assessment =
        PlacementPolicy.assess(trusted, named.chosen(), target.order());
    return new PlacementReport(
        PlacementVerdict.of(
            assessment, strict, trusted.hiddenTopics(), PlacementPolicy.unheardOf(trusted)),
        Optional.of(trusted.clusterId()),
        target.order(),
        Optional.of(assessment),
        notes(trusted, named.chosen()));
  }

  private static List<String> notes(ClusterSnapshot cluster, List<PartitionState> chosen) {
    List<String> notes = new ArrayList<>();
    cluster.minIsrProblem().ifPresent(notes::add);
    long moving = chosen.stream().filter(PartitionState::isReassigned).count();
    if (moving > 0) {
      notes.add(
          "%s being moved, and judged by where %s now"
              .formatted(
                  Wording.count(moving, "partition") + (moving == 1 ? " is" : " are"),
                  moving == 1 ? "it is" : "they are"));
    }
    return notes;
  }

  /**
   * The fewest moves that spread partitions as well as the brokers allow that may hold them.
   *
   * @param explain the name of a partition to explain
   * @throws Misconfigured if nobody knows whom to ask, only controllers are known, or the target
   *     can't be
   */
  public PlacementPlanReport plan(
      PlacementTarget target, Optional<String> explain, Deadline deadline) {
    Answer<ClusterSnapshot> seen = look(deadline);
    if (seen.value().isEmpty()) {
      return PlacementPlanReport.unknown(List.of(seen.cause().orElseThrow()), target.order());
    }
    ClusterSnapshot trusted = seen.value().get();
    PlanOutcome outcome =
        PlacementPlanner.plan(target, trusted, sizes.of(trusted, deadline), explain);
    if (outcome instanceof PlanOutcome.Impossible impossible) {
      throw Misconfigured.wrongUse(String.join("; ", impossible.problems()), null);
    }
    return outcome instanceof PlanOutcome.Planned planned
        ? PlacementPlanReport.of(trusted.clusterId(), planned.plan(), target.order())
        : PlacementPlanReport.unknown(((PlanOutcome.Unclear) outcome).causes(), target.order());
  }

  /** How many bytes the partitions of a cluster have, as far as its brokers tell in time. */
  private PartitionSizes sizes(ClusterSnapshot seen, Deadline deadline) {
    ClientSettings settings = settings();
    Answer<PartitionSizes> answer =
        Question.ask("the log directories", () -> LogSizes.of(settings, seen, timeout, deadline))
            .answer(deadline);
    return answer
        .value()
        .orElseGet(
            () ->
                new PartitionSizes(
                    Map.of(),
                    List.of(
                        "how many bytes replicas have isn't known: " + answer.cause().orElse(""))));
  }

  private ClientSettings settings() {
    ClientSettings settings = cluster.get();
    if (settings.asked() == Asked.CONTROLLERS) {
      throw Misconfigured.wrongUse(
          "brokers know where replicas are, and only controllers are known here; name brokers with --bootstrap-server",
          null);
    }
    return settings;
  }
}

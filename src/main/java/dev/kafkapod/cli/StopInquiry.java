package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.readiness.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Progress;
import dev.kafkapod.readiness.Verdict;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.stopping.Selection;
import dev.kafkapod.stopping.StopAssessment;
import dev.kafkapod.stopping.StopPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Asks the cluster whether nodes may stop. Always by itself, never the agent, whose knowledge may
 * be seconds old: it has looked at another question, and another broker may have stopped since.
 */
final class StopInquiry {

  private final String question;
  private final StopPolicy policy;
  private final Selection selection;
  private final boolean each;
  private final Optional<BrokerProbe> local;
  private final ClientSettings cluster;
  private final UnaryOperator<Verdict> relaxed;

  /** Over all times that this is asked. */
  private final Progress progress = new Progress();

  /**
   * An inquiry that can be repeated.
   *
   * @param question the command, for the report
   * @param each whether every selected node is judged alone
   * @param local the local node, if it is the one that would stop
   * @param relaxed what an operator makes of a verdict; not asked where it is the local node that
   *     doesn't say who it is, for that isn't the cluster's fault
   */
  StopInquiry(
      String question,
      StopPolicy policy,
      Selection selection,
      boolean each,
      Optional<BrokerProbe> local,
      ClientSettings cluster,
      UnaryOperator<Verdict> relaxed) {
    this.question = question;
    this.policy = policy;
    this.selection = selection;
    this.each = each;
    this.local = local;
    this.cluster = cluster;
    this.relaxed = relaxed;
  }

  /**
   * The answer, before a deadline; a cluster that isn't trusted is asked again while there is time.
   *
   * @param timeout how long the answers may usually take
   * @throws Misconfigured if the cluster is trusted and has nobody of those who were named
   */
  StopReport ask(Duration timeout, Deadline deadline) {
    Optional<Question<BrokerSnapshot>> broker = local.map(Observer::askBroker);
    while (true) {
      Answer<ClusterSnapshot> snapshot = askCluster(timeout, deadline);
      Answer<BrokerSnapshot> self =
          broker.isPresent()
              ? broker.get().answer(deadline)
              : Answer.unknown("no local broker was asked");
      Optional<String> distrust = snapshot.value().flatMap(it -> StopPolicy.distrust(it, self));
      if (distrust.isEmpty() || !Observer.worthAnotherTry(deadline)) {
        StopReport report = report(self, snapshot, distrust);
        return local.isEmpty() || self.value().flatMap(StopInquiry::id).isPresent()
            ? report.with(relaxed.apply(report.verdict()))
            : report;
      }
    }
  }

  private static Optional<Integer> id(BrokerSnapshot self) {
    return self.nodeId().stream().boxed().findFirst();
  }

  /**
   * By a new client each time, for a used one goes on asking the broker that it is connected to.
   */
  private Answer<ClusterSnapshot> askCluster(Duration timeout, Deadline deadline) {
    ClusterProbe probe = new AdminClusterProbe(cluster, timeout);
    Answer<ClusterSnapshot> answer =
        Observer.askCluster(probe, cluster, ClusterProbe.Detail.EVERY_PARTITION, deadline)
            .answer(deadline);
    if (answer.value().isPresent()) {
      probe.close(); // whoever gave no answer in time may still be at it
    }
    return answer;
  }

  private StopReport report(
      Answer<BrokerSnapshot> self, Answer<ClusterSnapshot> snapshot, Optional<String> distrust) {
    boolean stalled =
        self.value().filter(it -> progress.isRecoveryStalled(it, System.nanoTime())).isPresent();
    Optional<StopAssessment> recovering =
        self.value().flatMap(it -> StopPolicy.recovering(it, stalled));
    if (recovering.isPresent()) {
      return StopReport.together(question, recovering.get(), List.of());
    }
    List<String> causes = new ArrayList<>();
    if (local.isPresent()) {
      self.cause().ifPresent(causes::add);
    }
    snapshot.cause().ifPresent(causes::add);
    distrust.ifPresent(causes::add);
    if (!causes.isEmpty()) {
      return StopReport.unknown(question, new Verdict.CannotTell(causes));
    }
    ClusterSnapshot trusted = progress.of(snapshot.value().orElseThrow(), System.nanoTime());
    return local.isPresent()
        ? StopReport.together(
            question, policy.assess(self.value().orElseThrow(), trusted, stalled), List.of())
        : others(trusted);
  }

  private StopReport others(ClusterSnapshot trusted) {
    Selection who = selection.isEmpty() ? Selection.allBrokers(trusted) : selection;
    if (who.in(trusted) instanceof Selection.Outcome.Missing missing) {
      throw new Misconfigured(String.join("; ", missing.problems()));
    }
    Set<Integer> ids = ((Selection.Outcome.Found) who.in(trusted)).ids();
    List<String> notes = selection.blindSpot(trusted).map(List::of).orElse(List.of());
    if (!each) {
      return StopReport.together(question, policy.assessOthers(trusted, ids), notes);
    }
    List<StopAssessment> stops =
        ids.stream().map(id -> policy.assessOthers(trusted, Set.of(id))).toList();
    return StopReport.each(question, stops, notes);
  }
}

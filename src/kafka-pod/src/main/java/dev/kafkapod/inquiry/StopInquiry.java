package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.ControlPlane;
import dev.kafkapod.readiness.Progress;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.report.TurnsReport;
import dev.kafkapod.settings.Redaction;
import dev.kafkapod.stopping.Selection;
import dev.kafkapod.stopping.StopAssessment;
import dev.kafkapod.stopping.StopPolicy;
import dev.kafkapod.turns.Ahead;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Asks the cluster whether nodes may stop. Always by itself, never the agent, whose knowledge may
 * be seconds old: it has looked at another question, and another broker may have stopped since.
 */
public final class StopInquiry {

  private final String question;
  private final StopPolicy policy;
  private final Selection selection;
  private final boolean each;
  private final Optional<LocalNode> local;
  private final Supplier<ClientSettings> cluster;
  private final UnaryOperator<Verdict> relaxed;
  private final BiFunction<ClientSettings, Duration, ClusterProbe> probes;

  /** Over all times that this is asked. */
  private final Progress progress;

  /**
   * An inquiry that can be repeated.
   *
   * @param question the command, for the report
   * @param each whether every selected node is judged alone
   * @param local the local node, if it is the one that would stop
   * @param cluster how to reach the cluster, found out anew for each answer
   * @param relaxed what an operator makes of a verdict; not asked where it is the local node that
   *     doesn't say who it is, because that isn't the cluster's fault
   */
  public StopInquiry(
      String question,
      StopPolicy policy,
      Selection selection,
      boolean each,
      Optional<LocalNode> local,
      Supplier<ClientSettings> cluster,
      UnaryOperator<Verdict> relaxed) {
    this(
        question,
        policy,
        selection,
        each,
        local,
        cluster,
        relaxed,
        AdminClusterProbe::new,
        new Progress());
  }

  /**
   * The same with other probes.
   *
   * @param probes makes what asks, by how to reach the cluster and how long its answers may take
   * @param progress what was seen before
   */
  StopInquiry(
      String question,
      StopPolicy policy,
      Selection selection,
      boolean each,
      Optional<LocalNode> local,
      Supplier<ClientSettings> cluster,
      UnaryOperator<Verdict> relaxed,
      BiFunction<ClientSettings, Duration, ClusterProbe> probes,
      Progress progress) {
    this.question = question;
    this.policy = policy;
    this.selection = selection;
    this.each = each;
    this.local = local;
    this.cluster = cluster;
    this.relaxed = relaxed;
    this.probes = probes;
    this.progress = progress;
  }

  /**
   * What came of asking.
   *
   * @param wrong a mistake that may heal, and because of which nobody can tell
   * @param waitsFor what keeps the nodes from stopping
   * @param clusterId of the cluster that was asked; empty if it didn't answer
   */
  public record Heard(
      StopReport report,
      Optional<Misconfigured> wrong,
      WaitsFor waitsFor,
      Optional<String> clusterId) {

    /** Where no cluster has answered. */
    public Heard(StopReport report, Optional<Misconfigured> wrong) {
      this(
          report,
          wrong,
          report.verdict().isYes() ? WaitsFor.NOTHING : WaitsFor.CLUSTER,
          Optional.empty());
    }

    /** The same with another verdict. */
    Heard with(Verdict verdict) {
      return new Heard(report.with(verdict), wrong, waitsFor, clusterId);
    }

    /** The same with a note. */
    Heard noting(String note) {
      return new Heard(report.noting(note), wrong, waitsFor, clusterId);
    }

    /** Nobody can tell because of a mistake that may heal. */
    public static Heard wrong(String question, Misconfigured wrong) {
      String shown = Redaction.byShape().apply(wrong.getMessage());
      return new Heard(
          StopReport.unknown(question, new Verdict.CannotTell(List.of(shown))), Optional.of(wrong));
    }
  }

  /** What is known of the cluster, or why nothing is. */
  private record Seen(Answer<ClusterSnapshot> snapshot, Optional<Misconfigured> wrong) {

    static Seen wrong(Misconfigured wrong) {
      return new Seen(
          Answer.unknown(Redaction.byShape().apply(wrong.getMessage())), Optional.of(wrong));
    }
  }

  /**
   * The answer, before a deadline; a cluster that isn't trusted is asked again while there is time.
   *
   * @param timeout how long the answers may usually take
   * @throws Misconfigured if the cluster is trusted and has nobody of those who were named, or
   *     nobody knows whom to ask
   */
  public Heard ask(Duration timeout, Deadline deadline) {
    return ask(timeout, deadline, Ahead.NOBODY);
  }

  /**
   * The same where others are ahead.
   *
   * @param ahead who counts as stopped, and whose turn is before
   */
  public Heard ask(Duration timeout, Deadline deadline, Ahead ahead) {
    Optional<LocalNode.PendingSnapshot> node = local.map(LocalNode::ask);
    while (true) {
      Seen seen = askCluster(timeout, deadline);
      Answer<LocalNode.Self> self =
          node.isPresent()
              ? node.get().answer(deadline)
              : Answer.unknown("no local broker was asked");
      Optional<String> distrust =
          seen.snapshot().value().flatMap(it -> StopPolicy.distrust(it, snapshot(self)));
      if (distrust.isEmpty() || !Observer.worthAnotherTry(seen.snapshot(), deadline)) {
        return relaxed(judged(self, seen.snapshot(), distrust, ahead), self, seen, distrust);
      }
    }
  }

  /**
   * The answer for those who don't wait: what is configured wrong is an error, even if it may heal.
   *
   * @throws Misconfigured as {@link #ask}, and if that is why nobody can tell
   */
  public StopReport report(Duration timeout, Deadline deadline) {
    return heard(timeout, deadline, Ahead.NOBODY).report();
  }

  private Heard heard(Duration timeout, Deadline deadline, Ahead ahead) {
    Heard heard = ask(timeout, deadline, ahead);
    if (heard.wrong().isPresent()) {
      throw heard.wrong().get();
    }
    return heard;
  }

  /**
   * The same where stops take turns: those who go count as stopped.
   *
   * @param turns what the topic of turns has; a yes needs it
   */
  public StopReport report(
      Duration timeout, Deadline deadline, Answer<TurnsInquiry.TurnsSeen> turns) {
    Ahead going =
        new Ahead(
            turns
                .value()
                .map(it -> Ahead.of(it.queue(), it.clock(), List.of()).going())
                .orElse(Set.of()),
            Set.of());
    Heard heard = heard(timeout, deadline, going);
    Optional<String> unknown =
        turns
            .cause()
            .or(
                () ->
                    turns
                        .value()
                        .flatMap(it -> TurnsInquiry.other(it.clusterId(), heard.clusterId())));
    StopReport report = heard.report();
    if (unknown.isEmpty()) {
      return report.with(turns.value().orElseThrow().report());
    }
    String why = unknown.get();
    return (report.verdict().isYes() ? report.with(new Verdict.CannotTell(List.of(why))) : report)
        .with(TurnsReport.unknown(why));
  }

  private static Answer<BrokerSnapshot> snapshot(Answer<LocalNode.Self> self) {
    return self.then(it -> Answer.known(it.snapshot()));
  }

  /** Only the cluster's silence may be ignored, never that of the local node. */
  private Heard relaxed(
      Judged judged, Answer<LocalNode.Self> self, Seen seen, Optional<String> distrust) {
    StopReport report = judged.report();
    boolean known =
        local.isEmpty()
            || self.value().filter(it -> it.snapshot().nodeId().isPresent()).isPresent();
    Optional<ClusterSnapshot> cluster = seen.snapshot().value();
    boolean localLacks =
        self.value().flatMap(LocalNode.Self::lacks).isPresent()
            && cluster.isPresent()
            && (distrust.isEmpty()
                || cluster.get().controlPlane() instanceof ControlPlane.ZooKeeper);
    StopReport relaxed =
        known && !localLacks ? report.with(this.relaxed.apply(report.verdict())) : report;
    return new Heard(
        relaxed,
        relaxed.verdict().isUnknown() ? seen.wrong() : Optional.empty(),
        relaxed.verdict().isYes() ? WaitsFor.NOTHING : judged.waitsFor(),
        cluster.map(ClusterSnapshot::clusterId));
  }

  /**
   * By a new client each time, because a used one goes on asking the broker that it is connected
   * to. It is closed in any case: a long waiting must not collect clients that got no answer.
   */
  private Seen askCluster(Duration timeout, Deadline deadline) {
    try {
      ClientSettings settings = cluster.get();
      Question<ClusterSnapshot> question =
          Observer.askClusterOnce(
              probes.apply(settings, timeout),
              settings,
              ClusterProbe.Detail.EVERY_PARTITION,
              deadline);
      try {
        return new Seen(question.answer(deadline), Optional.empty());
      } finally {
        question.awaitEnd(deadline); // two clients at once may be more than the heap holds
      }
    } catch (Misconfigured e) {
      if (!e.mayHeal()) {
        throw e;
      }
      return Seen.wrong(e);
    } catch (OutOfMemoryError e) {
      return Seen.wrong(OutOfMemory.named(e));
    }
  }

  /** A report and what the nodes wait for where it isn't a yes. */
  private record Judged(StopReport report, WaitsFor waitsFor) {}

  /** First the nodes alone, then with those who go, then with those whose turn is before. */
  private Judged judged(
      Answer<LocalNode.Self> self,
      Answer<ClusterSnapshot> snapshot,
      Optional<String> distrust,
      Ahead ahead) {
    StopReport alone = report(self, snapshot, distrust, Set.of());
    if (alone.verdict().isNo() || ahead.isEmpty()) {
      return new Judged(alone, WaitsFor.CLUSTER);
    }
    boolean unknown = alone.verdict().isUnknown(); // what others do is a known no all the same
    if (!ahead.going().isEmpty()) {
      StopReport together = report(self, snapshot, distrust, ahead.going());
      if (together.verdict().isNo() || (!unknown && !together.verdict().isYes())) {
        return new Judged(
            noting(together, "together with %s, which %s", ahead.going(), "goes", "go"),
            WaitsFor.TURN);
      }
    }
    if (!ahead.waiting().isEmpty()) {
      Set<Integer> all = new TreeSet<>(ahead.going());
      all.addAll(ahead.waiting());
      StopReport together = report(self, snapshot, distrust, all);
      if (together.verdict().isNo() || (!unknown && !together.verdict().isYes())) {
        return new Judged(
            noting(together, "together with %s, whose turn is before", ahead.waiting(), "", ""),
            WaitsFor.TURN);
      }
    }
    return new Judged(alone, unknown ? WaitsFor.CLUSTER : WaitsFor.NOTHING);
  }

  private static StopReport noting(
      StopReport report, String note, Set<Integer> nodes, String one, String several) {
    String who = (nodes.size() == 1 ? "node " : "nodes ") + Wording.ids(nodes);
    return report.with(
        report.verdict().noting(note.formatted(who, nodes.size() == 1 ? one : several)));
  }

  private StopReport report(
      Answer<LocalNode.Self> self,
      Answer<ClusterSnapshot> snapshot,
      Optional<String> distrust,
      Set<Integer> others) {
    Optional<BrokerSnapshot> state = self.value().map(LocalNode.Self::snapshot);
    boolean stalled =
        state.filter(it -> progress.isRecoveryStalled(it, System.nanoTime())).isPresent();
    Optional<StopAssessment> recovering = state.flatMap(it -> StopPolicy.recovering(it, stalled));
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
      self.value().flatMap(LocalNode.Self::lacks).ifPresent(causes::add);
      return StopReport.unknown(question, new Verdict.CannotTell(causes));
    }
    ClusterSnapshot trusted = progress.of(snapshot.value().orElseThrow(), System.nanoTime());
    return local.isPresent()
        ? itself(self.value().orElseThrow(), trusted, stalled, others)
        : named(trusted, others);
  }

  private StopReport itself(
      LocalNode.Self self, ClusterSnapshot trusted, boolean stalled, Set<Integer> others) {
    StopReport report =
        StopReport.together(
            question,
            policy.assess(self.snapshot(), trusted, stalled, others),
            self
                .lacks()
                .map(it -> "the state of " + self.snapshot().name() + " isn't known: " + it)
                .stream()
                .toList());
    // a broker that is fenced may be recovering its logs, and only itself could say so
    boolean stateMatters =
        report.verdict().isYes()
            && !self.snapshot().isControllerOnly()
            && !trusted.liveIds().contains(self.snapshot().nodeId().orElseThrow());
    return self.lacks().isPresent() && stateMatters
        ? report.with(
            new Verdict.CannotTell(
                List.of(
                    "%s isn't among the live brokers, and whether it is recovering its logs isn't known: %s"
                        .formatted(self.snapshot().name(), self.lacks().get()))))
        : report;
  }

  private StopReport named(ClusterSnapshot trusted, Set<Integer> others) {
    Selection who = selection.isEmpty() ? Selection.allBrokers(trusted) : selection;
    if (who.in(trusted) instanceof Selection.SelectedNodes.Missing missing) {
      throw Misconfigured.wrongUse(String.join("; ", missing.problems()), null);
    }
    Set<Integer> ids = ((Selection.SelectedNodes.Found) who.in(trusted)).ids();
    List<String> notes = selection.blindSpot(trusted).map(List::of).orElse(List.of());
    StopReport report =
        each
            ? StopReport.each(
                question,
                ids.stream().map(id -> policy.assessOthers(trusted, Set.of(id), others)).toList(),
                notes)
            : StopReport.together(question, policy.assessOthers(trusted, ids, others), notes);
    return who.unplaced(trusted)
        .filter(it -> report.verdict().isYes())
        .map(it -> report.with(new Verdict.CannotTell(List.of(it))))
        .orElse(report);
  }
}

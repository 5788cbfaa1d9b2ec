package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Reply;
import dev.kafkapod.report.Status;
import dev.kafkapod.verdictfile.VerdictFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether the local broker is ready, and what an override has to do with it: from the
 * agent if that knows, and else by asking. The override files are read once, when it begins.
 */
public final class ReadinessInquiry {

  private static final String QUESTION = "ready";

  private final long begun = System.nanoTime();
  private final ReadinessRequest request;
  private final Overrides overrides;

  /** An inquiry that begins now. */
  public ReadinessInquiry(ReadinessRequest request) {
    this.request = request;
    this.overrides = request.overrides();
  }

  /** The answer, from whoever has it soonest. */
  public Reply ready() {
    Optional<VerdictFile> agent = agent();
    if (agent.isPresent()) {
      return agent.get().ready().as(QUESTION);
    }
    if (overrides.inForce().filter(InForce::needsNobody).isPresent()) {
      return new Reply(QUESTION, EffectiveVerdict.unasked(overrides).verdict());
    }
    return new Reply(QUESTION, evaluate().verdict());
  }

  /**
   * The status as the agent has it.
   *
   * @return empty if there is no agent that may be asked and answers
   */
  public Optional<AgentStatus> statusOfAgent(boolean json) {
    return agent()
        .flatMap(VerdictFile::http)
        .flatMap(http -> AgentStatus.ask(http, json, request.deadline()));
  }

  /** The status, found out without the agent. */
  public Status status() {
    Observer.Judged judged = judge(ClusterProbe.Detail.EVERYTHING);
    return Status.now(
        judged.observation(),
        judged.assessment(),
        judged.effective(overrides, request.firstReady()),
        request.latched(),
        System.nanoTime() - begun);
  }

  /**
   * What is in force, and what it hides. Finding that out doesn't fail where nobody can be asked:
   * what is in force is known all the same.
   */
  public EffectiveVerdict override() {
    if (overrides.inForce().isEmpty()) {
      return hidingNothing("nobody was asked");
    }
    Optional<EffectiveVerdict> told =
        statusOfAgent(true).flatMap(status -> AgentOverride.of(overrides, status.text()));
    if (told.isPresent()) {
      return told.get();
    }
    try {
      return evaluate();
    } catch (Misconfigured e) {
      Verdict unknown = new Verdict.CannotTell(List.of(e.getMessage()));
      return new EffectiveVerdict(
          overrides, unknown, unknown, List.of("cannot tell: " + e.getMessage()));
    }
  }

  /**
   * Whether an override is in force: yes or no; wrong use if none is because of a file that is
   * damaged, and cannot tell if nobody knows whom one is for.
   */
  public int overrideExitCode() {
    if (overrides.inForce().isPresent()) {
      return ExitCode.YES;
    }
    Set<Overrides.WarningKind> kinds = EnumSet.noneOf(Overrides.WarningKind.class);
    overrides.problems().forEach(problem -> kinds.add(problem.kind()));
    if (kinds.contains(Overrides.WarningKind.UNUSABLE)) {
      return ExitCode.USAGE;
    }
    return kinds.contains(Overrides.WarningKind.UNPLACED) ? ExitCode.CANNOT_TELL : ExitCode.NO;
  }

  /**
   * The agent's verdict, if it was made under the very override files that there are now, with the
   * same one in force: the agent hears of a change a moment later than this process, and of none
   * while it is stopped.
   */
  private Optional<VerdictFile> agent() {
    Optional<VerdictFile> verdict = request.agent();
    if (verdict.isEmpty()) {
      return verdict;
    }
    Optional<OverrideIdentity> made = verdict.get().overrides().identity();
    return made.isPresent() && made.equals(overrides.identity()) ? verdict : Optional.empty();
  }

  private EffectiveVerdict evaluate() {
    return judge(ClusterProbe.Detail.VERDICT).effective(overrides, request.firstReady());
  }

  private Observer.Judged judge(ClusterProbe.Detail detail) {
    return request
        .observer()
        .judge(request.policy(), request.latched(), detail, request.deadline());
  }

  private EffectiveVerdict hidingNothing(String cause) {
    Verdict unknown = new Verdict.CannotTell(List.of(cause));
    return new EffectiveVerdict(overrides, unknown, unknown, List.of());
  }
}

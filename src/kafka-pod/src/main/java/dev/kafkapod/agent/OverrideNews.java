package dev.kafkapod.agent;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.report.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the log says of overrides: on each change, and again and again while one is in force, with
 * the answer that would be given without it. Reads no clock.
 */
final class OverrideNews {

  /** A logger of its own, so that these lines can go to an audit's file. */
  static final String LOGGER = Agent.LOGGER + ".override";

  private static final Duration WHILE_IN_FORCE = Duration.ofMinutes(1);
  private static final Duration WHILE_WRONG = Duration.ofMinutes(10);

  private Optional<InForce> inForce = Optional.empty();
  private Optional<Effect> effect = Optional.empty();
  private List<Overrides.Warning> problems = List.of();
  private OptionalLong saidNanos = OptionalLong.empty();
  private OptionalLong warnedNanos = OptionalLong.empty();

  /** The lines that are due, each once. */
  List<String> of(AgentState agentState, long nowNanos) {
    List<String> lines = new ArrayList<>();
    EffectiveVerdict effective = agentState.effective();
    Overrides overrides = effective.overrides();
    if (overrides.inForce().isPresent()) {
      inForce(agentState, overrides.inForce().get(), nowNanos, lines);
    } else if (inForce.isPresent()) {
      lines.add(
          "no override is in force any more: %s, from %s; now %s"
              .formatted(inForce.get().wording(), inForce.get().place(), line(effective)));
      effect = Optional.empty();
    }
    inForce = overrides.inForce();
    problems(overrides.problems(), nowNanos, lines);
    return lines;
  }

  private void inForce(AgentState agentState, InForce now, long nowNanos, List<String> lines) {
    Effect effectNow = Effect.of(agentState);
    boolean same =
        inForce.filter(now::isSame).isPresent() && effect.filter(effectNow::equals).isPresent();
    if (same && !isDue(saidNanos, WHILE_IN_FORCE, nowNanos)) {
      return;
    }
    EffectiveVerdict effective = agentState.effective();
    lines.add(
        "%s is in force, from %s (%s): now %s; without it %s"
            .formatted(
                now.wording(),
                now.place(),
                now.override().readiness().optionName(),
                word(effective.verdict()),
                new Reply("ready", effective.without()).line()));
    saidNanos = OptionalLong.of(nowNanos);
    effect = Optional.of(effectNow);
  }

  /** Another one is what somebody who reads the log would call a change. */
  private record Effect(Verdict.Kind said, Verdict.Kind without, Set<Condition> blocking) {
    static Effect of(AgentState agentState) {
      return new Effect(
          agentState.effective().verdict().kind(),
          agentState.effective().without().kind(),
          agentState.assessment().blocking());
    }
  }

  private void problems(List<Overrides.Warning> now, long nowNanos, List<String> lines) {
    if (now.equals(problems) && (now.isEmpty() || !isDue(warnedNanos, WHILE_WRONG, nowNanos))) {
      return;
    }
    now.forEach(problem -> lines.add("warning: " + problem.text()));
    if (now.isEmpty()) {
      lines.add("nothing is wrong with the override files any more");
    }
    problems = now;
    warnedNanos = OptionalLong.of(nowNanos);
  }

  private static boolean isDue(OptionalLong last, Duration after, long nowNanos) {
    return last.isEmpty() || nowNanos - last.getAsLong() >= after.toNanos();
  }

  private static String word(Verdict verdict) {
    return new Reply("ready", verdict).word();
  }

  private static String line(EffectiveVerdict effective) {
    return new Reply("ready", effective.verdict()).line();
  }
}

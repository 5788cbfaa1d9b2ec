package dev.kafkapod.rendering;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * One thing that must hold of a configuration. {@link RenderRules} has all of them.
 *
 * @param name what must hold, in kebab-case; for tests and for whoever reads the code
 * @param unlessBroken whether it is asked only where no rule before it has found an error
 * @param check reports what doesn't hold: the setting, the rule, what was seen, and what to do
 */
record RenderRule(String name, boolean unlessBroken, BiConsumer<RuleInput, Problems> check) {

  RenderRule {
    Objects.requireNonNull(name);
    Objects.requireNonNull(check);
  }

  static RenderRule of(String name, BiConsumer<RuleInput, Problems> check) {
    return new RenderRule(name, false, check);
  }

  /** A rule about one setting, where it counts. */
  static RenderRule ofSetting(String name, String key, BiConsumer<Setting, Problems> check) {
    return of(
        name,
        (input, problems) -> input.settings().get(key).ifPresent(it -> check.accept(it, problems)));
  }

  /** A rule that would only repeat in other words what others have found. */
  static RenderRule unlessBroken(String name, BiConsumer<RuleInput, Problems> check) {
    return new RenderRule(name, true, check);
  }

  /** What this rule finds; secrets that aren't a setting's own value may be in it. */
  List<Problem> broken(RuleInput input) {
    Problems problems = new Problems();
    check.accept(input, problems);
    return problems.found();
  }

  @Override
  public String toString() {
    return name;
  }
}

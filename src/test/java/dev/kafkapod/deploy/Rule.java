package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One thing that must hold in every overlay. A check tells what doesn't: the rule, what was seen,
 * and what to do.
 */
record Rule(String name, BiConsumer<Overlay, Consumer<String>> check) {

  /** Everything that is asked of an overlay. */
  static final List<Rule> ALL =
      Stream.of(
              Rollout.RULES,
              Probes.RULES,
              Security.RULES,
              Placement.RULES,
              Network.RULES,
              Environment.RULES)
          .flatMap(List::stream)
          .toList();

  /** A rule about each StatefulSet. */
  static Rule ofNodes(String name, BiConsumer<Nodes, Consumer<String>> check) {
    return new Rule(
        name,
        (overlay, problems) ->
            overlay
                .nodes()
                .forEach(
                    nodes ->
                        check.accept(nodes, it -> problems.accept(nodes.subject() + ": " + it))));
  }

  /** A rule about each object of a kind. */
  static <T extends HasMetadata> Rule of(
      Class<T> type, String name, BiConsumer<T, Consumer<String>> check) {
    return new Rule(
        name,
        (overlay, problems) ->
            overlay
                .all(type)
                .forEach(
                    object ->
                        check.accept(
                            object, it -> problems.accept(overlay.subject(object) + ": " + it))));
  }

  /** What is wrong with an overlay, by this rule. */
  List<String> broken(Overlay overlay) {
    List<String> problems = new ArrayList<>();
    check.accept(overlay, problems::add);
    return problems;
  }

  /** What is wrong with an overlay, by all rules. */
  static List<String> allBroken(Overlay overlay) {
    return ALL.stream().flatMap(it -> it.broken(overlay).stream()).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}

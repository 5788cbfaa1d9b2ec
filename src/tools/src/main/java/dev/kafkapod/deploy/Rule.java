package dev.kafkapod.deploy;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One thing that must hold in every overlay. A check tells what doesn't: the rule, what was seen,
 * and what to do.
 */
record Rule(String name, BiConsumer<Overlay, Consumer<String>> check) {

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

  @Override
  public String toString() {
    return name;
  }
}

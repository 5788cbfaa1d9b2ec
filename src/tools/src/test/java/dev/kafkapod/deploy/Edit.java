package dev.kafkapod.deploy;

import java.util.List;
import java.util.function.Consumer;

/**
 * An edit of somebody's, of an overlay that is in order.
 *
 * @param rule the rule that it breaks
 * @param messages everything that must be said about it
 */
record Edit(String rule, Consumer<Overlay> edit, List<String> messages) {

  static Edit of(String rule, Consumer<Overlay> edit, String... messages) {
    return new Edit(rule, edit, List.of(messages));
  }

  static Edit ofBrokers(String rule, Consumer<Nodes> edit, String... messages) {
    return of(rule, overlay -> edit.accept(overlay.nodes("kafka")), messages);
  }

  @Override
  public String toString() {
    return rule + ": " + messages.get(0);
  }
}

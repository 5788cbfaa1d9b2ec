package dev.kafkapod.rendering;

import dev.kafkapod.common.Nearest;
import dev.kafkapod.settings.OwnVariables;
import java.util.List;
import java.util.TreeMap;

/**
 * Variables that begin like kafka-pod's own, and that nothing reads: a misspelt {@code
 * KAFKA_POD_BOOTSTRAP=false} would count for nothing without a word. Warnings, because an image
 * that is older than its manifest must start, too.
 */
final class UnknownVariables {

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of(
              "variables-with-this-products-prefix-are-known", UnknownVariables::unknown));

  private UnknownVariables() {}

  private static void unknown(RuleInput input, Problems problems) {
    // a setting that has a variable filled in is its reader
    List<Settings> settings = List.of(input.settings(), input.client());
    new TreeMap<>(input.environment())
        .forEach(
            (variable, value) -> {
              if (variable.startsWith(OwnVariables.PREFIX)
                  && variable.length() > OwnVariables.PREFIX.length()
                  && !value.isBlank()
                  && !OwnVariables.isRead(variable)
                  && !KafkaVariables.isServiceLink(variable, value)
                  && settings.stream().noneMatch(it -> it.pullIn(variable))) {
                problems.warning(
                    Origin.variable(variable),
                    "kafka-pod knows no such variable, and ignores it; %s",
                    OwnVariables.meant(variable)
                        .map(Nearest::question)
                        .orElse("remove it, or choose a name that doesn't begin like its own"));
              }
            });
  }
}

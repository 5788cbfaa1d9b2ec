package dev.kafkapod.rendering;

import dev.kafkapod.settings.Nearest;
import dev.kafkapod.settings.OwnVariables;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Variables that begin like kafka-pod's own, and that nothing reads: a misspelt {@code
 * KAFKA_POD_BOOTSTRAP=false} would count for nothing without a word. Warnings, because an image
 * that is older than its manifest must start, too.
 */
final class UnknownVariables {

  private UnknownVariables() {}

  /**
   * Warns of each.
   *
   * @param settings what may pull a variable in, which then has a reader
   */
  static void check(Map<String, String> environment, List<Settings> settings, Problems problems) {
    new TreeMap<>(environment)
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

package dev.kafkapod.deploy;

import java.util.List;
import java.util.stream.Stream;

/** Everything that is asked of an overlay. */
final class Rules {

  static final List<Rule> ALL =
      Stream.of(
              Rollout.RULES,
              Probes.RULES,
              Disks.RULES,
              Security.RULES,
              Placement.RULES,
              Network.RULES,
              Exposure.RULES,
              Environment.RULES,
              Turns.RULES)
          .flatMap(List::stream)
          .toList();

  private Rules() {}

  /** What is wrong with an overlay. */
  static List<String> broken(Overlay overlay) {
    return ALL.stream().flatMap(it -> it.broken(overlay).stream()).toList();
  }
}

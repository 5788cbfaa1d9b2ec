package dev.kafkapod.settings;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.ReadinessPolicy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What counts as a reason not to be ready, as people set it.
 *
 * @param preset the set of gates to begin with
 * @param changes the gates that differ from it
 * @param thresholds partitions that a condition may hold for before it counts
 * @param excludedTopics topics that no condition looks at: those whose whole name matches
 */
public record Gates(
    GatePreset preset,
    Map<Condition, Gate> changes,
    Map<Condition, Integer> thresholds,
    Optional<Pattern> excludedTopics) {

  public Gates {
    Objects.requireNonNull(preset);
    changes = Map.copyOf(changes);
    thresholds = Map.copyOf(thresholds);
    Objects.requireNonNull(excludedTopics);
  }

  /** The policy that these settings describe. */
  public ReadinessPolicy policy() {
    Map<Condition, Gate> gates = new EnumMap<>(preset.gates());
    gates.putAll(changes);
    Predicate<String> isExcluded =
        excludedTopics
            .<Predicate<String>>map(pattern -> topic -> pattern.matcher(topic).matches())
            .orElse(topic -> false);
    return new ReadinessPolicy(gates, thresholds, isExcluded);
  }
}

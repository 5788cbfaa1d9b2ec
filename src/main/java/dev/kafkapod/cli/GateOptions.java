package dev.kafkapod.cli;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.ReadinessPolicy;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What counts as a reason not to be ready. */
final class GateOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--gate",
      paramLabel = "PRESET",
      defaultValue = "balanced",
      converter = Converters.PresetConverter.class,
      description = "Set of gates: startup, balanced (the default) or strict.")
  private GatePreset preset = GatePreset.BALANCED;

  @Option(
      names = "--when",
      paramLabel = "CONDITION=GATE",
      split = ",",
      converter = {Converters.ConditionConverter.class, Converters.GateConverter.class},
      description =
          "Changes the gate of one condition to always, startup or off, for example at-min-isr=startup. Conditions:"
              + " broker-state, listener, fenced, log-dir, offline, under-min-isr, at-min-isr, out-of-sync,"
              + " under-replicated, quorum.")
  private Map<Condition, Gate> when = new HashMap<>();

  @Option(
      names = "--max-offline",
      paramLabel = "N",
      defaultValue = "0",
      description = "Partitions that may be offline; 0 by default, as for all --max options.")
  private int maxOffline;

  @Option(
      names = "--max-under-min-isr",
      paramLabel = "N",
      defaultValue = "0",
      description = "Partitions that may be under their min.insync.replicas.")
  private int maxUnderMinIsr;

  @Option(
      names = "--max-at-min-isr",
      paramLabel = "N",
      defaultValue = "0",
      description = "Partitions that may be at their min.insync.replicas.")
  private int maxAtMinIsr;

  @Option(
      names = "--max-out-of-sync",
      paramLabel = "N",
      defaultValue = "0",
      description = "Replicas of this broker that may be out of sync.")
  private int maxOutOfSync;

  @Option(
      names = "--max-under-replicated",
      paramLabel = "N",
      defaultValue = "0",
      description = "Partitions that may be under-replicated.")
  private int maxUnderReplicated;

  @Option(
      names = "--exclude-topics",
      paramLabel = "REGEX",
      converter = Converters.RegexConverter.class,
      description = "Topics that no condition looks at: those whose whole name matches.")
  private Pattern excludeTopics;

  @Option(
      names = "--latched",
      description =
          "Judge as for a broker process that has been ready before: startup gates no longer count.")
  private boolean latched;

  /** Whether startup gates no longer count. */
  boolean latched() {
    return latched;
  }

  /** The policy that the options describe. */
  ReadinessPolicy policy() {
    Map<Condition, Gate> gates = new EnumMap<>(preset.gates());
    gates.putAll(when);
    Predicate<String> excluded =
        excludeTopics == null ? topic -> false : topic -> excludeTopics.matcher(topic).matches();
    try {
      return new ReadinessPolicy(
          gates,
          Map.of(
              Condition.OFFLINE, maxOffline,
              Condition.UNDER_MIN_ISR, maxUnderMinIsr,
              Condition.AT_MIN_ISR, maxAtMinIsr,
              Condition.OUT_OF_SYNC, maxOutOfSync,
              Condition.UNDER_REPLICATED, maxUnderReplicated),
          excluded);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--max-…: " + e.getMessage(), e);
    }
  }
}

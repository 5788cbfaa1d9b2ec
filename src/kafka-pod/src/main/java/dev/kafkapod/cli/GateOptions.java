package dev.kafkapod.cli;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.settings.Gates;
import dev.kafkapod.settings.Values;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What counts as a reason not to be ready. */
final class GateOptions {

  private final OptionSpec preset =
      Options.option("--gate", "PRESET", GatePreset.class)
          .converters(Converters.of(Values::preset))
          .defaultValue(GatePreset.BALANCED.optionName())
          .descriptionKey(HelpPages.CONDITIONS)
          .description("Set of gates: startup, balanced (the default) or strict.")
          .build();
  private final OptionSpec when =
      Options.option("--when", "CONDITION=GATE", Map.class)
          .auxiliaryTypes(Condition.class, Gate.class)
          .converters(Converters.of(Values::condition), Converters.of(Values::gate))
          .splitRegex(",")
          .descriptionKey(HelpPages.CONDITIONS)
          .description(
              "Changes the gate of one condition to always, startup or off, for example at-min-isr=startup."
                  + " Conditions: "
                  + String.join(", ", Condition.optionNames())
                  + ".")
          .build();
  private final Map<Condition, OptionSpec> thresholds = new EnumMap<>(Condition.class);
  private final OptionSpec excludeTopics =
      Options.option("--exclude-topics", "REGEX", Pattern.class)
          .converters(Converters.of(Values::regex))
          .descriptionKey(HelpPages.CONDITIONS)
          .description("Topics that all conditions ignore: those whose whole name matches.")
          .build();
  private final OptionSpec stableFor =
      Options.option("--stable-for", "TIME", Duration.class)
          .converters(Converters.of(Values::duration))
          .descriptionKey(HelpPages.CONDITIONS)
          .description(
              "How long a broker process must have been up before it is ready. The agent uses this setting, and"
                  + " watches the process for that long. By default as long as the cluster may take to notice a"
                  + " broker's death, at least 10s.")
          .build();
  private final OptionSpec latched =
      Options.flag("--latched")
          .descriptionKey(HelpPages.CONDITIONS)
          .description(
              "Treat the broker process as one that has been ready before: startup gates no longer count.")
          .build();

  GateOptions(CommandSpec spec) {
    Arrays.stream(Condition.values())
        .filter(Condition::countsPartitions)
        .forEach(condition -> thresholds.put(condition, threshold(condition)));
    spec.addOption(preset).addOption(when);
    thresholds.values().forEach(spec::addOption);
    spec.addOption(excludeTopics).addOption(stableFor).addOption(latched);
  }

  private static OptionSpec threshold(Condition condition) {
    return Options.option("--max-" + condition.optionName(), "N", Integer.class)
        .converters(Converters.of(Values::threshold))
        .defaultValue("0")
        .descriptionKey(HelpPages.CONDITIONS)
        .description(
            "Number of partitions for which "
                + condition.optionName()
                + " may hold before it counts; 0 by default.")
        .build();
  }

  /** How long a broker process must have been up before it is ready. */
  Optional<Duration> stableFor() {
    return Optional.ofNullable(stableFor.getValue());
  }

  /** Whether startup gates no longer count. */
  boolean latched() {
    return latched.getValue() == Boolean.TRUE;
  }

  /** The policy that the options describe. */
  ReadinessPolicy policy() {
    Map<Condition, Integer> limits = new EnumMap<>(Condition.class);
    thresholds.forEach((condition, option) -> limits.put(condition, option.<Integer>getValue()));
    Map<Condition, Gate> changes = when.getValue();
    return new Gates(
            preset.getValue(),
            changes == null ? Map.of() : changes,
            limits,
            Optional.ofNullable(excludeTopics.getValue()))
        .policy();
  }
}

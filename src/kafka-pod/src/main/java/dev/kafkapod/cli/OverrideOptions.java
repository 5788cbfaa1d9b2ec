package dev.kafkapod.cli;

import dev.kafkapod.overridefile.OverridePlaces;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.settings.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where operators leave overrides, and how long they may count. */
final class OverrideOptions {

  private static final String FILE = "--override-file";
  private static final String MAX = "--max-override";

  /** The names of these options. */
  static final Set<String> NAMES = Set.of(FILE, MAX);

  private final OptionSpec shared =
      Options.option(FILE, "FILE", Path.class)
          .defaultValue(OverridePlaces.SHARED.toString())
          .descriptionKey(HelpPages.AGENT)
          .description(
              "The override for all pods; "
                  + OverridePlaces.SHARED
                  + " by default. The pod's own, "
                  + OverridePlaces.OWN
                  + " in --run-dir, wins.")
          .build();
  private final OptionSpec max =
      Options.option(MAX, "TIME", Duration.class)
          .converters(Converters.of(Values::overrideLimit))
          .defaultValue(OverridePlaces.MAX.toHours() + "h")
          .descriptionKey(HelpPages.AGENT)
          .description(
              "How long after it was written an override may end; 24h by default, at most 720h.")
          .build();

  OverrideOptions(CommandSpec spec) {
    spec.addOption(shared).addOption(max);
  }

  /** How long after it was written an override may end. */
  Duration max() {
    return max.getValue();
  }

  /** Where overrides are. */
  OverridePlaces places(Path runDirectory) {
    return OverridePlaces.in(runDirectory, shared.getValue(), max());
  }

  /** What is in force now, for a broker whose node id is asked for only if it matters. */
  Overrides read(Path runDirectory, Supplier<OptionalInt> nodeId) {
    return places(runDirectory).read(Overrides.Terms.at(Instant.now(), max(), nodeId));
  }
}

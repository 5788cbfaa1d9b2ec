package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.nodeconfig.NodeId;
import dev.kafkapod.overridefile.OverridePlaces;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.settings.Values;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

  /** Where the entrypoint leaves the broker's configuration, in the run directory. */
  private static final String RENDERED = "config/server.properties";

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

  /**
   * The node id of the broker whose run directory this is: by its agent's verdict, and where there
   * is none, for it must be found even with the broker dead, by its configuration.
   *
   * @param broker the configuration that is named, or that the running broker has
   */
  static OptionalInt nodeId(Path runDirectory, Supplier<Optional<BrokerCommandLine>> broker) {
    OptionalInt told =
        VerdictReader.read(runDirectory)
            .verdict()
            .map(VerdictFile::node)
            .orElse(OptionalInt.empty());
    return told.isPresent() ? told : configured(runDirectory, broker);
  }

  private static OptionalInt configured(
      Path runDirectory, Supplier<Optional<BrokerCommandLine>> broker) {
    Path rendered = runDirectory.resolve(RENDERED);
    try {
      return broker
          .get()
          .or(
              () ->
                  Optional.of(rendered)
                      .filter(Files::isReadable)
                      .map(file -> new BrokerCommandLine(file, Map.of())))
          .map(it -> NodeId.of(it.properties()))
          .orElse(OptionalInt.empty());
    } catch (Misconfigured e) {
      return OptionalInt.empty();
    }
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whether the agent in the broker answers, which knows already, or this process finds out. */
final class AgentOptions {

  /** Options that don't ask for anything that the agent may not have looked at. */
  private static final Set<String> NEUTRAL =
      Set.of(RunDirectoryOption.NAME, "--output", "--timeout");

  private final CommandSpec spec;
  private final OptionSpec direct =
      Options.flag("--direct")
          .descriptionKey(HelpPages.AGENT)
          .description(
              "Ask the broker and the cluster, even if the broker's agent has the answer. Each command-line"
                  + " option that selects what or where to ask has the same effect.")
          .build();
  private final RunDirectoryOption runDirectory;

  AgentOptions(CommandSpec spec) {
    this.spec = spec;
    spec.addOption(direct);
    runDirectory = new RunDirectoryOption(spec);
  }

  /** The agent's verdict, if it is to be used and speaks of now. */
  Optional<VerdictFile> verdict() {
    boolean own =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .anyMatch(name -> !NEUTRAL.contains(name) && !OverrideOptions.NAMES.contains(name));
    return own || direct.getValue() == Boolean.TRUE
        ? Optional.empty()
        : VerdictReader.read(runDirectory()).verdict();
  }

  /** The pod's run directory. */
  Path runDirectory() {
    return runDirectory.path();
  }
}

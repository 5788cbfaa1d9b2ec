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

  private static final String RUN_DIRECTORY = "--run-dir";

  /** Options that don't ask for anything that the agent may not have looked at. */
  private static final Set<String> NEUTRAL = Set.of(RUN_DIRECTORY, "--output", "--timeout");

  private final CommandSpec spec;
  private final OptionSpec direct =
      Options.flag("--direct")
          .description(
              "Find out by asking, even if the agent in the broker knows the answer. So does every option on the command"
                  + " line that says whom or what to ask.")
          .build();
  private final OptionSpec runDirectory =
      Options.option(RUN_DIRECTORY, "DIRECTORY", Path.class)
          .defaultValue("/run/kafka-pod")
          .description("Where the agent leaves its verdict; /run/kafka-pod by default.")
          .build();

  AgentOptions(CommandSpec spec) {
    this.spec = spec;
    spec.addOption(direct).addOption(runDirectory);
  }

  /** The agent's verdict, if it is to be used and speaks of now. */
  Optional<VerdictFile> verdict() {
    boolean own =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .anyMatch(option -> !NEUTRAL.contains(option.longestName()));
    return own || direct.getValue() == Boolean.TRUE
        ? Optional.empty()
        : VerdictReader.read(runDirectory.getValue()).verdict();
  }
}

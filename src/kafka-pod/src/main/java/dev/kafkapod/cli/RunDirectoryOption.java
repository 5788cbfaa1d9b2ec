package dev.kafkapod.cli;

import dev.kafkapod.verdictfile.RunDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The pod's directory for what must not outlive it. */
final class RunDirectoryOption {

  static final String NAME = "--run-dir";

  private final OptionSpec directory =
      Options.option(NAME, "DIRECTORY", Path.class)
          .defaultValue(RunDirectory.DEFAULT)
          .descriptionKey(HelpPages.AGENT)
          .description(
              "Directory of the agent's verdict file and of this pod's override; /run/kafka-pod by default.")
          .build();

  RunDirectoryOption(CommandSpec spec) {
    spec.addOption(directory);
  }

  Path path() {
    return directory.getValue();
  }
}

package dev.kafkapod.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wires {@code kafka-pod override}, which is nothing without one of its subcommands. */
final class OverrideCommand implements Runnable {

  static final String NAME = "override";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Forces or relaxes this pod's readiness in an incident, for a limited time. Every answer shows"
              + " the override. Its file survives a restart of the container, but not the deletion of the pod.");

  private OverrideCommand() {
    spec.addSubcommand(OverrideSetCommand.NAME, OverrideSetCommand.spec());
    spec.addSubcommand(OverrideShowCommand.NAME, OverrideShowCommand.spec());
    spec.addSubcommand(OverrideClearCommand.NAME, OverrideClearCommand.spec());
  }

  static CommandSpec spec() {
    return new OverrideCommand().spec;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed; choose from " + String.join(", ", spec.subcommands().keySet()));
  }
}

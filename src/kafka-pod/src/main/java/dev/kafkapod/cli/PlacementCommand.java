package dev.kafkapod.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wires {@code kafka-pod placement}, which is nothing without one of its subcommands. */
final class PlacementCommand implements Runnable {

  static final String NAME = "placement";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Tells whether each partition's replicas are spread over zones and Kubernetes clusters as well as"
              + " its brokers allow, and plans the fewest moves that make it so.");

  private PlacementCommand() {
    spec.addSubcommand(PlacementCheckCommand.NAME, PlacementCheckCommand.spec());
    spec.addSubcommand(PlacementPlanCommand.NAME, PlacementPlanCommand.spec());
  }

  static CommandSpec spec() {
    return new PlacementCommand().spec;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed; choose from " + String.join(", ", spec.subcommands().keySet()));
  }
}

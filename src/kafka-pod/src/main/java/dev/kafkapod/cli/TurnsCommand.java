package dev.kafkapod.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Wires {@code kafka-pod turns}: without a subcommand it is {@code kafka-pod turns list}. */
final class TurnsCommand {

  static final String NAME = "turns";

  private TurnsCommand() {}

  static CommandSpec spec() {
    CommandSpec spec =
        TurnsListCommand.spec(
            NAME,
            "Shows which nodes wait for their turn to stop, and which stop now; turns list is the same."
                + " Its subcommands release a turn, and say that the whole cluster is torn down.",
            "kafka-pod turns --bootstrap-server=kafka:19090");
    spec.addSubcommand(TurnsListCommand.NAME, TurnsListCommand.spec());
    spec.addSubcommand(TurnsReleaseCommand.NAME, TurnsReleaseCommand.spec());
    spec.addSubcommand(TurnsTearDownCommand.NAME, TurnsTearDownCommand.spec());
    return spec;
  }

  /**
   * Refuses options that stand before the subcommand, where nobody reads them.
   *
   * @throws ParameterException if there are any
   */
  static void refuseOptionsBefore(CommandSpec subcommand) {
    CommandSpec parent = subcommand.parent();
    if (parent == null || !NAME.equals(parent.name())) {
      return;
    }
    List<String> before =
        parent.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .toList();
    if (!before.isEmpty()) {
      throw new ParameterException(
          subcommand.commandLine(),
          "%s must stand behind '%s'; write for example kafka-pod turns %s %s=…"
              .formatted(
                  String.join(", ", before), subcommand.name(), subcommand.name(), before.get(0)));
    }
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.common.Nearest;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Wires {@code kafka-pod help [COMMAND]}, which prints what {@code COMMAND --help} does. */
final class HelpCommand implements Runnable {

  static final String NAME = "help";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Prints the help of a command, or of kafka-pod itself.",
          "kafka-pod help can-stop");

  private final PositionalParamSpec command =
      PositionalParamSpec.builder()
          .index("0..*")
          .arity("0..*")
          .paramLabel("COMMAND")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .description("A command, with its subcommand if it has one: override set.")
          .build();

  private HelpCommand() {
    spec.addPositional(command);
  }

  static CommandSpec spec() {
    return new HelpCommand().spec;
  }

  @Override
  public void run() {
    CommandLine shown = spec.parent().commandLine();
    List<String> names = command.getValue();
    for (String name : names == null ? List.<String>of() : names) {
      shown = subcommand(shown, name);
    }
    shown.usage(spec.commandLine().getOut());
  }

  private CommandLine subcommand(CommandLine of, String name) {
    Map<String, CommandLine> commands = of.getSubcommands();
    if (!commands.containsKey(name)) {
      throw new ParameterException(
          spec.commandLine(),
          commands.isEmpty()
              ? "%s has no subcommands, got '%s'"
                  .formatted(of.getCommandSpec().qualifiedName(), name)
              : "there is no command '%s'%s; choose from %s"
                  .formatted(
                      name,
                      Nearest.hint(name, commands.keySet()),
                      String.join(", ", commands.keySet())));
    }
    return commands.get(name);
  }
}

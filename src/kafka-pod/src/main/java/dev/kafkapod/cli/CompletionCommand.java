package dev.kafkapod.cli;

import dev.kafkapod.common.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Wires {@code kafka-pod completion SHELL}, which prints a script for that shell. */
final class CompletionCommand implements Runnable {

  static final String NAME = "completion";

  private enum Shell {
    BASH,
    ZSH,
    FISH;

    private static List<String> names() {
      return Arrays.stream(values()).map(it -> it.name().toLowerCase(Locale.ROOT)).toList();
    }
  }

  private final CommandSpec spec =
      Options.command(
          this, NAME, "Prints a script for shell completion of kafka-pod's commands and options.");

  private final PositionalParamSpec shell =
      PositionalParamSpec.builder()
          .index("0")
          .arity("1")
          .paramLabel("SHELL")
          .type(String.class)
          .required(true)
          .description("bash, zsh or fish.")
          .build();

  private CompletionCommand() {
    spec.addPositional(shell);
    spec.usageMessage()
        .footer(
            "",
            "For this session:",
            "  bash  source <(kafka-pod completion bash)",
            "  zsh   source <(kafka-pod completion zsh)",
            "  fish  kafka-pod completion fish | source");
  }

  static CommandSpec spec() {
    return new CompletionCommand().spec;
  }

  @Override
  public void run() {
    CommandLine root = spec.parent().commandLine();
    String script =
        switch (shell()) {
          // what picocli writes turns on zsh's own bashcompinit there
          case BASH, ZSH -> AutoComplete.bash(root.getCommandName(), root);
          case FISH -> FishCompletion.of(root.getCommandSpec());
        };
    spec.commandLine().getOut().print(script);
  }

  private Shell shell() {
    String name = shell.getValue();
    if (!Shell.names().contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no completion for the shell '%s'%s; choose from %s"
              .formatted(
                  name, Nearest.hint(name, Shell.names()), String.join(", ", Shell.names())));
    }
    return Shell.valueOf(name.toUpperCase(Locale.ROOT));
  }
}

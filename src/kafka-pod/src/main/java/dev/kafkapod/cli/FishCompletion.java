package dev.kafkapod.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a completion script for fish, which picocli can't. */
final class FishCompletion {

  private final StringBuilder script = new StringBuilder();
  private final String program;

  private FishCompletion(String program) {
    this.program = program;
  }

  /** The script for a program with commands, and at most one level of subcommands below them. */
  static String of(CommandSpec root) {
    FishCompletion completion = new FishCompletion(root.name());
    // no command takes a file's name as an argument; options that do say so themselves
    completion.script.append("complete -c ").append(root.name()).append(" -f\n");
    completion.command(root, "__fish_use_subcommand");
    root.subcommands()
        .forEach((name, command) -> completion.subcommand(name, command.getCommandSpec()));
    return completion.script.toString();
  }

  private void subcommand(String name, CommandSpec command) {
    String seen = "__fish_seen_subcommand_from " + name;
    Set<String> below = command.subcommands().keySet();
    command(
        command,
        below.isEmpty()
            ? seen
            : seen + "; and not __fish_seen_subcommand_from " + String.join(" ", below));
    command
        .subcommands()
        .forEach(
            (each, it) ->
                command(it.getCommandSpec(), seen + "; and __fish_seen_subcommand_from " + each));
  }

  /** The names of subcommands, and the options. */
  private void command(CommandSpec command, String condition) {
    for (CommandLine each : command.subcommands().values()) {
      CommandSpec below = each.getCommandSpec();
      line(condition, "-a " + below.name(), List.of(below.usageMessage().description()));
    }
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        line(condition, words(option), List.of(option.description()));
      }
    }
  }

  private static String words(OptionSpec option) {
    String names =
        Arrays.stream(option.names())
            .map(it -> it.startsWith("--") ? "-l " + it.substring(2) : "-s " + it.substring(1))
            .collect(Collectors.joining(" "));
    boolean takesFile = option.paramLabel().matches("FILE|DIRECTORY");
    return option.arity().max() == 0 ? names : names + (takesFile ? " -r -F" : " -x");
  }

  private void line(String condition, String words, List<String> description) {
    script
        .append("complete -c %s -n '%s' %s".formatted(program, condition, words))
        .append(" -d '%s'\n".formatted(quoted(firstSentence(String.join(" ", description)))));
  }

  private static String firstSentence(String text) {
    return text.replace("%%", "%").replaceAll("\\s+", " ").strip().split("[.;:] ", 2)[0];
  }

  /** Within single quotes, fish takes a backslash for itself before a quote or a backslash. */
  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}

package dev.kafkapod.bench;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What the commands of {@code scripts/bench} have in common. */
final class Benches {

  private Benches() {}

  /**
   * Runs one, and ends the process with its exit code. What is wrong with its options is told a
   * line each.
   *
   * @param command annotated for picocli
   */
  static void main(Object command, String... args) {
    System.exit(
        new CommandLine(command)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(
                (e, all) -> {
                  CommandSpec spec = e.getCommandLine().getCommandSpec();
                  String name = spec.name().replaceFirst("^scripts/", "");
                  PrintWriter err = e.getCommandLine().getErr();
                  e.getMessage().lines().forEach(line -> err.println(name + ": " + line));
                  return spec.exitCodeOnInvalidInput();
                })
            .execute(args));
  }
}

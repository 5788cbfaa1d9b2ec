package dev.kafkapod.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Prints replies. */
final class Printing {

  private Printing() {}

  /** Prints a reply in the format that was asked for, and returns its exit code. */
  static int reply(CommandSpec spec, OutputOption output, Reply reply) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      Json.print(out, reply::writeFields);
    } else {
      out.println(reply.line());
    }
    return ExitCode.of(reply.verdict());
  }
}

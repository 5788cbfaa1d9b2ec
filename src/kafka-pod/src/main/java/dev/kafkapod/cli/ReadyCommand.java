package dev.kafkapod.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod ready}. */
final class ReadyCommand implements Callable<Integer> {

  static final String NAME = "ready";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Tells whether another broker may be disrupted: yes if this broker is healthy and its cluster can"
              + " spare one.",
          "kafka-pod ready --gate=strict --when=under-replicated=off");
  private final ReadinessOptions options = new ReadinessOptions(spec);

  private ReadyCommand() {}

  static CommandSpec spec() {
    return new ReadyCommand().spec;
  }

  @Override
  public Integer call() {
    return options.output().print(options.begin().ready());
  }
}

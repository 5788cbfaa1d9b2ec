package dev.kafkapod.cli;

import dev.kafkapod.inquiry.AgentStatus;
import dev.kafkapod.inquiry.ReadinessInquiry;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.Status;
import dev.kafkapod.report.StatusJson;
import dev.kafkapod.report.StatusText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod status}. */
final class StatusCommand implements Callable<Integer> {

  static final String NAME = "status";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Shows the broker, the cluster, all conditions with their gates, and the worst partitions. Exits"
              + " like ready.",
          "kafka-pod status --output=json");
  private final ReadinessOptions options = new ReadinessOptions(spec);

  private StatusCommand() {}

  static CommandSpec spec() {
    return new StatusCommand().spec;
  }

  @Override
  public Integer call() {
    OutputOption output = options.output();
    ReadinessInquiry inquiry = options.begin();
    Optional<AgentStatus> known = inquiry.statusOfAgent(output.isJson());
    if (known.isPresent()) {
      output.out().print(known.get().text());
      return known.get().exitCode();
    }
    Status status = inquiry.status();
    if (output.isJson()) {
      Json.print(output.out(), new StatusJson(status)::writeFields);
    } else {
      new StatusText(status, spec.commandLine().getColorScheme().ansi().enabled())
          .lines()
          .forEach(output.out()::println);
    }
    return ExitCode.of(status.ready());
  }
}

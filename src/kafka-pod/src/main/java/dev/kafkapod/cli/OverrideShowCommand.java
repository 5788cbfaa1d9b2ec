package dev.kafkapod.cli;

import dev.kafkapod.inquiry.ReadinessInquiry;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.OverrideReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod override show}. */
final class OverrideShowCommand implements Callable<Integer> {

  static final String NAME = "show";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Shows the override in force for this broker, its source, its end, and what it hides. Exits with"
              + " 0 if an override is in force. Exits with 1 if none is, for example because the only one has"
              + " expired, isn't in force yet, or names other brokers. Exits with 2 if none is because a file is"
              + " damaged or can't be read. Exits with 3 if the broker's id is unknown.",
          "kafka-pod override show");
  private final ReadinessOptions options = new ReadinessOptions(spec);

  private OverrideShowCommand() {}

  static CommandSpec spec() {
    return new OverrideShowCommand().spec;
  }

  @Override
  public Integer call() {
    OutputOption output = options.output();
    ReadinessInquiry inquiry = options.begin();
    EffectiveVerdict effective = inquiry.override();
    if (output.isJson()) {
      Json.print(output.out(), json -> OverrideReport.writeFields(json, effective));
    } else {
      OverrideReport.lines(effective).forEach(output.out()::println);
    }
    return inquiry.overrideExitCode();
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.placement.PlacementTarget;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.PlacementReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Wires {@code kafka-pod placement check}. */
final class PlacementCheckCommand implements Callable<Integer> {

  static final String NAME = "check";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Tells whether each partition's replicas are spread over zones and Kubernetes clusters as well as"
              + " its brokers allow, by their racks ZONE/CLUSTER; and what the loss of one would leave.",
          "kafka-pod placement check --bootstrap-server=kafka:19090");
  private final PlacementOptions placement = new PlacementOptions(spec);
  private final OptionSpec strict =
      Options.flag("--strict")
          .descriptionKey(HelpPages.PLACEMENT)
          .description("Also say no where the brokers that are there don't allow an even spread.")
          .build();
  private final OutputOption output = new OutputOption(spec);

  private PlacementCheckCommand() {
    spec.addOption(strict);
  }

  static CommandSpec spec() {
    return new PlacementCheckCommand().spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = placement.begin();
    PlacementReport report =
        placement
            .inquiry()
            .check(
                PlacementTarget.of(placement.topics(), placement.order()),
                strict.getValue() == Boolean.TRUE,
                deadline);
    if (output.isJson()) {
      Json.print(output.out(), report::writeFields);
    } else {
      report.lines().forEach(output.out()::println);
    }
    return ExitCode.of(report.verdict());
  }
}

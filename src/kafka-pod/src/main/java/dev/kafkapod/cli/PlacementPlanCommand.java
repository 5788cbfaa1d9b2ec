package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.placement.PlacementTarget;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.PlacementPlanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Wires {@code kafka-pod placement plan}. */
final class PlacementPlanCommand implements Callable<Integer> {

  static final String NAME = "plan";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Plans the fewest moves that spread each partition as well as its brokers allow, and moves nothing."
              + " Writes the plan, and the way back, for kafka-reassign-partitions.sh.",
          "kafka-pod placement plan --off=3 --out=plan.json --back=back.json --bootstrap-server=kafka:19090");
  private final PlacementOptions placement = new PlacementOptions(spec);
  private final TargetOptions target = new TargetOptions(spec, placement);
  private final PlanFiles files = new PlanFiles(spec);
  private final OptionSpec explain =
      Options.option("--explain", "TOPIC-PARTITION", String.class)
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description("Also say of one partition why it is moved, or why it isn't.")
          .build();
  private final OutputOption output = new OutputOption(spec);

  private PlacementPlanCommand() {
    spec.addOption(explain);
  }

  static CommandSpec spec() {
    return new PlacementPlanCommand().spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = placement.begin();
    List<String> problems = new ArrayList<>();
    PlacementTarget wanted = target.target(problems);
    problems.addAll(files.problems());
    if (!problems.isEmpty()) {
      throw Misconfigured.wrongUse(String.join("; ", problems), null);
    }
    PlacementPlanReport planned =
        placement.inquiry().plan(wanted, Optional.ofNullable(explain.getValue()), deadline);
    PlacementPlanReport report = planned.with(planned.plan().map(files::write).orElse(List.of()));
    if (output.isJson()) {
      Json.print(output.out(), report::writeFields);
    } else {
      report.lines().forEach(output.out()::println);
    }
    return report.exitCode();
  }
}

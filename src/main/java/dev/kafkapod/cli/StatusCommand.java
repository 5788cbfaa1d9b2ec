package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.Status;
import dev.kafkapod.report.StatusJson;
import dev.kafkapod.report.StatusText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod status}. */
final class StatusCommand implements Callable<Integer> {

  static final String NAME = "status";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Shows everything at a glance: broker, cluster, conditions with their gates, the worst partitions. Exits like"
              + " ready.");
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final ClusterOptions cluster = new ClusterOptions(spec);
  private final GateOptions gates = new GateOptions(spec);
  private final TimeoutOption time = new TimeoutOption(spec);
  private final OutputOption output = new OutputOption(spec);

  private StatusCommand() {}

  static CommandSpec spec() {
    return new StatusCommand().spec;
  }

  @Override
  public Integer call() {
    long begun = System.nanoTime();
    Deadline deadline = time.begin();
    Observer observer = new Observer(broker.probe(), cluster, time.timeout());
    Observer.Judged judged =
        observer.judge(gates.policy(), gates.latched(), ClusterProbe.Detail.EVERYTHING, deadline);
    Status status =
        new Status(
            judged.observation(), judged.assessment(), gates.latched(), System.nanoTime() - begun);
    if (output.isJson()) {
      Json.print(output.out(), new StatusJson(status)::writeFields);
    } else {
      new StatusText(status, spec.commandLine().getColorScheme().ansi().enabled())
          .lines()
          .forEach(output.out()::println);
    }
    return ExitCode.of(judged.assessment().verdict());
  }
}

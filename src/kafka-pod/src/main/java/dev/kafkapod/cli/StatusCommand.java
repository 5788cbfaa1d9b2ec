package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.inquiry.AgentStatus;
import dev.kafkapod.inquiry.Observer;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.FirstReady;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.Status;
import dev.kafkapod.report.StatusJson;
import dev.kafkapod.report.StatusText;
import dev.kafkapod.verdictfile.VerdictFile;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final AgentOptions agent = new AgentOptions(spec);
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final ClusterOptions cluster = new ClusterOptions(spec);
  private final GateOptions gates = new GateOptions(spec);
  private final OverrideOptions override = new OverrideOptions(spec);
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
    Overrides overrides = override.read(agent.runDirectory(), this::nodeId);
    Optional<AgentStatus> known =
        agent
            .verdict(overrides)
            .flatMap(VerdictFile::http)
            .flatMap(http -> AgentStatus.ask(http, output.isJson(), deadline));
    if (known.isPresent()) {
      output.out().print(known.get().text());
      return known.get().exitCode();
    }
    Observer observer =
        new Observer(broker.probe(), cluster.access(broker::commandLine), time.timeout());
    Observer.Judged judged =
        observer.judge(gates.policy(), gates.latched(), ClusterProbe.Detail.EVERYTHING, deadline);
    Status status =
        Status.now(
            judged.observation(),
            judged.assessment(),
            judged.effective(
                overrides, new FirstReady(gates.stableFor(), gates.latched(), broker::javaUptime)),
            gates.latched(),
            System.nanoTime() - begun);
    if (output.isJson()) {
      Json.print(output.out(), new StatusJson(status)::writeFields);
    } else {
      new StatusText(status, spec.commandLine().getColorScheme().ansi().enabled())
          .lines()
          .forEach(output.out()::println);
    }
    return ExitCode.of(status.ready());
  }

  private OptionalInt nodeId() {
    return OverrideOptions.nodeId(
        agent.runDirectory(), () -> cluster.brokerCommandLine(broker::commandLine));
  }
}

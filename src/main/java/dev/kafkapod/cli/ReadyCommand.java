package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.report.Reply;
import dev.kafkapod.verdictfile.VerdictFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod ready}. */
final class ReadyCommand implements Callable<Integer> {

  static final String NAME = "ready";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Tells whether another broker may be disrupted: this one is in order, and its cluster can spare one.");
  private final AgentOptions agent = new AgentOptions(spec);
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final ClusterOptions cluster = new ClusterOptions(spec);
  private final GateOptions gates = new GateOptions(spec);
  private final TimeoutOption time = new TimeoutOption(spec);
  private final OutputOption output = new OutputOption(spec);

  private ReadyCommand() {}

  static CommandSpec spec() {
    return new ReadyCommand().spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = time.begin();
    Optional<VerdictFile> verdict = agent.verdict();
    if (verdict.isPresent()) {
      return output.print(verdict.get().ready().as(NAME));
    }
    Observer observer =
        new Observer(broker.probe(), cluster.access(broker::commandLine), time.timeout());
    Observer.Judged judged =
        observer.judge(gates.policy(), gates.latched(), ClusterProbe.Detail.VERDICT, deadline);
    return output.print(new Reply(NAME, judged.assessment().verdict()));
  }
}

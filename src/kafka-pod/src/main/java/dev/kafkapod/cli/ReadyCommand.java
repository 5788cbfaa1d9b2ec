package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.inquiry.Observer;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.FirstReady;
import dev.kafkapod.report.Reply;
import dev.kafkapod.verdictfile.VerdictFile;
import java.util.Optional;
import java.util.OptionalInt;
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
  private final AgentOptions agent = new AgentOptions(spec);
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final ClusterOptions cluster = new ClusterOptions(spec);
  private final GateOptions gates = new GateOptions(spec);
  private final OverrideOptions override = new OverrideOptions(spec);
  private final TimeoutOption time = new TimeoutOption(spec);
  private final OutputOption output = new OutputOption(spec);

  private ReadyCommand() {}

  static CommandSpec spec() {
    return new ReadyCommand().spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = time.begin();
    Overrides overrides = override.read(agent.runDirectory(), this::nodeId);
    Optional<VerdictFile> verdict = agent.verdict(overrides);
    if (verdict.isPresent()) {
      return output.print(verdict.get().ready().as(NAME));
    }
    if (overrides.inForce().filter(InForce::needsNobody).isPresent()) {
      return output.print(new Reply(NAME, EffectiveVerdict.unasked(overrides).verdict()));
    }
    Observer observer =
        new Observer(broker.probe(), cluster.access(broker::commandLine), time.timeout());
    Observer.Judged judged =
        observer.judge(gates.policy(), gates.latched(), ClusterProbe.Detail.VERDICT, deadline);
    FirstReady firstReady = new FirstReady(gates.stableFor(), gates.latched(), broker::javaUptime);
    return output.print(new Reply(NAME, judged.effective(overrides, firstReady).verdict()));
  }

  private OptionalInt nodeId() {
    return OverrideOptions.nodeId(
        agent.runDirectory(), () -> cluster.brokerCommandLine(broker::commandLine));
  }
}

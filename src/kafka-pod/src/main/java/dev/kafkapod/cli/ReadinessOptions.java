package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.inquiry.LocalNodeId;
import dev.kafkapod.inquiry.Observer;
import dev.kafkapod.inquiry.ReadinessInquiry;
import dev.kafkapod.inquiry.ReadinessRequest;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.FirstReady;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.verdictfile.VerdictFile;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;

/** The options of every command that has to know whether the local broker is ready. */
final class ReadinessOptions {

  private final AgentOptions agent;
  private final BrokerOptions broker;
  private final ClusterOptions cluster;
  private final GateOptions gates;
  private final OverrideOptions override;
  private final TimeoutOption time;
  private final OutputOption output;

  ReadinessOptions(CommandSpec spec) {
    agent = new AgentOptions(spec);
    broker = new BrokerOptions(spec);
    cluster = new ClusterOptions(spec);
    gates = new GateOptions(spec);
    override = new OverrideOptions(spec);
    time = new TimeoutOption(spec);
    output = new OutputOption(spec);
  }

  /** For whom to print. */
  OutputOption output() {
    return output;
  }

  /** Begins the command's time, and to find out. */
  ReadinessInquiry begin() {
    return new ReadinessInquiry(new ReadinessOptionValues(time.begin()));
  }

  /** What the options say. */
  private final class ReadinessOptionValues implements ReadinessRequest {

    private final Deadline deadline;

    ReadinessOptionValues(Deadline deadline) {
      this.deadline = deadline;
    }

    @Override
    public Deadline deadline() {
      return deadline;
    }

    @Override
    public Overrides overrides() {
      return override.read(agent.runDirectory(), this::nodeId);
    }

    private OptionalInt nodeId() {
      return LocalNodeId.of(
          agent.runDirectory(), () -> cluster.brokerCommandLine(broker::commandLine));
    }

    @Override
    public Optional<VerdictFile> agent() {
      return agent.verdict();
    }

    @Override
    public Observer observer() {
      return new Observer(broker.probe(), cluster.access(broker::commandLine), time.timeout());
    }

    @Override
    public ReadinessPolicy policy() {
      return gates.policy();
    }

    @Override
    public boolean latched() {
      return gates.latched();
    }

    @Override
    public FirstReady firstReady() {
      return new FirstReady(gates.stableFor(), gates.latched(), broker::javaUptime);
    }
  }
}

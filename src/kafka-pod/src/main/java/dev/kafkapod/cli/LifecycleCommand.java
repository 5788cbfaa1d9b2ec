package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.inquiry.Observer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.Lifecycle;
import dev.kafkapod.report.Reply;
import dev.kafkapod.verdictfile.VerdictFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod live} and {@code kafka-pod started}, which ask the broker alone. */
final class LifecycleCommand implements Callable<Integer> {

  static final String LIVE = "live";
  static final String STARTED = "started";

  private final String name;
  private final Function<Answer<BrokerSnapshot>, Verdict> judge;
  private final Function<VerdictFile, VerdictFile.VerdictLine> ofAgent;
  private final CommandSpec spec;
  private final AgentOptions agent;
  private final BrokerOptions broker;
  private final TimeoutOption time;
  private final OutputOption output;

  private LifecycleCommand(
      String name,
      String description,
      Function<Answer<BrokerSnapshot>, Verdict> judge,
      Function<VerdictFile, VerdictFile.VerdictLine> ofAgent) {
    this.name = name;
    this.judge = judge;
    this.ofAgent = ofAgent;
    spec = Options.command(this, name, description, "kafka-pod " + name);
    agent = new AgentOptions(spec);
    broker = new BrokerOptions(spec);
    time = new TimeoutOption(spec);
    output = new OutputOption(spec);
  }

  static CommandSpec live() {
    return new LifecycleCommand(
            LIVE,
            "Tells whether the local broker is alive. Says no only if its process has stopped or hangs, never"
                + " because of the cluster, and never during log recovery.",
            Lifecycle::live,
            VerdictFile::live)
        .spec;
  }

  static CommandSpec started() {
    return new LifecycleCommand(
            STARTED,
            "Tells whether the local broker has finished its start-up, and how much log recovery remains. Use"
                + " it in a startupProbe of at least 24 h, because a broker that is killed in recovery starts over.",
            Lifecycle::started,
            VerdictFile::started)
        .spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = time.begin();
    Optional<VerdictFile> verdict = agent.verdict();
    if (verdict.isPresent()) {
      return output.print(ofAgent.apply(verdict.get()).as(name));
    }
    Answer<BrokerSnapshot> answer = Observer.askBroker(broker.probe()).answer(deadline);
    return output.print(new Reply(name, judge.apply(answer)));
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.readiness.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.Lifecycle;
import dev.kafkapod.report.Reply;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod started}. */
final class StartedCommand implements Callable<Integer> {

  static final String NAME = "started";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Tells whether the local broker is past its start-up, and how much log recovery remains. For a startupProbe of"
              + " at least 24 h: a broker that is killed in recovery starts over.");
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final TimeoutOption time = new TimeoutOption(spec);
  private final OutputOption output = new OutputOption(spec);

  private StartedCommand() {}

  static CommandSpec spec() {
    return new StartedCommand().spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = time.begin();
    Answer<BrokerSnapshot> answer = Observer.askBroker(broker.probe()).answer(deadline);
    return output.print(new Reply(NAME, Lifecycle.started(answer)));
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.readiness.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.Lifecycle;
import dev.kafkapod.report.Reply;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod live}. */
final class LiveCommand implements Callable<Integer> {

  static final String NAME = "live";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Tells whether the local broker lives: no only if it has stopped or is wedged, never because of the cluster,"
              + " never during log recovery.");
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final TimeoutOption time = new TimeoutOption(spec);
  private final OutputOption output = new OutputOption(spec);

  private LiveCommand() {}

  static CommandSpec spec() {
    return new LiveCommand().spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = time.begin();
    Answer<BrokerSnapshot> answer = Observer.askBroker(broker.probe()).answer(deadline);
    return output.print(new Reply(NAME, Lifecycle.live(answer)));
  }
}

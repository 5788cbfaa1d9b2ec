package dev.kafkapod.cli;

import dev.kafkapod.readiness.Lifecycle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "started",
    mixinStandardHelpOptions = true,
    description =
        "Tells whether this broker is past its start-up; while it recovers its logs, how many remain. For a startupProbe"
            + " of at least 24 h: a broker that is killed in recovery starts over.")
final class StartedCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private BrokerOptions broker;
  @Mixin private TimeoutOption time;
  @Mixin private OutputOption output;

  @Override
  public Integer call() {
    return Printing.reply(
        spec,
        output,
        new Reply(
            "started",
            Lifecycle.started(Observer.askBroker(broker.probe()).answer(time.deadline()))));
  }
}

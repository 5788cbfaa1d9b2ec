package dev.kafkapod.cli;

import dev.kafkapod.readiness.Lifecycle;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "live",
    mixinStandardHelpOptions = true,
    description =
        "Tells whether restarting this broker's process would be wrong: no only if it has stopped or is wedged, never"
            + " because of the cluster, never during log recovery.")
final class LiveCommand implements Callable<Integer> {

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
            "live", Lifecycle.live(Observer.askBroker(broker.probe()).answer(time.deadline()))));
  }
}

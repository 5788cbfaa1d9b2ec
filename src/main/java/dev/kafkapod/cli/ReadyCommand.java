package dev.kafkapod.cli;

import dev.kafkapod.cluster.ClusterProbe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "ready",
    mixinStandardHelpOptions = true,
    description =
        "Tells whether another broker may be disrupted: this one is in order, and its cluster can spare one.")
final class ReadyCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private BrokerOptions broker;
  @Mixin private ClusterOptions cluster;
  @Mixin private GateOptions gates;
  @Mixin private TimeoutOption time;
  @Mixin private OutputOption output;

  @Override
  public Integer call() {
    Observer observer = new Observer(broker.probe(), cluster, time.timeout());
    Observer.Judged judged =
        observer.judge(
            gates.policy(), gates.latched(), ClusterProbe.Detail.VERDICT, time.deadline());
    return Printing.reply(spec, output, new Reply("ready", judged.assessment().verdict()));
  }
}

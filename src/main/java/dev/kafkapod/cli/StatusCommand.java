package dev.kafkapod.cli;

import dev.kafkapod.cluster.ClusterProbe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows everything at a glance: broker, cluster, conditions with their gates, the worst partitions. Exits like ready.")
final class StatusCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private BrokerOptions broker;
  @Mixin private ClusterOptions cluster;
  @Mixin private GateOptions gates;
  @Mixin private TimeoutOption time;
  @Mixin private OutputOption output;

  @Override
  public Integer call() {
    Observer observer = new Observer(broker.probe(), cluster, time.timeout());
    long begun = System.nanoTime();
    Observer.Judged judged =
        observer.judge(
            gates.policy(), gates.latched(), ClusterProbe.Detail.EVERYTHING, time.deadline());
    Status status =
        new Status(
            judged.observation(), judged.assessment(), gates.latched(), System.nanoTime() - begun);
    if (output.isJson()) {
      Json.print(spec.commandLine().getOut(), new StatusJson(status)::writeFields);
    } else {
      Ansi ansi = spec.commandLine().getColorScheme().ansi();
      new StatusText(status, ansi).lines().forEach(spec.commandLine().getOut()::println);
    }
    return ExitCode.of(judged.assessment().verdict());
  }
}

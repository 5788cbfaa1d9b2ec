package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.stopping.Selection;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Wires {@code kafka-pod can-stop}. */
final class CanStopCommand implements Callable<Integer> {

  static final String NAME = "can-stop";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Tells whether this broker, or others, may stop now: no partition would fall under its min ISR or lose its"
              + " leader, and the controller quorum would go on.");
  private final StopOptions stop = new StopOptions(spec);
  private final OptionSpec all =
      Options.flag("--all")
          .description(
              "Each one alone, instead of together: of those selected, or of all brokers of the cluster.")
          .build();
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final ClusterOptions cluster = new ClusterOptions(spec);
  private final TimeoutOption time = new TimeoutOption(spec);
  private final OutputOption output = new OutputOption(spec);

  private CanStopCommand() {
    spec.addOption(all);
  }

  static CommandSpec spec() {
    return new CanStopCommand().spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = time.begin();
    Selection selection = stop.selection();
    boolean each = all.getValue() == Boolean.TRUE;
    Optional<BrokerProbe> local =
        selection.isEmpty() && !each ? Optional.of(broker.probe()) : Optional.empty();
    StopReport report =
        new StopInquiry(
                NAME,
                stop.policy(),
                selection,
                each,
                local,
                cluster.access(broker::commandLine).clientSettings(),
                UnaryOperator.identity())
            .ask(time.timeout(), deadline);
    return output.print(report);
  }
}

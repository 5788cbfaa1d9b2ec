package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.common.Answer;
import dev.kafkapod.inquiry.LocalNode;
import dev.kafkapod.inquiry.StopInquiry;
import dev.kafkapod.inquiry.TurnsInquiry;
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
          "Tells whether this broker, or others, may stop now: yes if no partition would fall below its min"
              + " ISR or lose its leader, and the controller quorum would survive.",
          "kafka-pod can-stop --brokers=1,2 --bootstrap-server=kafka:19090");
  private final StopOptions stop = new StopOptions(spec);
  private final OptionSpec all =
      Options.flag("--all")
          .descriptionKey(HelpPages.NODES)
          .description(
              "Ask about each broker alone, not about all together: each selected broker, or each broker of the"
                  + " cluster.")
          .build();
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final ClusterOptions cluster = new ClusterOptions(spec);
  private final TurnsOptions turns =
      TurnsOptions.optional(
          spec,
          "Whether nodes that stop by turns now count as stopped, and the queue is shown: on, or off (the"
              + " default).");
  private final TimeoutOption time = new TimeoutOption(spec);
  private final RunDirectoryOption runDirectory = new RunDirectoryOption(spec);
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
    Optional<LocalNode> local =
        selection.isEmpty() && !each
            ? Optional.of(broker.localNode(runDirectory.path(), this::configured))
            : Optional.empty();
    StopInquiry inquiry =
        new StopInquiry(
            NAME,
            stop.policy(),
            selection,
            each,
            local,
            () -> cluster.access(broker::commandLine).clientSettings(),
            UnaryOperator.identity());
    if (!turns.on()) {
      return output.print(inquiry.report(time.timeout(), deadline));
    }
    Answer<TurnsInquiry.TurnsSeen> seen =
        new TurnsInquiry(
                turns.settings(cluster, broker::commandLine), turns.topic(), time.timeout())
            .look(deadline.orIn(time.timeout().dividedBy(2)));
    return output.print(inquiry.report(time.timeout(), deadline, seen));
  }

  private Optional<BrokerCommandLine> configured() {
    return cluster.brokerCommandLine(broker::commandLine);
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.report.ReleaseReport;
import dev.kafkapod.settings.Values;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Wires {@code kafka-pod turns release}. */
final class TurnsReleaseCommand implements Callable<Integer> {

  static final String NAME = "release";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Removes a node's turn from the queue, so that no other stop waits for it any more. The topic keeps"
              + " who did it, and why. Exits with 1 if the node has no turn.",
          "kafka-pod turns release --broker=1 --reason=\"INC-4711 its machine is gone\"");
  private final OptionSpec broker =
      Options.option("--broker", "ID", Integer.class)
          .converters(Converters.of(Values::nodeId))
          .required(true)
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description("Node id of the broker or controller whose turn is removed. Required.")
          .build();
  private final AuditOptions audit;
  private final TurnsTopicOptions topic;

  private TurnsReleaseCommand() {
    spec.addOption(broker);
    audit = new AuditOptions(spec, true);
    topic = new TurnsTopicOptions(spec);
  }

  static CommandSpec spec() {
    return new TurnsReleaseCommand().spec;
  }

  @Override
  public Integer call() {
    TurnsCommand.refuseOptionsBefore(spec);
    int node = broker.<Integer>getValue();
    PrintWriter out = spec.commandLine().getOut();
    return topic.report(
        topic.ask((it, deadline) -> it.release(node, audit.by(), audit.reason(), deadline)),
        released -> {
          ReleaseReport report = new ReleaseReport(topic.topic(), released);
          report.lines().forEach(out::println);
          return report.exitCode();
        });
  }
}

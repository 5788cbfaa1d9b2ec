package dev.kafkapod.cli;

import dev.kafkapod.common.Answer;
import dev.kafkapod.inquiry.TurnsInquiry;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.TurnsHistory;
import dev.kafkapod.report.TurnsListing;
import dev.kafkapod.report.TurnsReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Wires {@code kafka-pod turns list}. */
final class TurnsListCommand implements Callable<Integer> {

  static final String NAME = "list";

  private final CommandSpec spec;
  private final OptionSpec history =
      Options.flag("--history")
          .descriptionKey(HelpPages.GENERAL)
          .description(
              "Also show what was released, by whom and why, for as long as the topic keeps it.")
          .build();
  private final TurnsTopicOptions topic;
  private final OutputOption output;

  private TurnsListCommand(String name, String description, String example) {
    spec = Options.command(this, name, description, example);
    topic = new TurnsTopicOptions(spec);
    spec.addOption(history);
    output = new OutputOption(spec);
  }

  static CommandSpec spec() {
    return spec(
        NAME,
        "Shows which nodes wait for their turn to stop, and which stop now: since when, for what, and"
            + " until when at most. Exits with 0 also if there are none, or no topic yet.",
        "kafka-pod turns list --history --output=json --bootstrap-server=kafka:19090");
  }

  /** The same command by another name. */
  static CommandSpec spec(String name, String description, String example) {
    return new TurnsListCommand(name, description, example).spec;
  }

  @Override
  public Integer call() {
    TurnsCommand.refuseOptionsBefore(spec);
    Answer<TurnsInquiry.TurnsSeen> answer = topic.ask(TurnsInquiry::look);
    TurnsListing listing =
        new TurnsListing(
            topic.topic(),
            answer
                .value()
                .map(TurnsInquiry.TurnsSeen::report)
                .orElseGet(() -> TurnsReport.unknown(answer.cause().orElse(""))),
            answer
                .value()
                .filter(it -> history.getValue() == Boolean.TRUE)
                .map(it -> new TurnsHistory(it.records())));
    if (output.isJson()) {
      Json.print(output.out(), listing::writeFields);
    } else {
      listing.lines().forEach(output.out()::println);
    }
    return listing.exitCode();
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.common.Answer;
import dev.kafkapod.inquiry.TurnsInquiry;
import dev.kafkapod.report.ExitCode;
import java.time.Duration;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Model.CommandSpec;

/** How the subcommands of {@code kafka-pod turns} reach the topic. */
final class TurnsTopicOptions {

  private final CommandSpec spec;
  private final BrokerOptions broker;
  private final ClusterOptions cluster;
  private final TurnsOptions turns;
  private final TimeoutOption time;

  TurnsTopicOptions(CommandSpec spec) {
    this.spec = spec;
    broker = new BrokerOptions(spec);
    cluster = new ClusterOptions(spec);
    turns = TurnsOptions.required(spec);
    time = new TimeoutOption(spec);
  }

  /** The topic's name. */
  String topic() {
    return turns.topic();
  }

  /** Asks the topic something, within the command's time. */
  <T> Answer<T> ask(TopicQuestion<T> question) {
    return ask(question, Duration.ZERO);
  }

  /** The same of a command that goes on for a while after the answer. */
  <T> Answer<T> ask(TopicQuestion<T> question, Duration more) {
    Deadline deadline = time.begin(more);
    return question.ask(
        new TurnsInquiry(
            turns.settings(cluster, broker::commandLine), turns.topic(), time.timeout()),
        deadline);
  }

  /** What a command asks of the topic. */
  @FunctionalInterface
  interface TopicQuestion<T> {
    Answer<T> ask(TurnsInquiry topic, Deadline deadline);
  }

  /** Reports an answer; where there is none, says why. */
  <T> int report(Answer<T> answer, ToIntFunction<T> report) {
    if (answer.value().isEmpty()) {
      spec.commandLine().getOut().println("cannot tell: " + answer.cause().orElse(""));
      return ExitCode.CANNOT_TELL;
    }
    return report.applyAsInt(answer.value().get());
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Pause;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.settings.Values;
import dev.kafkapod.turns.TurnEntry.NoTearDown;
import dev.kafkapod.turns.TurnEntry.TearDown;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Wires {@code kafka-pod turns tear-down}. */
final class TurnsTearDownCommand implements Callable<Integer> {

  static final String NAME = "tear-down";

  private static final String CLUSTER_ID = "--cluster-id";
  private static final String FOR = "--for";
  private static final String WAIT = "--wait";
  private static final String END = "--end";

  /** Until every agent has read the topic, which it does every 15 s. */
  private static final String LONG_ENOUGH = "30s";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Says that the whole Kafka cluster is to be stopped: no stop waits for another any more, whatever"
              + " breaks. Then waits until each node knows. Needs the id of the cluster, so that nobody says it"
              + " of the wrong one.",
          "kafka-pod turns tear-down --cluster-id=MkU3OEVBNTcwNTJENDM2Qk --reason=\"INC-4711 moving to another site\"");
  private final OptionSpec clusterId =
      Options.option(CLUSTER_ID, "ID", String.class)
          .converters(Converters.of(Values::words))
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description(
              "Id of the Kafka cluster, as kafka-cluster.sh cluster-id prints it. Required without --end.")
          .build();
  private final OptionSpec lasts =
      Options.option(FOR, "TIME", Duration.class)
          .converters(Converters.of(Values::tearDown))
          .defaultValue("1h")
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description("How long that holds: 30m, 1h (the default), at most 4h.")
          .build();
  private final OptionSpec wait =
      Options.option(WAIT, "TIME", Duration.class)
          .converters(Converters.of(Values::pause))
          .defaultValue(LONG_ENOUGH)
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description(
              "How long to wait afterwards, until each node has read it: 30s by default; 0 for not at all.")
          .build();
  private final OptionSpec end =
      Options.flag(END)
          .descriptionKey(HelpPages.COMMAND_LINE)
          .description("Take it back: from now on stops wait for their turn again.")
          .build();
  private final AuditOptions audit;
  private final TurnsTopicOptions topic;

  private TurnsTearDownCommand() {
    spec.addOption(clusterId);
    audit = new AuditOptions(spec, false);
    spec.addOption(lasts).addOption(wait).addOption(end);
    topic = new TurnsTopicOptions(spec);
  }

  static CommandSpec spec() {
    return new TurnsTearDownCommand().spec;
  }

  @Override
  public Integer call() {
    TurnsCommand.refuseOptionsBefore(spec);
    Optional<String> meant = Optional.ofNullable(clusterId.getValue());
    return end.getValue() == Boolean.TRUE ? end(meant) : begin(meant);
  }

  private int end(Optional<String> meant) {
    ParseResult given = spec.commandLine().getParseResult();
    List<String> idle = Stream.of(FOR, WAIT).filter(given::hasMatchedOption).toList();
    if (!idle.isEmpty()) {
      throw wrong(
          idle.size() == 1
              ? idle.get(0) + " says nothing together with --end; leave it out"
              : join(idle) + " say nothing together with --end; leave them out");
    }
    PrintWriter out = spec.commandLine().getOut();
    NoTearDown end = new NoTearDown(audit.by(), Optional.ofNullable(audit.reason()));
    return topic.report(
        topic.ask((it, deadline) -> it.endTearDown(meant, end, deadline)),
        said -> {
          out.println(
              said.map(
                      it ->
                          "tear-down taken back (said by %s: %s); stops wait for their turn again"
                              .formatted(it.by(), it.reason()))
                  .orElse("nobody has said that this cluster is torn down; nothing to take back"));
          return ExitCode.YES;
        });
  }

  private int begin(Optional<String> meant) {
    List<String> missing =
        Stream.of(
                meant.isEmpty() ? CLUSTER_ID : "",
                audit.reason() == null ? AuditOptions.REASON : "")
            .filter(it -> !it.isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      throw wrong(
          "%s %s needed; write for example --cluster-id=MkU3OEVBNTcwNTJENDM2Qk --reason=\"INC-4711 moving to another site\""
              .formatted(join(missing), missing.size() == 1 ? "is" : "are"));
    }
    Duration holds = lasts.getValue();
    Duration pause = wait.getValue();
    if (pause.compareTo(holds) >= 0) {
      throw wrong(
          "--wait must be shorter than --for, or it is over before the first node stops; got %s and %s"
              .formatted(Wording.setting(pause), Wording.setting(holds)));
    }
    TearDown said =
        new TearDown(meant.orElseThrow(), audit.by(), audit.reason(), Instant.now(), holds);
    return topic.report(
        topic.ask((it, deadline) -> it.tearDown(said, deadline), pause),
        it -> {
          tell(it, pause);
          return ExitCode.YES;
        });
  }

  private void tell(TearDown said, Duration pause) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "cluster %s is torn down, until %s at most, by %s: %s"
            .formatted(
                said.clusterId(),
                said.written().plus(said.lasts()).truncatedTo(ChronoUnit.SECONDS),
                said.by(),
                said.reason()));
    out.println(
        "  no stop waits any more: with turns on, await-safe-stop lets each node go at once, whatever breaks");
    out.println("  to take it back: kafka-pod turns tear-down --end");
    if (pause.isZero()) {
      out.println(
          "  next: wait %s until each node knows it, then stop all nodes, or scale them to 0"
              .formatted(LONG_ENOUGH));
      return;
    }
    out.println("  waiting %s until each node knows it".formatted(Wording.setting(pause)));
    out.flush();
    Pause.of(pause);
    out.println("  next: stop all nodes, or scale them to 0");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private static String join(List<String> options) {
    return String.join(" and ", options);
  }
}

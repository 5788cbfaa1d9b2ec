package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.cluster.TurnsTopic;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.inquiry.LocalNode;
import dev.kafkapod.inquiry.LocalNodeId;
import dev.kafkapod.inquiry.ProcessWorld;
import dev.kafkapod.inquiry.SafeStopWait;
import dev.kafkapod.inquiry.StopInquiry;
import dev.kafkapod.inquiry.SystemClocks;
import dev.kafkapod.inquiry.TurnTaking;
import dev.kafkapod.inquiry.TurnWait;
import dev.kafkapod.inquiry.Watchdog;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.OverrideRules;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.settings.Values;
import dev.kafkapod.stopping.Selection;
import dev.kafkapod.teardownfile.TearDownFile;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Wires {@code kafka-pod await-safe-stop}. */
final class AwaitSafeStopCommand implements Callable<Integer> {

  static final String NAME = "await-safe-stop";

  /** Two answers, and the time between them. */
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(15);

  /** What is left of the time when the waiting ends, for printing. */
  private static final Duration TO_REPORT = Duration.ofMillis(100);

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Waits in a preStop hook until can-stop has said yes twice, at least 5 seconds apart, and says"
              + " what it waits for. After --max-wait it exits like the last can-stop. With an override that says"
              + " ready, it doesn't wait. With an override that ignores unknown, it stops waiting if the cluster"
              + " can't tell twice.",
          "kafka-pod await-safe-stop --max-wait=10m");
  private final OptionSpec maxWait =
      Options.option("--max-wait", "TIME", Duration.class)
          .converters(Converters.of(Values::duration))
          .required(true)
          .descriptionKey(HelpPages.GENERAL)
          .description(
              "Longest wait, 15s or more: at most terminationGracePeriodSeconds minus the time of the broker's"
                  + " own shutdown. Required.")
          .build();
  private final StopOptions stop = new StopOptions(spec);
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final ClusterOptions cluster = new ClusterOptions(spec);
  private final TimeoutOption time =
      new TimeoutOption(spec, "How long to wait for each answer: 500ms, 8s (the default), 1m.");
  private final RunDirectoryOption runDirectory = new RunDirectoryOption(spec);
  private final OverrideOptions override = new OverrideOptions(spec);
  private final OutputOption output = new OutputOption(spec);
  private final TurnsOptions turns =
      TurnsOptions.optional(
          spec,
          "on: stops take turns, over all Kubernetes clusters, so that no two that ask at the same time do harm"
              + " together. off is the default. All nodes of a cluster must use the same.");
  private final OptionSpec stopTime =
      Options.option("--stop-time", "TIME", Duration.class)
          .converters(Converters.of(Values::duration))
          .defaultValue("5m")
          .descriptionKey(HelpPages.TURNS)
          .description(
              "How long after this command's end the node may take until the cluster sees it down; 5m by"
                  + " default. For so long, others reckon with its stop.")
          .build();

  private AwaitSafeStopCommand() {
    spec.addOption(maxWait).addOption(stopTime);
  }

  static CommandSpec spec() {
    return new AwaitSafeStopCommand().spec;
  }

  @Override
  public Integer call() {
    Duration longest = maxWait.getValue();
    if (longest.compareTo(SHORTEST_WAIT) < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--max-wait: must be at least 15s, because a yes must hold twice, 5 to 10 s apart, got %s; write for example 5m"
              .formatted(Wording.setting(longest)));
    }
    Deadline over = Deadline.in(longest);
    Watchdog.watch(over, "--max-wait", output.out());
    Selection selection = stop.selection();
    Optional<LocalNode> local =
        selection.isEmpty()
            ? Optional.of(broker.localNode(runDirectory.path(), this::configured))
            : Optional.empty();
    cluster.access(Optional::empty); // whether its options contradict each other
    StopInquiry inquiry =
        new StopInquiry(
            NAME,
            stop.policy(),
            selection,
            false,
            local,
            () -> cluster.access(broker::commandLine).clientSettings(),
            this::relaxed);
    if (!turns.on()) {
      refuseIdle();
      return output.print(
          end((deadline, saidBefore) -> inquiry.ask(time.timeout(), deadline), Optional::empty));
    }
    TurnWait wait =
        new TurnWait(
            takingTurns(selection, inquiry),
            selection.isEmpty() && ThisHost.isPod(),
            over.minus(TO_REPORT));
    return output.print(
        wait.ended(() -> end(wait.taking()::ask, () -> tearDown(selection, wait.taking()))));
  }

  /** A typing error in --turns must not go unnoticed; variables may stand for other commands. */
  private void refuseIdle() {
    List<String> idle =
        Stream.concat(turns.names(), Stream.of(stopTime.longestName()))
            .filter(spec.commandLine().getParseResult()::hasMatchedOption)
            .toList();
    if (!idle.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: counts only where stops take turns; add --turns=on, or leave it out"
              .formatted(String.join(", ", idle)));
    }
  }

  private StopReport end(ProcessWorld.Asking asking, Supplier<Optional<String>> tearDown) {
    ProcessWorld world =
        new ProcessWorld(NAME, asking, time.timeout(), this::inForce, tearDown, this::tell);
    return new SafeStopWait(
            world,
            NAME,
            maxWait
                .<Duration>getValue()
                .minus(TO_REPORT)
                .minus(turns.on() ? TurnWait.TO_TELL : Duration.ZERO),
            time.timeout())
        .end();
  }

  private TurnTaking takingTurns(Selection selection, StopInquiry inquiry) {
    Duration longest = maxWait.getValue();
    if (selection.zone().isPresent() || selection.cluster().isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--turns: takes turns for nodes that are named; name them with --brokers instead of --zone or --cluster");
    }
    if (longest.plus(stopTime.getValue()).compareTo(TurnRequest.LONGEST) >= 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--turns: --max-wait and --stop-time together must be less than %d h, got %s and %s"
              .formatted(
                  TurnRequest.LONGEST.toHours(),
                  Wording.setting(longest),
                  Wording.setting(stopTime.<Duration>getValue())));
    }
    return new TurnTaking(
        new TurnTaking.WaitSetting(
            NAME,
            time.timeout(),
            longest,
            stopTime.getValue(),
            () -> selection.isEmpty() ? nodeIds() : selection.ids(),
            new TurnTaking.Waiter(
                () -> selection.isEmpty() ? broker.process(runDirectory.path()) : Optional.empty(),
                ThisHost.name())),
        (deadline, ahead) -> inquiry.ask(time.timeout(), deadline, ahead),
        () ->
            new TurnsTopic(
                turns.settings(cluster, broker::commandLine), turns.topic(), time.timeout()),
        this::relaxed,
        SystemClocks.INSTANCE);
  }

  private Set<Integer> nodeIds() {
    return nodeId().stream().boxed().collect(Collectors.toSet());
  }

  private Verdict relaxed(Verdict verdict) {
    return inForce().map(it -> OverrideRules.ofStop(it, verdict)).orElse(verdict);
  }

  /** The log's word; where it is silent, what the agent has left of what it said. */
  private Optional<String> tearDown(Selection selection, TurnTaking taking) {
    if (taking.letGo().isPresent() || !selection.isEmpty() || !taking.isLogSilent()) {
      return taking.letGo(); // the local agent speaks for the local node
    }
    return TearDownFile.read(runDirectory.path(), Instant.now())
        .filter(it -> taking.mayObey(it.clusterId(), it.since()))
        .map(it -> TurnEntry.TearDown.why(it.by(), it.reason()));
  }

  private Optional<InForce> inForce() {
    return override.read(runDirectory.path(), this::nodeId).inForce();
  }

  private OptionalInt nodeId() {
    return LocalNodeId.of(runDirectory.path(), this::configured);
  }

  private Optional<BrokerCommandLine> configured() {
    return cluster.brokerCommandLine(broker::commandLine);
  }

  private void tell(String line) {
    if (output.isJson()) {
      spec.commandLine().getErr().println(line);
    } else {
      output.out().println(line);
    }
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.inquiry.LocalNode;
import dev.kafkapod.inquiry.LocalNodeId;
import dev.kafkapod.inquiry.ProcessWorld;
import dev.kafkapod.inquiry.SafeStopWait;
import dev.kafkapod.inquiry.StopInquiry;
import dev.kafkapod.inquiry.Watchdog;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.OverrideRules;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.settings.Values;
import dev.kafkapod.stopping.Selection;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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

  private AwaitSafeStopCommand() {
    spec.addOption(maxWait);
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
    Watchdog.watch(Deadline.in(longest), "--max-wait", output.out());
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
            verdict -> inForce().map(it -> OverrideRules.ofStop(it, verdict)).orElse(verdict));
    ProcessWorld world =
        new ProcessWorld(
            NAME,
            deadline -> inquiry.ask(time.timeout(), deadline),
            time.timeout(),
            this::inForce,
            this::tell);
    return output.print(
        new SafeStopWait(world, NAME, longest.minus(TO_REPORT), time.timeout()).end());
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

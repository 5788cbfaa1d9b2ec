package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.inquiry.LocalNode;
import dev.kafkapod.inquiry.OutOfMemory;
import dev.kafkapod.inquiry.SafeStopWait;
import dev.kafkapod.inquiry.StopInquiry;
import dev.kafkapod.inquiry.Watchdog;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.OverrideRules;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Verdict;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.report.StopReport;
import dev.kafkapod.settings.Values;
import dev.kafkapod.stopping.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
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
          "--max-wait: must be at least 15s, for a yes must hold twice, 5 to 10 s apart, got %s; write for example 5m"
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
    return output.print(
        new SafeStopWait(new Here(inquiry), NAME, longest.minus(TO_REPORT), time.timeout()).end());
  }

  private Optional<InForce> inForce() {
    return override.read(runDirectory.path(), this::nodeId).inForce();
  }

  private OptionalInt nodeId() {
    return OverrideOptions.nodeId(runDirectory.path(), this::configured);
  }

  private Optional<BrokerCommandLine> configured() {
    return cluster.brokerCommandLine(broker::commandLine);
  }

  /** This process, its clock and its streams. */
  private final class Here implements SafeStopWait.World {

    private final StopInquiry inquiry;

    Here(StopInquiry inquiry) {
      this.inquiry = inquiry;
    }

    @Override
    public SafeStopWait.PendingVerdict ask(Duration atMost) {
      Deadline deadline = Deadline.in(time.timeout()).orIn(atMost);
      try {
        Question<StopInquiry.Heard> question = Question.ask("the cluster", () -> hear(deadline));
        return wait -> question.answer(Deadline.in(wait)).value();
      } catch (OutOfMemoryError e) {
        StopInquiry.Heard wrong = StopInquiry.Heard.wrong(NAME, OutOfMemory.named(e));
        return wait -> Optional.of(wrong);
      }
    }

    /** Nothing but wrong use ends the waiting: what else goes wrong may be over the next time. */
    private StopInquiry.Heard hear(Deadline deadline) {
      try {
        return inquiry.ask(time.timeout(), deadline);
      } catch (Misconfigured e) {
        if (!e.mayHeal()) {
          throw e;
        }
        return StopInquiry.Heard.wrong(NAME, e);
      } catch (OutOfMemoryError e) {
        return StopInquiry.Heard.wrong(NAME, OutOfMemory.named(e));
      } catch (RuntimeException | LinkageError e) {
        String cause = "a mistake of kafka-pod's own (%s); please report it".formatted(e);
        return new StopInquiry.Heard(
            StopReport.unknown(NAME, new Verdict.CannotTell(List.of(cause))), Optional.empty());
      }
    }

    @Override
    public Optional<String> letGo() {
      return inForce()
          .filter(it -> it.override().readiness() == Readiness.READY)
          .map(InForce::wording);
    }

    @Override
    public void sleep(Duration length) {
      try {
        Thread.sleep(length.toMillis() + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public double chance() {
      return ThreadLocalRandom.current().nextDouble();
    }

    @Override
    public void tell(String line) {
      if (output.isJson()) {
        spec.commandLine().getErr().println(line);
      } else {
        output.out().println(line);
      }
    }
  }
}

package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.inquiry.AgentOverride;
import dev.kafkapod.inquiry.AgentStatus;
import dev.kafkapod.inquiry.Observer;
import dev.kafkapod.overrides.EffectiveVerdict;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.readiness.FirstReady;
import dev.kafkapod.readiness.Verdict;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Json;
import dev.kafkapod.report.OverrideReport;
import dev.kafkapod.verdictfile.VerdictFile;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Wires {@code kafka-pod override show}. */
final class OverrideShowCommand implements Callable<Integer> {

  static final String NAME = "show";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Shows the override in force for this broker, its source, its end, and what it hides. Exits with"
              + " 0 if an override is in force. Exits with 1 if none is, for example because the only one has"
              + " expired, isn't in force yet, or names other brokers. Exits with 2 if none is because a file is"
              + " damaged or can't be read. Exits with 3 if the broker's id is unknown.",
          "kafka-pod override show");
  private final AgentOptions agent = new AgentOptions(spec);
  private final BrokerOptions broker = new BrokerOptions(spec);
  private final ClusterOptions cluster = new ClusterOptions(spec);
  private final GateOptions gates = new GateOptions(spec);
  private final OverrideOptions override = new OverrideOptions(spec);
  private final TimeoutOption time = new TimeoutOption(spec);
  private final OutputOption output = new OutputOption(spec);

  private OverrideShowCommand() {}

  static CommandSpec spec() {
    return new OverrideShowCommand().spec;
  }

  @Override
  public Integer call() {
    Deadline deadline = time.begin();
    Overrides overrides = override.read(agent.runDirectory(), this::nodeId);
    EffectiveVerdict effective =
        overrides.inForce().isPresent() ? effective(overrides, deadline) : nothing(overrides);
    if (output.isJson()) {
      Json.print(output.out(), json -> OverrideReport.writeFields(json, effective));
    } else {
      OverrideReport.lines(effective).forEach(output.out()::println);
    }
    return exitCode(overrides);
  }

  private EffectiveVerdict effective(Overrides overrides, Deadline deadline) {
    return agent
        .verdict(overrides)
        .flatMap(VerdictFile::http)
        .flatMap(http -> AgentStatus.ask(http, true, deadline))
        .flatMap(status -> AgentOverride.of(overrides, status.text()))
        .orElseGet(() -> evaluate(overrides, deadline));
  }

  /**
   * Finding out must not fail where nobody can be asked: what is in force is known all the same.
   */
  private EffectiveVerdict evaluate(Overrides overrides, Deadline deadline) {
    try {
      return new Observer(broker.probe(), cluster.access(broker::commandLine), time.timeout())
          .judge(gates.policy(), gates.latched(), ClusterProbe.Detail.VERDICT, deadline)
          .effective(overrides, firstReady());
    } catch (Misconfigured e) {
      Verdict unknown = new Verdict.CannotTell(List.of(e.getMessage()));
      return new EffectiveVerdict(
          overrides, unknown, unknown, List.of("cannot tell: " + e.getMessage()));
    }
  }

  private FirstReady firstReady() {
    return new FirstReady(gates.stableFor(), gates.latched(), broker::javaUptime);
  }

  private static EffectiveVerdict nothing(Overrides overrides) {
    Verdict unasked = new Verdict.CannotTell(List.of("nobody was asked"));
    return new EffectiveVerdict(overrides, unasked, unasked, List.of());
  }

  private static int exitCode(Overrides overrides) {
    if (overrides.inForce().isPresent()) {
      return ExitCode.YES;
    }
    Set<Overrides.WarningKind> kinds = EnumSet.noneOf(Overrides.WarningKind.class);
    overrides.problems().forEach(problem -> kinds.add(problem.kind()));
    if (kinds.contains(Overrides.WarningKind.UNUSABLE)) {
      return ExitCode.USAGE;
    }
    return kinds.contains(Overrides.WarningKind.UNPLACED) ? ExitCode.CANNOT_TELL : ExitCode.NO;
  }

  private OptionalInt nodeId() {
    return OverrideOptions.nodeId(
        agent.runDirectory(), () -> cluster.brokerCommandLine(broker::commandLine));
  }
}

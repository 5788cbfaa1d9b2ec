package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.common.FileProblem;
import dev.kafkapod.overridefile.OverrideWriter;
import dev.kafkapod.overrides.OverrideText;
import dev.kafkapod.overrides.OverrideText.PropertyLine;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.overrides.ReadinessOverride;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Wording;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.settings.Values;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Wires {@code kafka-pod override set}. */
final class OverrideSetCommand implements Callable<Integer> {

  static final String NAME = "set";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Writes this pod's override, and replaces an existing one. The command kafka-pod uses it at once,"
              + " the agent within two seconds.",
          "kafka-pod override set ready --for=2h --reason=\"INC-4711 rolling back\"");
  private final PositionalParamSpec readiness =
      PositionalParamSpec.builder()
          .paramLabel("READINESS")
          .type(String.class)
          .index("0")
          .required(true)
          .description(
              "ready: ready, whatever is wrong; not-ready: never ready; evaluate: as usual, without the"
                  + " conditions that --ignore names.")
          .build();
  private final OptionSpec duration =
      Options.option("--for", "TIME", Duration.class)
          .converters(Converters.of(Values::overrideLimit))
          .description("How long the override counts: 90m, 2h; at most --max-override.")
          .build();
  private final OptionSpec until =
      text("--until", "INSTANT", "When the override ends, instead of --for: 2030-01-01T00:00:00Z.");
  private final OptionSpec reason =
      text("--reason", "TEXT", "Reason, shown in every answer: \"INC-4711 rolling out the fix\".");
  private final OptionSpec ignore =
      text(
          "--ignore",
          "CONDITION,…",
          "Conditions to ignore; unknown ignores what the cluster can't tell. All other conditions still"
              + " count, also if READINESS is ready.");
  private final OptionSpec brokers =
      text(
          "--brokers",
          "ID,…",
          "Node ids to which the override applies, for a file that several pods share.");
  private final OptionSpec by =
      text(
          "--by",
          "NAME",
          "Author of the override; the name of this process's user by default, if it has one.");
  private final OptionSpec print =
      Options.flag("--print")
          .description("Print the file instead of writing it, for a ConfigMap for all pods.")
          .build();
  private final RunDirectoryOption runDirectory;
  private final OverrideOptions overrides;

  private OverrideSetCommand() {
    spec.addPositional(readiness);
    for (OptionSpec option : List.of(duration, until, reason, ignore, brokers, by, print)) {
      spec.addOption(option);
    }
    runDirectory = new RunDirectoryOption(spec);
    overrides = new OverrideOptions(spec);
  }

  private static OptionSpec text(String name, String label, String description) {
    return Options.option(name, label, String.class).description(description).build();
  }

  static CommandSpec spec() {
    return new OverrideSetCommand().spec;
  }

  @Override
  public Integer call() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    OverrideText.Parsed parsed =
        OverrideText.parse(
            lines(now),
            overrides.max(),
            "at most " + Wording.setting(overrides.max()) + " ahead (--max-override)");
    List<String> problems = new ArrayList<>(parsed.problems());
    parsed
        .override()
        .filter(it -> !it.until().isAfter(now))
        .ifPresent(it -> problems.add("'until' must be in the future, got '" + it.until() + "'"));
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("; ", problems));
    }
    PrintWriter out = spec.commandLine().getOut();
    ReadinessOverride override = parsed.override().orElseThrow();
    if (print.getValue() == Boolean.TRUE) {
      out.print(OverrideText.format(override));
      return ExitCode.YES;
    }
    Path file = overrides.places(runDirectory.path()).own();
    write(file, override);
    out.println(describe(file, override));
    Overrides result = overrides.read(runDirectory.path(), OptionalInt::empty);
    result.problems().forEach(problem -> out.println("warning: " + problem.text()));
    return ExitCode.YES;
  }

  private static void write(Path file, ReadinessOverride override) {
    try {
      OverrideWriter.write(file, override);
    } catch (IOException e) {
      throw new Misconfigured(
          "override file %s can't be written (%s); check the permissions of its directory"
              .formatted(file, FileProblem.reason(e, file)),
          e);
    }
  }

  private static String describe(Path file, ReadinessOverride override) {
    return "override set: %s until %s%s%s: %s (%s)"
        .formatted(
            override.readiness().optionName(),
            override.until(),
            override.by().map(it -> " by " + it).orElse(""),
            override.ignoredNames().isEmpty()
                ? ""
                : ", ignores " + String.join(", ", override.ignoredNames()),
            override.reason(),
            file);
  }

  /** What is given, as the lines of a file: one reader judges both. */
  private List<PropertyLine> lines(Instant now) {
    List<PropertyLine> lines = new ArrayList<>();
    boolean narrowed =
        ignore.getValue() != null && Readiness.READY.optionName().equals(readiness.getValue());
    lines.add(
        new PropertyLine(
            "readiness", narrowed ? Readiness.EVALUATE.optionName() : readiness.getValue()));
    add(lines, "ignore", ignore.getValue());
    add(lines, "brokers", brokers.getValue());
    add(lines, "since", now.toString());
    add(lines, "until", end(now));
    add(lines, "reason", reason.getValue());
    add(
        lines,
        "by",
        Optional.<String>ofNullable(by.getValue()).orElseGet(() -> Options.user().orElse(null)));
    return lines;
  }

  private static void add(List<PropertyLine> lines, String key, String value) {
    if (value != null) {
      lines.add(new PropertyLine(key, value));
    }
  }

  private String end(Instant now) {
    Optional<OptionSpec> chosen = Options.oneOf(spec, duration, until, "say when it ends");
    if (chosen.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--for or --until is needed; write for example --for 2h");
    }
    return chosen.get().equals(until)
        ? until.getValue()
        : now.plus(duration.<Duration>getValue()).toString();
  }
}

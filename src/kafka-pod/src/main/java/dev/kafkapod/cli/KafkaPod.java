package dev.kafkapod.cli;

import dev.kafkapod.brokerconfig.SecurityOptions;
import dev.kafkapod.inquiry.OutOfMemory;
import dev.kafkapod.inquiry.Watchdog;
import dev.kafkapod.report.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The command {@code kafka-pod}: only this class knows the process's environment, streams and exit.
 */
public final class KafkaPod implements Runnable {

  /**
   * Set by the launcher where standard output is a terminal; the JDK's own answer differs from
   * version to version.
   */
  private static final String TERMINAL = "kafkapod.terminal";

  /**
   * Set by the launcher, which has to tell an answer from a JVM that ended by itself: with 0 where
   * a flag only makes it print something, with 1 where it failed.
   */
  private static final String EXIT_CODE_OF_YES = "kafkapod.exit.yes";

  private static final String EXIT_CODE_OF_NO = "kafkapod.exit.no";

  private static final int USAGE_WIDTH = 120;

  /** Commands that are about the others. */
  private static final Set<String> ABOUT_ALL = Set.of(HelpCommand.NAME, CompletionCommand.NAME);

  private final CommandSpec spec =
      Options.command(
          this,
          "kafka-pod",
          "Tells whether a Kafka broker and its cluster can bear the disruption of another broker.");

  private KafkaPod(String[] args, Map<String, String> environment) {
    spec.versionProvider(KafkaPod::version);
    spec.addOption(
        Options.flag("-V", "--version")
            .versionHelp(true)
            .description("Print the version and exit.")
            .build());
    spec.usageMessage()
        .footer(
            "",
            "Exit codes of all commands: 0 yes, 1 no, 2 the command or its configuration is wrong, 3 cannot tell.",
            "Each option can also be given as an environment variable: --bootstrap-server as"
                + " KAFKA_POD_BOOTSTRAP_SERVER.");
    Map<String, Supplier<CommandSpec>> commands = commands(environment);
    // each command costs time to build, and a probe has little: only the one that is asked for
    if (args.length > 0 && commands.containsKey(args[0]) && !ABOUT_ALL.contains(args[0])) {
      spec.addSubcommand(args[0], commands.get(args[0]).get());
    } else {
      commands.forEach((name, command) -> spec.addSubcommand(name, command.get()));
    }
  }

  /** What understands these arguments; nothing is run. */
  static CommandLine commandLine(String[] args, Map<String, String> environment) {
    return new CommandLine(new KafkaPod(args, environment).spec);
  }

  private static Map<String, Supplier<CommandSpec>> commands(Map<String, String> environment) {
    Map<String, Supplier<CommandSpec>> commands = new LinkedHashMap<>();
    commands.put(ReadyCommand.NAME, ReadyCommand::spec);
    commands.put(LifecycleCommand.LIVE, LifecycleCommand::live);
    commands.put(LifecycleCommand.STARTED, LifecycleCommand::started);
    commands.put(StatusCommand.NAME, StatusCommand::spec);
    commands.put(CanStopCommand.NAME, CanStopCommand::spec);
    commands.put(AwaitSafeStopCommand.NAME, AwaitSafeStopCommand::spec);
    commands.put(TurnsCommand.NAME, TurnsCommand::spec);
    commands.put(PlacementCommand.NAME, PlacementCommand::spec);
    commands.put(OverrideCommand.NAME, OverrideCommand::spec);
    commands.put(RenderCommand.NAME, () -> RenderCommand.spec(environment));
    commands.put(StorageCommand.NAME, StorageCommand::spec);
    commands.put(HelpCommand.NAME, HelpCommand::spec);
    commands.put(CompletionCommand.NAME, CompletionCommand::spec);
    return commands;
  }

  /** Runs one command and exits with its code. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Watchdog.enable(code -> Runtime.getRuntime().halt(code));
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> report(thrown, err));
    SecurityOptions.inEnvironment(System.getenv()).apply();
    int exitCode;
    try {
      exitCode = run(args, System.getenv(), Boolean.getBoolean(TERMINAL), out, err);
    } catch (RuntimeException | Error e) {
      exitCode = report(e, err); // left to itself, the JVM would exit with 1: a no
    }
    out.flush();
    err.flush();
    System.exit(status(exitCode));
  }

  private static int report(Throwable thrown, PrintWriter err) {
    if (thrown instanceof OutOfMemoryError e) {
      err.println("kafka-pod: " + OutOfMemory.describe(e));
      return ExitCode.USAGE;
    }
    thrown.printStackTrace(err);
    return ExitCode.CANNOT_TELL;
  }

  /** The exit status for an exit code, as whoever started this process takes it. */
  private static int status(int exitCode) {
    if (exitCode == ExitCode.YES) {
      return Integer.getInteger(EXIT_CODE_OF_YES, ExitCode.YES);
    }
    return exitCode == ExitCode.NO ? Integer.getInteger(EXIT_CODE_OF_NO, ExitCode.NO) : exitCode;
  }

  /**
   * Runs one command.
   *
   * @param environment the environment variables, for options that aren't given
   * @param terminal whether {@code out} is a terminal
   * @return one of {@link ExitCode}
   */
  public static int run(
      String[] args,
      Map<String, String> environment,
      boolean terminal,
      PrintWriter out,
      PrintWriter err) {
    boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
    CommandLine commandLine = commandLine(args, environment);
    EnvironmentDefaults defaults = new EnvironmentDefaults(environment);
    ErrorReports reports = new ErrorReports(defaults);
    return commandLine
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF))
        .setHelpFactory(new HelpPages())
        .setUsageHelpWidth(USAGE_WIDTH)
        .setUsageHelpAutoWidth(terminal)
        .setDefaultValueProvider(defaults)
        .setParameterExceptionHandler(reports)
        .setExecutionExceptionHandler(reports)
        .setExitCodeExceptionMapper(unexpected -> ExitCode.CANNOT_TELL)
        .execute(args);
  }

  /**
   * What a command would say of its arguments and variables if they are wrong; empty if it
   * understands them. Nothing is run.
   */
  public static Optional<String> wrongUse(String[] args, Map<String, String> environment) {
    StringWriter said = new StringWriter();
    EnvironmentDefaults defaults = new EnvironmentDefaults(environment);
    CommandLine commandLine = commandLine(args, environment).setDefaultValueProvider(defaults);
    try {
      ParseResult parsed = commandLine.parseArgs(args);
      boolean help =
          parsed.asCommandLineList().stream()
              .anyMatch(it -> it.isUsageHelpRequested() || it.isVersionHelpRequested());
      return help ? Optional.of("a request for help") : Optional.empty();
    } catch (ParameterException e) {
      e.getCommandLine().setErr(new PrintWriter(said, true));
      new ErrorReports(defaults).handleParseException(e, args);
      return Optional.of(said.toString().strip());
    }
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed; choose from " + String.join(", ", spec.subcommands().keySet()));
  }

  private static String[] version() {
    String version = KafkaPod.class.getPackage().getImplementationVersion();
    return new String[] {"kafka-pod " + Objects.requireNonNullElse(version, "(development)")};
  }
}

package dev.kafkapod.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code kafka-pod}: only this class knows the process's environment, streams and exit.
 */
@Command(
    name = "kafka-pod",
    description =
        "Tells whether a Kafka broker, and the cluster around it, can bear that another broker is disrupted.",
    mixinStandardHelpOptions = true,
    versionProvider = KafkaPod.Version.class,
    subcommands = {
      ReadyCommand.class,
      LiveCommand.class,
      StartedCommand.class,
      StatusCommand.class
    },
    footer = {
      "",
      "Exit codes of all commands: 0 yes, 1 no, 2 the command or its configuration is wrong, 3 cannot tell.",
      "Each option can also be given as an environment variable: --bootstrap-server as KAFKA_POD_BOOTSTRAP_SERVER."
    })
public final class KafkaPod implements Runnable {

  /**
   * Set by the launcher where standard output is a terminal; the JDK's own answer differs from
   * version to version.
   */
  private static final String TERMINAL = "kafkapod.terminal";

  @Spec private CommandSpec spec;

  private KafkaPod() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(args, System.getenv(), Boolean.getBoolean(TERMINAL), out, err);
    out.flush();
    err.flush();
    System.exit(exitCode);
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
    CommandLine commandLine = new CommandLine(new KafkaPod());
    EnvironmentDefaults defaults = new EnvironmentDefaults(environment);
    ErrorReports reports = new ErrorReports(defaults);
    commandLine
        .setOut(out)
        .setErr(err)
        .setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(120)
        .setDefaultValueProvider(defaults)
        .setParameterExceptionHandler(reports)
        .setExecutionExceptionHandler(reports);
    return commandLine.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is needed; choose from " + String.join(", ", spec.subcommands().keySet()));
  }

  /** The version that the jar's manifest names. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = KafkaPod.class.getPackage().getImplementationVersion();
      return new String[] {"kafka-pod " + Objects.requireNonNullElse(version, "(development)")};
    }
  }
}

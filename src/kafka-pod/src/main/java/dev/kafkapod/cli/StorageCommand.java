package dev.kafkapod.cli;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.NodeConfig;
import dev.kafkapod.formatting.PeerLogin;
import dev.kafkapod.formatting.ScramUser;
import dev.kafkapod.formatting.StorageTool;
import dev.kafkapod.inquiry.InitialControllerText;
import dev.kafkapod.inquiry.StorageObserver;
import dev.kafkapod.nodeconfig.PropertiesFile;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.settings.Values;
import dev.kafkapod.storage.Decision;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Wires {@code kafka-pod storage}. */
final class StorageCommand implements Callable<Integer> {

  static final String NAME = "storage";

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Formats a node's empty disks, unless that could lose data. Formats an empty controller only if"
              + " the others have all its committed data, or if there is no cluster yet. A controller whose"
              + " metadata log is lost starts by the same rule. Exits with 1 if data could be lost, and with 2 if"
              + " files in a directory would make Kafka exit.",
          "kafka-pod storage --check --server-config=/run/kafka-pod/config/server.properties");
  private final OptionSpec serverConfig =
      Options.option("--server-config", "FILE", Path.class)
          .description("The node's complete configuration: server.properties.")
          .build();
  private final OptionSpec clusterId =
      Options.option("--cluster-id", "ID", String.class)
          .converters(Converters.of(Values::clusterId))
          .description(
              "The Kafka cluster's id, also CLUSTER_ID. A single controller generates one if none is set.")
          .build();
  private final OptionSpec bootstrap =
      Options.option("--bootstrap", "true|false", String.class)
          .converters(Converters.of(Values::trueOrFalse))
          .defaultValue("true")
          .description(
              "Whether the node may start a new cluster (true, the default) if no other controller answers. Set"
                  + " false once the cluster exists: a node with an empty disk then waits for the others.")
          .build();
  private final OptionSpec initialControllers =
      Options.option("--initial-controllers", "ID@HOST:PORT", List.class)
          .auxiliaryTypes(InitialControllerText.class)
          .converters(Converters.of(InitialControllerText::of))
          .splitRegex(",")
          .initialValue(List.of())
          .description(
              "The first controllers of a new cluster with dynamic voters, the same list on every controller;"
                  + " separated by commas, each optionally with :DIRECTORY-ID.")
          .build();
  private final ScramUsersOption users = new ScramUsersOption();
  private final OptionSpec check =
      Options.flag("--check").description("Show what would be done; change nothing.").build();
  private final OptionSpec timeout =
      Options.option("--timeout", "TIME", Duration.class)
          .converters(Converters.of(Values::duration))
          .defaultValue("10s")
          .description(
              "How long to ask the other controllers until an answer decides; 10s by default.")
          .build();

  private StorageCommand() {
    spec.addOption(serverConfig)
        .addOption(clusterId)
        .addOption(bootstrap)
        .addOption(initialControllers)
        .addOption(users.spec())
        .addOption(check)
        .addOption(timeout);
  }

  static CommandSpec spec() {
    return new StorageCommand().spec;
  }

  @Override
  public Integer call() {
    Path file = serverConfig.getValue();
    if (file == null) {
      throw new Misconfigured(
          "--server-config is needed, the complete configuration of the node; write for example --server-config /run/kafka-pod/config/server.properties");
    }
    Optional<String> cluster = Optional.ofNullable(clusterId.getValue());
    Map<String, String> properties =
        PropertiesFile.read(Options.whatSays(spec, serverConfig), file);
    NodeConfig config = NodeConfig.of(properties, file.toString());
    Decision decision =
        new StorageObserver(config, file, initialControllers.getValue(), cluster, mayBootstrap())
            .decide(Deadline.in(timeout.getValue()));
    return carryOut(decision, file, properties);
  }

  private boolean mayBootstrap() {
    return Boolean.parseBoolean(bootstrap.getValue());
  }

  private int carryOut(Decision decision, Path file, Map<String, String> properties) {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (decision instanceof Decision.FormatDisks format) {
      format(format, file, properties, out, err);
      return ExitCode.YES;
    }
    if (decision instanceof Decision.NothingToDo nothing) {
      nothing.warnings().forEach(line -> err.println("WARNING: " + line));
      out.println("nothing to format: " + nothing.why());
      users.noteWhatCounts(properties).ifPresent(err::println);
      return ExitCode.YES;
    }
    if (decision instanceof Decision.RefuseStart stop) {
      err.println("must not be formatted: " + stop.why());
      return ExitCode.NO;
    }
    if (decision instanceof Decision.Undecided unknown) {
      err.println("cannot tell: " + unknown.why());
      return ExitCode.CANNOT_TELL;
    }
    throw new Misconfigured(String.join("; ", ((Decision.Invalid) decision).problems()));
  }

  private void format(
      Decision.FormatDisks format,
      Path file,
      Map<String, String> properties,
      PrintWriter out,
      PrintWriter err) {
    boolean onlyCheck = check.getValue() == Boolean.TRUE;
    List<ScramUser> begin =
        format.newCluster()
            ? users.read(Options.whatSays(spec, users.spec()), new PeerLogin(properties))
            : List.of();
    format.warnings().forEach(line -> err.println("WARNING: " + line));
    if (format.newCluster()) {
      new PeerLogin(properties).warnings(begin).forEach(line -> err.println("WARNING: " + line));
    } else {
      users.noteWhatCounts(properties).ifPresent(err::println);
    }
    String id = format.clusterId().orElseGet(StorageTool::randomClusterId);
    if (!onlyCheck) {
      StorageTool.format(file, id, format.mode().flags(), begin);
    }
    out.println(
        "%s %s for the cluster %s%s: %s"
            .formatted(
                onlyCheck ? "would format" : "formatted",
                String.join(", ", format.directories()),
                format.clusterId().isEmpty() && onlyCheck ? "with a new id" : id,
                ScramUsersOption.names(begin),
                format.why()));
    if (!format.commands().isEmpty()) {
      err.println("It gets a vote only by these commands. Run them in its container once it runs:");
      format.commands().forEach(command -> err.println("  " + command));
    }
  }
}

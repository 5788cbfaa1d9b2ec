package dev.kafkapod.cli;

import dev.kafkapod.agent.AgentSettings;
import dev.kafkapod.inquiry.StartChecks;
import dev.kafkapod.nodeconfig.DiskReader;
import dev.kafkapod.rendering.BindAddress;
import dev.kafkapod.rendering.ConfigFiles;
import dev.kafkapod.rendering.KafkaOpinion;
import dev.kafkapod.rendering.NetworkOwner;
import dev.kafkapod.rendering.PortRange;
import dev.kafkapod.rendering.ReflectedKafka;
import dev.kafkapod.rendering.Renderer;
import dev.kafkapod.rendering.Rendering;
import dev.kafkapod.rendering.Request;
import dev.kafkapod.rendering.RequestSources;
import dev.kafkapod.report.ExitCode;
import dev.kafkapod.report.Json;
import dev.kafkapod.settings.Values;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Wires {@code kafka-pod render}. */
final class RenderCommand implements Callable<Integer> {

  /** Set by the launcher: the distribution. */
  private static final String HOME = "kafkapod.home";

  static final String NAME = "render";

  private static final Path INTERFACES = Path.of("/sys/class/net");

  private final CommandSpec spec =
      Options.command(
          this,
          NAME,
          "Writes this pod's server.properties, log4j2.yaml and client.properties from a template, mounted"
              + " files and the environment. Writes nothing if it finds an error.",
          "kafka-pod render --template=broker --dry-run");
  private final Map<String, String> environment;
  private final OptionSpec template =
      Options.option("--template", "NAME", String.class)
          .descriptionKey(HelpPages.FILES)
          .description(
              "broker, controller, combined, zookeeper, broker-stretch, controller-stretch, single-node or"
                  + " none. By default single-node if nothing is configured, otherwise none.")
          .build();
  private final OptionSpec templates =
      path("--templates", "DIRECTORY", "Directory of the templates; kafka-pod's own by default.")
          .build();
  private final OptionSpec mounted =
      path(
              "--mounted-dir",
              "DIRECTORY",
              "Mounted server.properties, client.properties and log4j2.yaml, each optional; /mnt/shared/config by default.")
          .defaultValue("/mnt/shared/config")
          .build();
  private final OptionSpec renderTo =
      path("--render-to", "DIRECTORY", "Where the files go; /run/kafka-pod/config by default.")
          .defaultValue("/run/kafka-pod/config")
          .build();
  private final OptionSpec secrets =
      path(
              "--secrets-dir",
              "DIRECTORY",
              "The files that KAFKA_SSL_KEYSTORE_FILENAME, …_CREDENTIALS and their siblings name; /etc/kafka/secrets by default.")
          .defaultValue("/etc/kafka/secrets")
          .build();
  private final PodOptions pod;
  private final OptionSpec clusterId =
      Options.option("--cluster-id", "ID", String.class)
          .descriptionKey(HelpPages.CONFIGURATION)
          .description(
              "The Kafka cluster's id, also CLUSTER_ID. A disk of another cluster is an error.")
          .build();
  private final OptionSpec meshPorts =
      Options.option("--mesh-ports", "FIRST-LAST", PortRange.class)
          .converters(Converters.of(PortRange::parse))
          .descriptionKey(HelpPages.CONFIGURATION)
          .description(
              "The ports that a sidecar binds on the advertised loopback address, one for each broker of the"
                  + " Kafka cluster.")
          .build();
  private final OptionSpec sites =
      Options.option("--controller-sites", "SITE,...", List.class)
          .auxiliaryTypes(String.class)
          .splitRegex(",")
          .descriptionKey(HelpPages.CONFIGURATION)
          .description(
              "Failure domain of each controller, in the order of controller.quorum.voters; required in a"
                  + " stretched cluster.")
          .build();
  private final OptionSpec bind =
      Options.option("--bind", "ADDRESS", String.class)
          .converters(Converters.of(BindAddress::checked))
          .defaultValue(BindAddress.LOOPBACK)
          .descriptionKey(HelpPages.CONFIGURATION)
          .description(
              "Address on which the template single-node serves clients. The value container means all"
                  + " addresses if the container has its own network, and loopback otherwise. 127.0.0.1 by default;"
                  + " the image sets container.")
          .build();
  private final OptionSpec logFormat =
      Options.option("--log-format", "FORMAT", String.class)
          .converters(Converters.of(RequestSources::logFormat))
          .defaultValue("text")
          .descriptionKey(HelpPages.CONFIGURATION)
          .description("Format of the broker's log: text (the default) or json.")
          .build();
  private final OptionSpec check =
      Options.flag("--check")
          .descriptionKey(HelpPages.ACTION)
          .description("Report all problems; write nothing.")
          .build();
  private final OptionSpec dryRun =
      Options.flag("--dry-run")
          .descriptionKey(HelpPages.ACTION)
          .description("Show what would change, with secrets hidden; write nothing.")
          .build();
  private final OptionSpec explain =
      Options.option("--explain", "KEY", String.class)
          .descriptionKey(HelpPages.ACTION)
          .description("Show where the value of a setting comes from; write nothing.")
          .build();
  private final OutputOption output;

  private RenderCommand(Map<String, String> environment) {
    this.environment = environment;
    spec.addOption(template).addOption(templates).addOption(mounted);
    spec.addOption(secrets).addOption(renderTo);
    pod = new PodOptions(spec, environment);
    spec.addOption(clusterId)
        .addOption(meshPorts)
        .addOption(sites)
        .addOption(bind)
        .addOption(logFormat)
        .addOption(check)
        .addOption(dryRun)
        .addOption(explain);
    output = new OutputOption(spec);
  }

  static CommandSpec spec(Map<String, String> environment) {
    return new RenderCommand(environment).spec;
  }

  private static OptionSpec.Builder path(String name, String label, String description) {
    return Options.option(name, label, Path.class)
        .converters(Converters.of(Values::path))
        .descriptionKey(HelpPages.FILES)
        .description(description);
  }

  @Override
  public Integer call() {
    Optional<KafkaOpinion> kafka = ReflectedKafka.onTheClassPath();
    Rendering rendering =
        new Renderer(
                StartChecks.isStarting(environment) ? DiskReader::read : DiskReader::lookInto,
                kafka,
                Clock.systemUTC())
            .render(request())
            .and(StartChecks.problems(environment, renderTo.getValue(), AgentSettings::problems));
    ConfigFiles files = new ConfigFiles(renderTo.getValue());
    String done = "valid";
    if (explain.getValue() != null) {
      rendering.explain(explain.getValue(), kafka).forEach(output.out()::println);
    } else if (dryRun.getValue() == Boolean.TRUE) {
      if (rendering.isValid()) {
        files.diff(rendering.files(), rendering.masking()).forEach(output.out()::println);
      }
    } else {
      if (check.getValue() != Boolean.TRUE && rendering.isValid()) {
        files.write(rendering.files());
        done = "rendered to " + renderTo.<Path>getValue();
      }
      report(new RenderReport(rendering, done));
    }
    rendering
        .problems()
        .forEach(it -> spec.commandLine().getErr().println(spec.qualifiedName() + ": " + it));
    return rendering.isValid() ? ExitCode.YES : ExitCode.USAGE;
  }

  private void report(RenderReport report) {
    if (output.isJson()) {
      Json.print(output.out(), report::writeFields);
    } else {
      output.out().println(report.line());
      report.listens().ifPresent(output.out()::println);
    }
  }

  private Request request() {
    List<String> controllerSites = sites.getValue();
    return new RequestSources(
            Optional.ofNullable(template.getValue()),
            templates.getValue() == null ? besideThisProgram() : templates.getValue(),
            mounted.getValue(),
            secrets.getValue(),
            pod.hosts(),
            environment)
        .read(
            pod.identity(),
            Optional.<String>ofNullable(clusterId.getValue()).or(pod.info()::clusterId),
            Optional.ofNullable(meshPorts.getValue()),
            controllerSites == null ? List.of() : controllerSites,
            logFormat.getValue(),
            BindAddress.of(bind.getValue(), () -> NetworkOwner.read(INTERFACES)));
  }

  /**
   * The distribution's folder of templates. The launcher says where that is: of a class from an
   * archive Java forgets where its jar lies if that was elsewhere when the archive was made.
   */
  private static Path besideThisProgram() {
    String home = System.getProperty(HOME);
    if (home != null) {
      return Path.of(home).resolve("config-templates").normalize();
    }
    String jar = RenderCommand.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Path.of(jar).resolveSibling("../config-templates").normalize();
  }
}

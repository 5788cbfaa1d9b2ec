package dev.kafkapod.cli;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.broker.AttachedBrokerProbe;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.broker.JmxBrokerProbe;
import dev.kafkapod.broker.LocalProcess;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.inquiry.LocalNode;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.verdictfile.Proc;
import dev.kafkapod.verdictfile.VerdictFile;
import dev.kafkapod.verdictfile.VerdictReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javax.management.remote.JMXServiceURL;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How to reach the local broker. */
final class BrokerOptions {

  private final CommandSpec spec;
  private final OptionSpec jmxUrl =
      Options.option("--jmx-url", "URL", JMXServiceURL.class)
          .converters(Converters.of(Converters::jmxUrl))
          .descriptionKey(HelpPages.LOCAL_BROKER)
          .description(
              "JMX service URL of the local broker, for example service:jmx:rmi:///jndi/rmi://127.0.0.1:9999/jmxrmi.")
          .build();
  private final OptionSpec pid =
      Options.option("--pid", "PID", Long.class)
          .converters(Converters.of(Converters::pid))
          .descriptionKey(HelpPages.LOCAL_BROKER)
          .description(
              "Process id of the local broker, to attach to if it has no JMX port. Without --pid and --jmx-url:"
                  + " this user's only broker process. Use it as a last resort, because attaching leaves a JMX"
                  + " listener open in the broker.")
          .build();

  BrokerOptions(CommandSpec spec) {
    this.spec = spec;
    spec.addOption(jmxUrl).addOption(pid);
  }

  /**
   * The probe for the broker that the options name; what is given on the command line wins over the
   * environment.
   */
  BrokerProbe probe() {
    Optional<OptionSpec> chosen = Options.oneOf(spec, jmxUrl, pid, "name the broker");
    if (chosen.isEmpty()) {
      return LocalProcess.onlyBroker()
          .<BrokerProbe>map(AttachedBrokerProbe::new)
          .orElse(BrokerOptions::noBroker);
    }
    return chosen.get().equals(jmxUrl)
        ? new JmxBrokerProbe(jmxUrl.getValue())
        : new AttachedBrokerProbe(LocalProcess.withId(pid.<Long>getValue()));
  }

  /** Whether the options name the broker, instead of leaving it to be found. */
  boolean isNamed() {
    return Options.oneOf(spec, jmxUrl, pid, "name the broker").isPresent();
  }

  /**
   * The local node, which is told by others where it can't be read.
   *
   * @param configured its configuration, if somebody has named it or its process is found
   */
  LocalNode localNode(Path runDirectory, Supplier<Optional<BrokerCommandLine>> configured) {
    if (isNamed()) {
      BrokerProbe named = probe(); // what is wrong with the options is wrong for good
      return new LocalNode(() -> named, jmxUrl.getValue() == null, runDirectory, configured);
    }
    return new LocalNode(this::probe, true, runDirectory, configured);
  }

  /** What the broker was started with, where the options, or its being the only one, tell which. */
  Optional<BrokerCommandLine> commandLine() {
    Optional<OptionSpec> chosen = Options.oneOf(spec, jmxUrl, pid, "name the broker");
    if (chosen.isPresent() && chosen.get().equals(pid)) {
      return BrokerCommandLine.of(String.valueOf(pid.<Long>getValue()));
    }
    try {
      return LocalProcess.onlyBroker()
          .flatMap(broker -> BrokerCommandLine.of(String.valueOf(broker.pid())));
    } catch (Misconfigured e) {
      return Optional.empty(); // several: which one is at the JMX URL can't be seen
    }
  }

  /** How long the broker's Java has been running, by {@code /proc}; empty if that doesn't tell. */
  Optional<Duration> javaUptime() {
    return localProcess().flatMap(LocalProcess::javaUptime);
  }

  /** The process that the options name, or this user's only broker; empty if neither tells. */
  private Optional<LocalProcess> localProcess() {
    Optional<OptionSpec> chosen = Options.oneOf(spec, jmxUrl, pid, "name the broker");
    if (chosen.filter(jmxUrl::equals).isPresent()) {
      return Optional.empty(); // it may be on another machine
    }
    try {
      return chosen.isPresent()
          ? Optional.of(new LocalProcess(pid.<Long>getValue()))
          : LocalProcess.onlyBroker();
    } catch (Misconfigured e) {
      return Optional.empty(); // several
    }
  }

  /**
   * The local broker's process: by its agent's verdict, or else by {@code /proc}. Empty if neither
   * tells.
   */
  Optional<ProcessIdentity> process(Path runDirectory) {
    return VerdictReader.read(runDirectory)
        .verdict()
        .map(VerdictFile::process)
        .or(() -> localProcess().flatMap(it -> Proc.identity(it.pid())));
  }

  private static BrokerSnapshot noBroker() throws Unanswered {
    throw new Unanswered(
        "this user (%s) runs no broker process here; start it, or name it with --jmx-url"
            .formatted(System.getProperty("user.name")));
  }
}

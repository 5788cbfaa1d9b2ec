package dev.kafkapod.cli;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.broker.AttachedBrokerProbe;
import dev.kafkapod.broker.BrokerProbe;
import dev.kafkapod.broker.JmxBrokerProbe;
import dev.kafkapod.broker.LocalProcess;
import dev.kafkapod.readiness.BrokerSnapshot;
import javax.management.remote.JMXServiceURL;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How to reach the local broker. */
final class BrokerOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--jmx-url",
      paramLabel = "URL",
      converter = Converters.JmxUrlConverter.class,
      description =
          "JMX service URL of the local broker, for example service:jmx:rmi:///jndi/rmi://127.0.0.1:9999/jmxrmi.")
  private JMXServiceURL jmxUrl;

  @Option(
      names = "--pid",
      paramLabel = "PID",
      converter = Converters.PidConverter.class,
      description =
          "Process id of the local broker, to attach to where it has no JMX port. Without this and --jmx-url, the only"
              + " broker process of this user. A last resort: attaching leaves a JMX listener open in the broker.")
  private Long pid;

  /** The probe for the broker that the options name. */
  BrokerProbe probe() {
    if (jmxUrl != null && pid != null) {
      boolean bothGiven = isGiven("--jmx-url") == isGiven("--pid");
      if (bothGiven) {
        throw new ParameterException(
            spec.commandLine(),
            "--jmx-url and --pid both name the broker, and only one of them can; leave one out");
      }
    }
    if (jmxUrl != null && (pid == null || isGiven("--jmx-url"))) {
      return new JmxBrokerProbe(jmxUrl);
    }
    if (pid != null) {
      return new AttachedBrokerProbe(LocalProcess.withId(pid));
    }
    return LocalProcess.onlyBroker()
        .<BrokerProbe>map(AttachedBrokerProbe::new)
        .orElse(BrokerOptions::noBroker);
  }

  private static BrokerSnapshot noBroker() throws Unanswered {
    throw new Unanswered(
        "this user (%s) runs no broker process here; start it, or name it with --jmx-url"
            .formatted(System.getProperty("user.name")));
  }

  /** On the command line, that is, not by an environment variable. */
  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }
}

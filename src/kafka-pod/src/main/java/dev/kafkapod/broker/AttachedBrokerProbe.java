package dev.kafkapod.broker;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.BrokerSnapshot;
import java.io.IOException;
import javax.management.remote.JMXServiceURL;

/**
 * Reads a Kafka process of the same user and machine that has no JMX port, by starting the JVM's
 * own management agent in it.
 *
 * <p>The last resort: that agent's RMI listener stays open, on a port of its own choice on all
 * addresses, until the broker ends. Only callers who can read the process's connector address (the
 * same user, on this machine) find their way in.
 */
public final class AttachedBrokerProbe implements BrokerProbe {

  private static final String LOCAL_ADDRESS = "com.sun.management.jmxremote.localConnectorAddress";

  private final LocalProcess process;

  public AttachedBrokerProbe(LocalProcess process) {
    this.process = process;
  }

  @Override
  public BrokerSnapshot snapshot() throws Unanswered {
    String subject = "the broker process " + process.pid();
    if (process.isStopped()) {
      throw new Unanswered(subject + " is stopped (SIGSTOP or a debugger), so it can't answer");
    }
    if (process.isStarting()) {
      throw new Unanswered(
          subject
              + " is still starting its Java, which being asked so early would harm; ask again");
    }
    return new JmxBrokerProbe(connectorAddress(subject), subject).snapshot();
  }

  private JMXServiceURL connectorAddress(String subject) throws Unanswered {
    try {
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
      try {
        String started = machine.getAgentProperties().getProperty(LOCAL_ADDRESS);
        return new JMXServiceURL(started == null ? machine.startLocalManagementAgent() : started);
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException | IOException e) {
      throw new Unanswered("%s can't be attached to: %s".formatted(subject, e.getMessage()), e);
    } catch (NoClassDefFoundError e) {
      throw new Unanswered(
          subject
              + " can't be attached to: this Java runtime lacks the module jdk.attach; use --jmx-url",
          e);
    }
  }
}

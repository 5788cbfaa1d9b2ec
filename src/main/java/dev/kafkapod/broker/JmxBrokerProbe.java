package dev.kafkapod.broker;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.BrokerSnapshot;
import java.io.IOException;
import java.util.Objects;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads a Kafka process through its JMX port. */
public final class JmxBrokerProbe implements BrokerProbe {

  private final JMXServiceURL url;
  private final String subject;

  /** A probe that connects anew for each snapshot. */
  public JmxBrokerProbe(JMXServiceURL url) {
    this(url, "the broker at " + url);
  }

  JmxBrokerProbe(JMXServiceURL url, String subject) {
    this.url = Objects.requireNonNull(url);
    this.subject = subject;
  }

  @Override
  @SuppressWarnings("BanJNDI") // the address is the operator's own choice, given like the broker's
  public BrokerSnapshot snapshot() throws Unanswered {
    // not closed: closing waits for a peer that may have gone, and a one-shot process drops the
    // connection anyway
    try {
      return new MBeanBrokerProbe(
              JMXConnectorFactory.connect(url).getMBeanServerConnection(), subject)
          .snapshot();
    } catch (IOException e) {
      throw new Unanswered(
          "%s can't be reached over JMX: %s".formatted(subject, rootMessage(e)), e);
    } catch (SecurityException e) {
      throw new Unanswered(
          "%s refused the JMX connection: %s".formatted(subject, e.getMessage()), e);
    }
  }

  /**
   * RMI and JNDI wrap what happened several times over; the innermost message is the one that says
   * it.
   */
  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null
        ? root.getClass().getSimpleName()
        : root.getMessage().lines().findFirst().orElse("");
  }
}

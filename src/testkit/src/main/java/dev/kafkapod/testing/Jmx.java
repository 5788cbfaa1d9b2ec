package dev.kafkapod.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Reads an attribute of a node's MBean, within a limit even when the node hangs. */
public final class Jmx {
  // RMI has no timeout that would not be the whole JVM's; so a call that hangs keeps its thread.
  private static final ExecutorService CALLS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fixture-jmx");
            thread.setDaemon(true);
            return thread;
          });

  private Jmx() {}

  /**
   * One attribute's value.
   *
   * @throws IOException if the node doesn't answer in time, or has no such MBean or attribute
   */
  public static Object attribute(String url, String bean, String attribute, Duration limit)
      throws IOException, InterruptedException {
    Future<Object> call = CALLS.submit(() -> read(url, bean, attribute));
    try {
      return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      call.cancel(true);
      throw new IOException("no answer within %s ms from %s".formatted(limit.toMillis(), url), e);
    } catch (ExecutionException e) {
      throw new IOException("%s of %s: %s".formatted(attribute, bean, e.getCause()), e.getCause());
    }
  }

  @SuppressWarnings("BanJNDI") // the address is one that the fixture has chosen itself
  private static Object read(String url, String bean, String attribute) throws Exception {
    try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url))) {
      return connector.getMBeanServerConnection().getAttribute(new ObjectName(bean), attribute);
    }
  }
}

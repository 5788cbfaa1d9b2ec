package dev.kafkapod.agent.boot;

import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the JVM calls before the broker's main class: it starts a thread, and is done.
 *
 * <p>Does nothing in any other JVM, because tools that people run in the broker's container inherit
 * its KAFKA_OPTS.
 */
public final class Premain {

  private static final String BROKER = "kafka.Kafka";
  private static final String AGENT = "dev.kafkapod.agent.Agent";

  /** Of two agents on one command line, the second finds this class loaded. */
  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private Premain() {}

  /**
   * Starts the agent, if this is a broker.
   *
   * @param argument a properties file with settings; may be null
   */
  public static void premain(String argument) {
    try {
      if (isBroker() && STARTED.compareAndSet(false, true)) {
        // a group of its own shows later which threads, those of Kafka's clients too, are ours
        ThreadGroup group = new ThreadGroup("kafka-pod");
        Thread thread = new Thread(group, () -> load(argument), "kafka-pod-agent");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (Throwable e) {
      complain(e);
    }
  }

  private static boolean isBroker() {
    String command = System.getProperty("sun.java.command", "");
    return command.equals(BROKER) || command.startsWith(BROKER + " ");
  }

  private static void load(String argument) {
    try {
      ClassLoader loader =
          new AgentClassLoader(jars().toArray(URL[]::new), ClassLoader.getSystemClassLoader());
      Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
      awakenLogging();
      Method run = loader.loadClass(AGENT).getMethod("run", String.class);
      run.invoke(null, argument);
    } catch (Throwable e) {
      complain(e);
    }
  }

  /**
   * On behalf of the broker's class loader: Log4j gives each loader a context of its own, unless
   * its parent has one.
   */
  private static void awakenLogging() throws ReflectiveOperationException {
    Class.forName("org.slf4j.LoggerFactory", true, ClassLoader.getSystemClassLoader())
        .getMethod("getLogger", String.class)
        .invoke(null, "dev.kafkapod.agent");
  }

  /** Beside this class's own jar. */
  private static List<URL> jars() throws URISyntaxException, MalformedURLException {
    File lib =
        new File(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .getParentFile();
    List<URL> jars = new ArrayList<>();
    add(lib, "kafka-pod.jar", jars);
    add(lib, "jackson-core-", jars);
    add(new File(lib, "agent"), "", jars);
    return jars;
  }

  private static void add(File folder, String prefix, List<URL> jars) throws MalformedURLException {
    File[] files = folder.listFiles();
    for (File file : files == null ? new File[0] : files) {
      if (file.getName().startsWith(prefix) && file.getName().endsWith(".jar")) {
        jars.add(file.toURI().toURL());
      }
    }
  }

  /** Before there is a log, or where there is none. */
  private static void complain(Throwable problem) {
    System.err.println(
        "kafka-pod agent: can't start, so probes ask by themselves; the broker isn't affected: "
            + problem);
  }
}

package dev.kafkapod.agent;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.broker.MBeanBrokerProbe;
import dev.kafkapod.brokerconfig.BrokerCommandLine;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.readiness.Progress;
import dev.kafkapod.teardownfile.TearDownWriter;
import dev.kafkapod.verdictfile.Proc;
import dev.kafkapod.verdictfile.VerdictWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the agent together and keeps it going. */
public final class Agent {

  static final String LOGGER = "dev.kafkapod.agent";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private Agent() {}

  /**
   * Runs for as long as the broker does; called on a daemon thread. Returns only if the agent is
   * misconfigured.
   *
   * @param settingsFile a properties file; may be null
   */
  public static void run(String settingsFile) {
    try {
      run(System.getenv(), settingsFile);
    } catch (Misconfigured e) {
      LOG.error(
          "kafka-pod's agent is off, and probes ask by themselves, until this is corrected and the broker restarted: {}",
          e.getMessage());
    } catch (IOException e) {
      LOG.error("kafka-pod's agent is off, because it needs Linux's /proc: {}", e.toString());
    } catch (Throwable e) {
      LOG.error("kafka-pod's agent has failed; the broker isn't affected", e);
    }
  }

  private static void run(Map<String, String> environment, String settingsFile) throws IOException {
    AgentSettings settings = AgentSettings.read(environment, settingsFile);
    ProcessIdentity self = Proc.self();
    ClusterAccess access = settings.access(BrokerCommandLine.of("self"));
    Judge judge =
        new Judge(
            settings.gates().policy(),
            settings.stableFor(access),
            settings.unknownGrace(),
            System.nanoTime());
    Endpoint endpoint = new Endpoint(settings.http(), judge);
    Publisher publisher =
        new Publisher(
            judge,
            settings.overrides().shared(),
            new VerdictWriter(settings.runDirectory(), self.pid()),
            self,
            endpoint::address);
    Heartbeat heartbeat =
        new Heartbeat(
            new MBeanBrokerProbe(ManagementFactory.getPlatformMBeanServer(), "the broker"),
            access::localListener,
            judge,
            publisher);
    ReadinessBean.register(judge);
    CpuTime cpuTime = new CpuTime(Thread.currentThread().getThreadGroup());
    ClusterWatch watch =
        new ClusterWatch(
            new ClusterClient(access, settings.timeout()),
            judge,
            publisher::publish,
            cpuTime,
            new Progress());
    OverrideWatch overrides =
        new OverrideWatch(
            settings.overrides(), access.broker(), Clock.systemUTC(), judge, publisher);
    start("kafka-pod-override", "reading the override files", overrides::look);
    settings
        .turns()
        .ifPresent(
            turns ->
                start(
                    "kafka-pod-turns",
                    "reading the turns",
                    new TurnsWatch(
                            new TurnsClient(turns, access, settings.timeout(), Clock.systemUTC()),
                            new TearDownWriter(settings.runDirectory(), self.pid()),
                            self,
                            judge)
                        ::look));
    start("kafka-pod-evaluation", "asking the cluster", watch::watch);
    repeat(
        "the heartbeat",
        () -> {
          long begun = System.nanoTime();
          heartbeat.beat();
          endpoint.open();
          return Heartbeat.BEAT.minusNanos(System.nanoTime() - begun);
        });
  }

  /** One turn of a loop; returns how long to rest. */
  private interface Turn {
    Duration take() throws Exception;
  }

  private static void start(String thread, String what, Turn turn) {
    Thread daemon = new Thread(() -> repeat(what, turn), thread);
    daemon.setDaemon(true);
    daemon.start();
  }

  /** Until the broker ends. What fails once is tried again: the alternative is a dead agent. */
  private static void repeat(String what, Turn turn) {
    String problem = "";
    while (true) {
      Duration rest = Heartbeat.BEAT;
      try {
        rest = turn.take();
        problem = "";
      } catch (Throwable e) {
        problem = complain(what, e, problem);
      }
      try {
        Thread.sleep(Math.max(1, rest.toMillis()));
      } catch (InterruptedException e) {
        LOG.debug("{} was interrupted, and goes on", what);
      }
    }
  }

  /** Says it once, if there is memory enough to say something. */
  private static String complain(String what, Throwable failure, String before) {
    try {
      String problem = failure.toString();
      if (!problem.equals(before)) {
        LOG.warn("{} failed, and is tried again; please report it", what, failure);
      }
      return problem;
    } catch (Throwable e) {
      return before;
    }
  }
}

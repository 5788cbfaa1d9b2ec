package dev.kafkapod.agent;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.brokerconfig.CredentialFiles;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.readiness.Answer;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster again and again, through one client for as long as its answers can be believed.
 */
final class ClusterWatch {

  /** How often to see whether there is reason to ask. */
  private static final Duration LOOK = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(Agent.LOGGER);

  private final ClusterAccess access;
  private final Duration timeout;
  private final Judge judge;
  private final Publisher publisher;
  private final CpuTime cpuTime;
  private final Pace pace = new Pace(System.nanoTime());
  private ClusterProbe probe;
  private String fingerprint = "";
  private String problem = "";

  ClusterWatch(
      ClusterAccess access, Duration timeout, Judge judge, Publisher publisher, CpuTime cpuTime) {
    this.access = access;
    this.timeout = timeout;
    this.judge = judge;
    this.publisher = publisher;
    this.cpuTime = cpuTime;
  }

  /** Asks once if there is reason to, and returns when to come back. */
  Duration watch() {
    if (!isWorthAsking(judge.standing())) {
      return LOOK;
    }
    long begun = System.nanoTime();
    long cpuBefore = cpuTime.nanos();
    Answer<ClusterSnapshot> answer = ask();
    Duration cpu = Duration.ofNanos(Math.max(0, cpuTime.nanos() - cpuBefore));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    boolean ready = judge.standing().ready() instanceof Verdict.Yes;
    Pace.Next next = pace.after(ready, cpu, begun);
    Sighting sighting = new Sighting(answer, begun, took, cpu, next.interval(), next.spacedOut());
    Standing standing = judge.cluster(sighting, System.nanoTime());
    publisher.publish(standing);
    if (standing.assessment().distrust().isPresent()) {
      // a client goes on asking the broker that it is connected to, which may be the stale one
      letGo();
    }
    Duration rest = sighting.next().minusNanos(System.nanoTime() - begun);
    return rest.compareTo(LOOK) > 0 ? rest : LOOK;
  }

  /** Before a broker runs, its cluster changes nothing, and starting brokers have enough to do. */
  private static boolean isWorthAsking(Standing standing) {
    Optional<BrokerSnapshot> broker = standing.observation().broker().value();
    return broker
        .filter(
            it ->
                it.isControllerOnly()
                    || it.state().filter(state -> state == BrokerState.RUNNING).isPresent())
        .isPresent();
  }

  private Answer<ClusterSnapshot> ask() {
    try {
      Answer<ClusterSnapshot> answer =
          Answer.known(current().snapshot(ClusterProbe.Detail.VERDICT, Deadline.in(timeout)));
      problem = "";
      return answer;
    } catch (Unanswered | Misconfigured e) {
      letGo();
      return Answer.unknown(e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      letGo();
      if (!problem.equals(e.toString())) {
        problem = e.toString();
        LOG.warn("a mistake of kafka-pod's own; please report it", e);
      }
      return Answer.unknown("asking the cluster failed: " + e);
    }
  }

  private ClusterProbe current() {
    ClientSettings settings = access.clientSettings();
    String now = settings.hashCode() + CredentialFiles.fingerprint(access.files(settings));
    if (!now.equals(fingerprint)) {
      letGo();
      fingerprint = now;
    }
    if (probe == null) {
      probe = new AdminClusterProbe(settings, timeout);
    }
    return probe;
  }

  private void letGo() {
    if (probe != null) {
      ClusterProbe old = probe;
      probe = null;
      try {
        old.close();
      } catch (RuntimeException | LinkageError e) {
        LOG.debug("closing a client failed", e);
      }
    }
  }
}

package dev.kafkapod.agent;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.brokerconfig.CredentialFiles;
import dev.kafkapod.cluster.AdminClusterProbe;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.ClusterProbe;
import dev.kafkapod.common.Answer;
import dev.kafkapod.readiness.ClusterSnapshot;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster through one client for as long as that is of use. Every new one costs CPU and
 * connections, and Kafka's clients write 150 lines into the broker's log for it.
 */
final class ClusterClient implements ClusterWatch.WatchedCluster {

  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(10);
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  /** Settings that Kafka's client has refused it will most likely refuse again. */
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Agent.LOGGER);

  private final ClusterAccess access;
  private final Duration timeout;
  private ClusterProbe probe;
  private long builtNanos;
  private Duration life = SHORTEST_LIFE;
  private String fingerprint = "";
  private String refusal = "";
  private String problem = "";

  ClusterClient(ClusterAccess access, Duration timeout) {
    this.access = access;
    this.timeout = timeout;
  }

  /** The cluster's answer, waited for until the time-out and no longer. */
  @Override
  public Answer<ClusterSnapshot> ask() {
    try {
      access.refusePipes();
      ClientSettings settings = access.clientSettings();
      renew(settings);
      if (probe == null) {
        return Answer.unknown(refusal);
      }
      Answer<ClusterSnapshot> answer =
          Answer.known(probe.snapshot(ClusterProbe.Detail.VERDICT, Deadline.in(timeout)));
      problem = "";
      return answer;
    } catch (Unanswered e) {
      distrust();
      return Answer.unknown(e.getMessage());
    } catch (Misconfigured e) {
      refusal = e.getMessage();
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

  /**
   * The next question may need a new client: one goes on asking the broker that it is connected to,
   * which may be the stale one.
   */
  @Override
  public void distrust() {
    if (probe != null && System.nanoTime() - builtNanos >= life.toNanos()) {
      letGo();
      Duration twice = life.multipliedBy(2);
      life = twice.compareTo(LONGEST_LIFE) < 0 ? twice : LONGEST_LIFE;
    }
  }

  /** The answers are believed again. */
  @Override
  public void trust() {
    life = SHORTEST_LIFE;
  }

  private void renew(ClientSettings settings) {
    String now = settings.hashCode() + CredentialFiles.fingerprint(access.files(settings));
    if (!now.equals(fingerprint)) {
      letGo();
      refusal = "";
      fingerprint = now;
    }
    boolean refused =
        !refusal.isEmpty() && System.nanoTime() - builtNanos < AFTER_REFUSAL.toNanos();
    if (probe == null && !refused) {
      refusal = "";
      builtNanos = System.nanoTime();
      probe = AdminClusterProbe.asGuest(settings, timeout);
    }
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

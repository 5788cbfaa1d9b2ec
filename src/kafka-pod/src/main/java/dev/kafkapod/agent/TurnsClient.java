package dev.kafkapod.agent;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.brokerconfig.ClusterAccess;
import dev.kafkapod.brokerconfig.CredentialFiles;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.TurnLog;
import dev.kafkapod.cluster.TurnsTopic;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.QueueView;
import dev.kafkapod.turns.TurnEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads the topic of turns through one set of clients for as long as the settings are the same.
 * Looks at the wall clock, by which records end.
 */
final class TurnsClient implements TurnsWatch.WatchedTopic {

  private final TurnsSettings where;
  private final ClusterAccess access;
  private final Duration timeout;
  private final Clock clock;
  private TurnsTopic topic;
  private QueueView view = new QueueView();
  private String clusterId = "";
  private String fingerprint = "";

  TurnsClient(TurnsSettings where, ClusterAccess cluster, Duration timeout, Clock clock) {
    this.where = where;
    this.access = where.access(cluster);
    this.timeout = timeout;
    this.clock = clock;
  }

  @Override
  public TurnsWatch.QueueSeen look() throws Unanswered {
    Deadline deadline = Deadline.in(timeout);
    try {
      renew();
      TurnLog.LogHealth found = topic.check(false, deadline);
      if (clusterId.isEmpty()) {
        clusterId = topic.clusterId(deadline);
      }
      if (found.exists()) {
        accept(topic.read(deadline));
      } else {
        view = new QueueView();
      }
      return seen(
          found.exists()
              ? found.weakness()
              : Optional.of(
                  "there is no topic %s yet; the first stop with turns makes it"
                      .formatted(where.topic())));
    } catch (Misconfigured e) {
      letGo();
      throw new Unanswered(e.getMessage(), e);
    } catch (Unanswered e) {
      clusterId = "";
      throw e;
    } catch (RuntimeException | LinkageError e) {
      letGo();
      throw new Unanswered("reading topic %s failed: %s".formatted(where.topic(), e), e);
    }
  }

  @Override
  public TurnsWatch.QueueSeen append(TurnEntry entry) throws Unanswered {
    try {
      accept(topic.append(entry, Deadline.in(timeout)));
      return seen(Optional.empty());
    } catch (RuntimeException | LinkageError e) {
      letGo();
      throw new Unanswered("writing to topic %s failed: %s".formatted(where.topic(), e), e);
    }
  }

  private void accept(List<LoggedEntry> records) {
    view.accept(topic.generation(), records, System.nanoTime());
  }

  private TurnsWatch.QueueSeen seen(Optional<String> note) {
    long now = System.nanoTime();
    return new TurnsWatch.QueueSeen(
        view.queue(), view.readersClock(now, clock.instant()), clusterId, note);
  }

  /** New clients cost CPU and connections, and other credentials need them. */
  private void renew() throws Unanswered {
    access.refusePipes();
    ClientSettings settings = access.clientSettings();
    if (settings.asked() == Asked.CONTROLLERS) {
      throw new Unanswered(TurnsSettings.onlyControllers(where.name()));
    }
    String now = settings.hashCode() + CredentialFiles.fingerprint(access.files(settings));
    if (!now.equals(fingerprint)) {
      letGo();
      fingerprint = now;
    }
    if (topic == null) {
      topic = new TurnsTopic(settings, where.topic(), timeout);
      view = new QueueView();
    }
  }

  private void letGo() {
    clusterId = "";
    if (topic != null) {
      TurnsTopic old = topic;
      topic = null;
      old.close();
    }
  }
}

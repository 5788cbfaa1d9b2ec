package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.turnformat.TurnFormat;
import dev.kafkapod.turnformat.TurnRecord;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.TurnEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * The topic of turns: one partition that is read from its beginning, and appended to with acks=all.
 * Not safe for use by several threads at once. Connects when it is first asked, and again after
 * anything went wrong.
 */
public final class TurnsTopic implements TurnLog {

  /** Its name, unless somebody has said another. */
  public static final String DEFAULT_NAME = "kafka-pod-stops";

  private final ClientSettings settings;
  private final String name;
  private final Duration timeout;
  private final TurnsTopicAdmin admin;
  private TurnsReader reader;
  private TurnsWriter writer;
  private String topicId = "";
  private long generation;

  /**
   * The topic of a cluster.
   *
   * @param settings with brokers to ask
   * @param timeout how long a single answer may usually take
   */
  public TurnsTopic(ClientSettings settings, String name, Duration timeout) {
    if (settings.asked() != Asked.BROKERS) {
      throw new IllegalArgumentException("controllers keep no topics");
    }
    this.settings = settings;
    this.name = Objects.requireNonNull(name);
    this.timeout = timeout;
    this.admin = new TurnsTopicAdmin(settings, name, timeout);
  }

  @Override
  public Found check(boolean make, Deadline deadline) throws Unanswered {
    try {
      TurnsTopicAdmin.Seen seen = admin.look(make, deadline);
      if (seen.exists() && !seen.id().equals(topicId)) {
        forget(); // what another topic of this name had says nothing of this one
        topicId = seen.id();
      }
      return new Found(seen.exists(), seen.weakness());
    } catch (Unanswered e) {
      throw settings.withRemedy(e);
    }
  }

  /**
   * The id of the cluster whose topic this is.
   *
   * @throws Unanswered if nobody tells
   */
  public String clusterId(Deadline deadline) throws Unanswered {
    try {
      return admin.clusterId(deadline);
    } catch (Unanswered e) {
      throw settings.withRemedy(e);
    }
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public List<LoggedEntry> read(Deadline deadline) throws Unanswered {
    return guarded(
        "reading",
        MissingAcl.READ_TURNS,
        () -> {
          reader().toEnd(deadline);
          return entries(reader.take());
        });
  }

  @Override
  public List<LoggedEntry> append(TurnEntry entry, Deadline deadline) throws Unanswered {
    long offset =
        guarded(
            "writing to",
            MissingAcl.WRITE_TURNS,
            () -> writer().append(TurnFormat.write(entry), deadline));
    return guarded(
        "reading",
        MissingAcl.READ_TURNS,
        () -> {
          reader().beyond(offset, deadline);
          return entries(reader.take());
        });
  }

  private interface Access<T> {
    T get() throws Unanswered;
  }

  private <T> T guarded(String doing, MissingAcl needed, Access<T> access) throws Unanswered {
    String call = doing + " topic " + name;
    try {
      return access.get();
    } catch (AuthorizationException e) {
      closeClients();
      throw new Unanswered(needed.describe(name), e);
    } catch (TurnsReader.Lost e) {
      forget();
      throw new Unanswered(e.getMessage(), e);
    } catch (KafkaException e) {
      closeClients();
      throw settings.withRemedy(
          new Unanswered(call + " failed: " + Calls.oneLine(Calls.refusal(e, call)), e.getCause()));
    } catch (Unanswered e) {
      closeClients();
      throw settings.withRemedy(e);
    }
  }

  private static List<LoggedEntry> entries(List<TurnsReader.Placed> records) {
    List<LoggedEntry> entries = new ArrayList<>();
    for (TurnsReader.Placed it : records) {
      TurnRecord record = it.record();
      entries.add(new LoggedEntry(it.offset(), it.timestamp(), TurnFormat.read(record)));
    }
    return entries;
  }

  private TurnsReader reader() throws Unanswered {
    if (reader == null) {
      reader = new TurnsReader(settings, new TopicPartition(name, 0), timeout);
      generation++;
    }
    return reader;
  }

  private TurnsWriter writer() throws Unanswered {
    if (writer == null) {
      writer = new TurnsWriter(settings, new TopicPartition(name, 0), timeout);
    }
    return writer;
  }

  private void forget() {
    closeClients();
    generation++;
  }

  private void closeClients() {
    if (writer != null) {
      writer.close();
      writer = null;
    }
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Override
  public void close() {
    closeClients();
    admin.close();
  }
}

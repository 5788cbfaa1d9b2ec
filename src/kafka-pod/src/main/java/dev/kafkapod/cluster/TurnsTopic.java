package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Causes;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The topic of turns: one partition that is read from its beginning, and appended to with acks=all.
 * Not safe for use by several threads at once. Connects when it is first asked, and again after
 * anything went wrong.
 */
public final class TurnsTopic implements TurnLog {

  /** Its name, unless somebody has said another. */
  public static final String DEFAULT_NAME = "kafka-pod-stops";

  /** Of all instances: whoever takes another one after a failure begins anew, too. */
  private static final AtomicLong GENERATIONS = new AtomicLong();

  private final ClientSettings settings;
  private final String name;
  private final Duration timeout;
  private final TurnsTopicAdmin admin;
  private TurnsReader reader;
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
  public LogHealth check(boolean make, Deadline deadline) throws Unanswered {
    try {
      TurnsTopicAdmin.TopicSeen seen = admin.look(make, deadline);
      if (seen.exists() && !seen.id().equals(topicId)) {
        forget(); // what another topic of this name had says nothing of this one
        topicId = seen.id();
      }
      return new LogHealth(seen.exists(), seen.weakness());
    } catch (Unanswered e) {
      throw settings.withRemedy(e);
    }
  }

  @Override
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

  /**
   * {@inheritDoc}
   *
   * <p>Another topic of the same name is noticed at the next read at the latest.
   */
  @Override
  public List<LoggedEntry> read(Deadline deadline) throws Unanswered {
    return guarded(
        "reading",
        MissingAcl.READ_TURNS,
        () -> {
          requireSame(deadline);
          reader().toEnd(deadline);
          if (reader.hasRead()) {
            requireSame(deadline);
          }
          return entries(reader.take());
        });
  }

  @Override
  public List<LoggedEntry> append(TurnEntry entry, Deadline deadline) throws Unanswered {
    long offset = guarded("writing to", MissingAcl.WRITE_TURNS, () -> write(entry, deadline));
    return guarded(
        "reading",
        MissingAcl.READ_TURNS,
        () -> {
          reader().beyond(offset, deadline);
          requireSame(deadline);
          return entries(reader.take());
        });
  }

  private long write(TurnEntry entry, Deadline deadline) throws Unanswered {
    requireSame(deadline); // one that is missing, a producer would have the brokers make
    try (TurnsWriter writer = new TurnsWriter(settings, partition(), timeout, deadline)) {
      return writer.append(TurnFormat.write(entry), deadline);
    }
  }

  /** Of another topic by the same name, an offset says nothing. */
  private void requireSame(Deadline deadline) throws Unanswered {
    Optional<String> id = admin.id(deadline);
    if (id.isEmpty()) {
      throw new TurnsReader.Lost(
          "there is no topic %s, or no longer; the next await-safe-stop with turns makes it"
              .formatted(name),
          null);
    }
    if (topicId.isEmpty()) {
      topicId = id.get();
    } else if (!id.get().equals(topicId)) {
      throw new TurnsReader.Lost(
          "topic %s was made anew: what stood there isn't known any more; asking once more"
              .formatted(name),
          null);
    }
  }

  private interface Access<T> {
    T get() throws Unanswered;
  }

  private <T> T guarded(String doing, MissingAcl needed, Access<T> access) throws Unanswered {
    String call = doing + " topic " + name;
    try {
      return access.get();
    } catch (TurnsReader.Lost e) {
      forget();
      topicId = "";
      throw new Unanswered(e.getMessage(), e);
    } catch (InterruptException e) {
      closeReader();
      Thread.currentThread().interrupt();
      throw new Unanswered(call + " was interrupted", e);
    } catch (KafkaException e) {
      closeReader();
      throw settings.withRemedy(failed(e, call, needed));
    } catch (Unanswered e) {
      closeReader();
      throw settings.withRemedy(e);
    }
  }

  private Unanswered failed(KafkaException failure, String call, MissingAcl needed) {
    if (Causes.chain(failure).stream().anyMatch(AuthorizationException.class::isInstance)) {
      return new Unanswered(needed.describe(name), failure);
    }
    try {
      return new Unanswered(
          "%s failed: %s".formatted(call, Calls.oneLine(Calls.refusal(failure, call))), failure);
    } catch (Unanswered silence) {
      return silence;
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

  private TopicPartition partition() {
    return new TopicPartition(name, 0);
  }

  private TurnsReader reader() throws Unanswered {
    if (reader == null) {
      reader = new TurnsReader(settings, partition(), timeout);
      generation = GENERATIONS.incrementAndGet();
    }
    return reader;
  }

  private void forget() {
    closeReader();
    generation = GENERATIONS.incrementAndGet();
  }

  private void closeReader() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Override
  public void close() {
    closeReader();
    admin.close();
  }
}

package dev.kafkapod.inquiry;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.bounded.Question;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.TurnLog;
import dev.kafkapod.cluster.TurnsTopic;
import dev.kafkapod.common.Answer;
import dev.kafkapod.report.TurnsReport;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.NodeTurns;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.QueueView;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One look at the topic of turns, or one thing that an operator writes there. Each has a connection
 * of its own, and ends in time.
 */
public final class TurnsInquiry {

  /** What the topic needs to say what it couldn't do in time. */
  private static final Duration TO_SAY_WHY = Duration.ofMillis(100);

  private final ClientSettings settings;
  private final String name;
  private final Duration timeout;

  /**
   * An inquiry into a topic.
   *
   * @param settings how to reach the brokers that keep it
   * @param timeout how long an answer may usually take
   */
  public TurnsInquiry(ClientSettings settings, String name, Duration timeout) {
    this.settings = settings;
    this.name = Objects.requireNonNull(name);
    this.timeout = timeout;
  }

  /**
   * What was seen.
   *
   * @param topic the topic's name
   * @param exists whether there is one
   * @param clusterId of the cluster that has answered
   * @param weakness what makes the topic weaker than it could be
   * @param records all that it has
   * @param at when, by this machine's clock
   */
  public record TurnsSeen(
      String topic,
      boolean exists,
      String clusterId,
      Optional<String> weakness,
      List<LoggedEntry> records,
      Instant at) {

    public TurnsSeen {
      Objects.requireNonNull(topic);
      Objects.requireNonNull(clusterId);
      Objects.requireNonNull(weakness);
      records = List.copyOf(records);
      Objects.requireNonNull(at);
    }

    /** What the records come to. */
    public TurnQueue queue() {
      return TurnQueue.EMPTY.then(records);
    }

    /** By which records are over. */
    public QueueClock clock() {
      QueueView view = new QueueView();
      view.accept(0, records, 0);
      return view.readersClock(0, at);
    }

    /** What stands of a node, were it only that no clock is sure of its end. */
    NodeTurns of(int node) {
      TurnQueue queue = queue();
      return NodeTurns.of(node, queue, new QueueClock(queue.clock().orElse(at), at, Map.of()));
    }

    /** The same for people and for programs. */
    public TurnsReport report() {
      Optional<String> note =
          exists
              ? weakness
              : Optional.of(
                  "there is no topic %s yet; the first stop with turns makes it".formatted(topic));
      return TurnsReport.of(queue(), clock(), Optional.of(clusterId), note.stream().toList());
    }
  }

  /**
   * Why turns say nothing of a cluster: another one keeps them.
   *
   * @param keeps the cluster that keeps the topic
   * @param asked the cluster that was asked; empty if that isn't known
   * @return empty if it is the same, or nobody knows
   */
  static Optional<String> other(String keeps, Optional<String> asked) {
    return asked
        .filter(it -> !it.equals(keeps))
        .map(
            it ->
                "the topic of turns is cluster %s's, and the cluster that was asked is %s; correct --turns-bootstrap-server (KAFKA_POD_TURNS_BOOTSTRAP_SERVER): all nodes must take turns in their own cluster"
                    .formatted(keeps, it));
  }

  /** Looks, and writes nothing. */
  public Answer<TurnsSeen> look(Deadline deadline) {
    return ask(this::look, deadline);
  }

  private TurnsSeen look(TurnsTopic topic, Deadline deadline) throws Unanswered {
    String clusterId = topic.clusterId(deadline);
    TurnLog.LogHealth found = topic.check(false, deadline);
    return new TurnsSeen(
        name,
        found.exists(),
        clusterId,
        found.weakness(),
        found.exists() ? topic.read(deadline) : List.of(),
        Instant.now());
  }

  /**
   * Releases all that may stand of a node by any clock.
   *
   * @return what was released that stood by this machine's clock; empty where nothing stood
   */
  public Answer<NodeTurns> release(int node, String by, String reason, Deadline deadline) {
    return ask(
        (topic, time) -> {
          TurnsSeen seen = look(topic, time);
          for (TurnEntry.Release release : seen.of(node).releases(by, reason)) {
            write(topic, release, time);
          }
          return NodeTurns.of(node, seen.queue(), seen.clock());
        },
        deadline);
  }

  private static void write(TurnsTopic topic, TurnEntry entry, Deadline deadline)
      throws Unanswered {
    try {
      topic.append(entry, deadline);
    } catch (Unanswered e) {
      throw new Unanswered(
          e.getMessage()
              + "; what was written by then counts, so look with kafka-pod turns --history",
          e);
    }
  }

  /**
   * Says that a cluster is torn down; makes the topic if there is none.
   *
   * @throws Misconfigured if another cluster answers
   */
  public Answer<TurnEntry.TearDown> tearDown(TurnEntry.TearDown entry, Deadline deadline) {
    return ask(
        (topic, time) -> {
          refuseOther(entry.clusterId(), topic.clusterId(time));
          topic.check(true, time);
          write(topic, entry, time);
          return entry;
        },
        deadline);
  }

  /**
   * Takes that back.
   *
   * @param clusterId which cluster is meant, if somebody has said it
   * @param entry who takes it back, and why
   * @return whose tear-down was taken back; empty if there was none
   * @throws Misconfigured if another cluster answers
   */
  public Answer<Optional<TurnEntry.TearDown>> endTearDown(
      Optional<String> clusterId, TurnEntry.NoTearDown entry, Deadline deadline) {
    return ask(
        (topic, time) -> {
          TurnsSeen seen = look(topic, time);
          clusterId.ifPresent(it -> refuseOther(it, seen.clusterId()));
          Optional<TurnEntry.TearDown> said =
              seen.queue().tearDown().map(it -> (TurnEntry.TearDown) it.entry());
          if (said.isPresent()) {
            write(topic, entry, time);
          }
          return said;
        },
        deadline);
  }

  private static void refuseOther(String meant, String answering) {
    if (!meant.equals(answering)) {
      throw Misconfigured.wrongUse(
          "--cluster-id: the cluster that answers is %s, and '%s' is meant; correct the id, or check --bootstrap-server"
              .formatted(answering, meant),
          null);
    }
  }

  private interface Work<T> {
    T with(TurnsTopic topic, Deadline deadline) throws Unanswered;
  }

  private <T> Answer<T> ask(Work<T> work, Deadline deadline) {
    Deadline forTheTopic = deadline.minus(TO_SAY_WHY);
    return Question.ask(
            "topic %s at %s".formatted(name, String.join(", ", settings.bootstrap())),
            () -> {
              try (TurnsTopic topic = new TurnsTopic(settings, name, timeout)) {
                return work.with(topic, forTheTopic);
              }
            })
        .answer(deadline);
  }
}

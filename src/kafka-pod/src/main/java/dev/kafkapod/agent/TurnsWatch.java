package dev.kafkapod.agent;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.readiness.BrokerSnapshot;
import dev.kafkapod.report.TurnsReport;
import dev.kafkapod.teardownfile.TearDownWriter;
import dev.kafkapod.turns.Predecessors;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.StandingRequest;
import dev.kafkapod.turns.StandingTearDown;
import dev.kafkapod.turns.StandingTurns;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of turns again and again. Once the broker is ready, it releases what the process
 * before it has left there. What goes wrong here is a line in the status, and no reason not to be
 * ready.
 */
final class TurnsWatch {

  /** How often to look. */
  static final Duration LOOK = Duration.ofSeconds(15);

  /** Failures cost new clients, each of which writes 150 lines into the broker's log. */
  static final Duration LONGEST_REST = Duration.ofMinutes(2);

  /** Until the broker runs. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Agent.LOGGER);

  /** Whatever keeps the turns. */
  interface WatchedTopic {
    /** Reads what is new; makes nothing. */
    QueueSeen look() throws Unanswered;

    /** Writes a record, and reads the topic to beyond it. */
    QueueSeen append(TurnEntry entry) throws Unanswered;
  }

  /**
   * What a look has come to.
   *
   * @param clusterId of the cluster that keeps the topic
   * @param note what is to be said of the topic
   */
  record QueueSeen(TurnQueue queue, QueueClock clock, String clusterId, Optional<String> note) {
    QueueSeen {
      Objects.requireNonNull(queue);
      Objects.requireNonNull(clock);
      Objects.requireNonNull(clusterId);
      Objects.requireNonNull(note);
    }
  }

  private final WatchedTopic topic;
  private final TearDownWriter file;
  private final ProcessIdentity self;
  private final Judge judge;
  private Optional<Predecessors> predecessors = Optional.empty();
  private Optional<StandingTearDown> tearDown = Optional.empty();
  private long tearDownNanos;
  private boolean mayRelease;
  private long readNanos;
  private String problem = "";
  private String fileProblem = "";
  private Duration rest = LOOK;

  TurnsWatch(WatchedTopic topic, TearDownWriter file, ProcessIdentity self, Judge judge) {
    this.topic = topic;
    this.file = file;
    this.self = self;
    this.judge = judge;
    publish(TurnsReport.unknown("the turns haven't been read yet"));
  }

  /** Looks once, and returns when to come back. */
  Duration look() {
    Optional<BrokerSnapshot> broker =
        judge.agentState().observation().broker().value().filter(BrokerSnapshot::isUp);
    if (broker.isEmpty()) {
      expire();
      return SOON;
    }
    if (mayRelease && !isReady() && System.nanoTime() - readNanos < LOOK.toNanos()) {
      return SOON; // the next stop waits for this release
    }
    try {
      readNanos = System.nanoTime();
      QueueSeen seen = topic.look();
      refuseOther(seen, broker.get());
      take(seen, broker.get(), List.of());
      if (release(seen, broker.get())) {
        say("");
      }
      rest = mayRelease && !isReady() ? SOON : LOOK;
    } catch (Unanswered e) {
      fail(e.getMessage());
    }
    return rest;
  }

  /** Another cluster's node of the same id is another node. */
  private static void refuseOther(QueueSeen seen, BrokerSnapshot broker) throws Unanswered {
    if (broker.clusterId().filter(it -> !it.equals(seen.clusterId())).isPresent()) {
      throw new Unanswered(
          "the topic of turns is cluster %s's, and %s is in cluster %s; correct KAFKA_POD_TURNS_BOOTSTRAP_SERVER, or the addresses of brokers"
              .formatted(seen.clusterId(), broker.name(), broker.clusterId().get()));
    }
  }

  private void take(QueueSeen seen, BrokerSnapshot broker, List<String> notes) {
    Optional<String> own = broker.clusterId();
    TurnsReport report =
        TurnsReport.of(
            seen.queue(),
            seen.clock(),
            own,
            notes.isEmpty() ? seen.note().stream().toList() : notes);
    publish(report);
    if (own.isEmpty()) {
      expire(); // whose tear-down it is isn't known
    } else {
      keepFile(
          report.turns().value().flatMap(StandingTurns::tearDown).filter(it -> it.isOf(own.get())));
    }
  }

  private void publish(TurnsReport report) {
    judge.turns(new TurnsReading(Optional.of(report), System.nanoTime()));
  }

  /** Returns whether nothing is left to release, or it isn't time yet. */
  private boolean release(QueueSeen first, BrokerSnapshot broker) {
    Predecessors old =
        predecessors.orElseGet(
            () -> Predecessors.firstSeen(first.queue(), first.clock(), broker.uptime()));
    predecessors = Optional.of(old);
    mayRelease = false;
    if (broker.nodeId().isEmpty() || broker.clusterId().isEmpty()) {
      return true;
    }
    int node = broker.nodeId().getAsInt();
    List<StandingRequest> requests = old.toRelease(first.queue(), node, self);
    mayRelease = !requests.isEmpty();
    if (!isReady()) {
      return true;
    }
    for (StandingRequest request : requests) {
      try {
        QueueSeen seen =
            topic.append(
                new TurnEntry.Release(
                    node,
                    Optional.of(request.request().id()),
                    "the agent of node " + node,
                    "its new process is ready"));
        LOG.info(
            "released the turn of node {}'s process before this one, of {}",
            node,
            request.request().host());
        take(seen, broker, first.note().stream().toList());
      } catch (Unanswered e) {
        String why = "the turn of the process before this one isn't released yet: ";
        take(first, broker, List.of(why + e.getMessage()));
        say(why + e.getMessage());
        return false; // at the next look, once more
      }
    }
    return true;
  }

  /** Whatever an override says. */
  private boolean isReady() {
    return judge.agentState().at(System.nanoTime()).effective().without().isYes();
  }

  private void fail(String why) {
    expire();
    publish(TurnsReport.unknown(why));
    say(why);
    Duration twice = rest.multipliedBy(2);
    rest = twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
  }

  /** One line in the log for each change. */
  private void say(String now) {
    if (now.equals(problem)) {
      return;
    }
    if (now.isEmpty()) {
      LOG.info("the turns are known again");
    } else {
      LOG.warn("turns: {}", now);
    }
    problem = now;
  }

  /** What nobody takes back while the topic is silent ends all the same. */
  private void expire() {
    if (tearDown.isPresent()) {
      keepFile(
          tearDown.get().after(Duration.ofNanos(Math.max(0, System.nanoTime() - tearDownNanos))));
    }
  }

  private void keepFile(Optional<StandingTearDown> now) {
    announce(now.map(StandingTearDown::said), tearDown.map(StandingTearDown::said));
    tearDown = now;
    tearDownNanos = System.nanoTime();
    String failure = "";
    try {
      file.keep(now);
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    if (!failure.isEmpty() && !failure.equals(fileProblem)) {
      LOG.warn("{}; who stops this broker has to ask the cluster whether it is torn down", failure);
    }
    fileProblem = failure;
  }

  private static void announce(
      Optional<TurnEntry.TearDown> now, Optional<TurnEntry.TearDown> before) {
    if (now.equals(before)) {
      return;
    }
    if (now.isEmpty()) {
      LOG.warn("the cluster isn't torn down any more");
    } else {
      LOG.warn(
          "the cluster is torn down, says {}: {}; no stop waits",
          now.get().by(),
          now.get().reason());
    }
  }
}

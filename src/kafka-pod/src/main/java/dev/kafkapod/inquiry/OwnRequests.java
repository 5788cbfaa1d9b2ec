package dev.kafkapod.inquiry;

import dev.kafkapod.turns.StandingRequest;
import dev.kafkapod.turns.TurnRequest;
import dev.kafkapod.turns.TurnRequest.TurnKind;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The requests of one waiting, one for each node that it stops: what is written next of them. Safe
 * for use by several threads: the waiting may end while a question is on its way.
 */
final class OwnRequests {

  /** Written anew after this, so that others see that somebody still waits. */
  private static final Duration REFRESHED = Duration.ofSeconds(20);

  /** An ASKS that isn't written anew ends after this. */
  private static final Duration ASKS_LASTS = Duration.ofSeconds(75);

  /** With nothing new but the words, a record is written no more often than this. */
  private static final Duration NEWS = Duration.ofSeconds(10);

  /** At least so long may it take from a GOES until the stop is let go. */
  private static final Duration SHORTEST_GO = Duration.ofSeconds(60);

  /** What a go needs beside the questions: jitter, and pauses that are late. */
  private static final Duration SLACK = Duration.ofSeconds(15);

  /** A request's name. */
  record Key(int node, String id) {}

  /** What is known of one request. */
  private record Own(Key key, long sequence, OptionalLong place, OptionalLong goesFrom) {}

  private final TurnTaking.Waiter waiter;
  private final Instant since;
  private final Instant until;
  private final Duration stopTime;
  private final TreeMap<Integer, Own> requests = new TreeMap<>();
  private WaitsFor waitsFor = WaitsFor.NOTHING;
  private String why = "";
  private long writtenNanos;
  private Duration goLasts = SHORTEST_GO;
  private long goNanos;
  private Instant goWall = Instant.EPOCH;
  private Instant goTimestamp = Instant.EPOCH;
  private boolean goBegins;
  private boolean over;

  OwnRequests(TurnTaking.Waiter waiter, Instant since, Duration maxWait, Duration stopTime) {
    this.waiter = waiter;
    this.since = since;
    this.until = since.plus(maxWait);
    this.stopTime = stopTime;
  }

  synchronized boolean isNew() {
    return requests.isEmpty();
  }

  /** Begins anew, at the end of the line. */
  synchronized void begin(Set<Integer> nodes) {
    requests.clear();
    for (int node : nodes) {
      requests.put(
          node,
          new Own(
              new Key(node, UUID.randomUUID().toString()),
              0,
              OptionalLong.empty(),
              OptionalLong.empty()));
    }
  }

  synchronized List<Key> ids() {
    return requests.values().stream().map(Own::key).toList();
  }

  /** Whether others should hear why it waits now. */
  synchronized boolean isNews(WaitsFor now, String whyNow, long nanos) {
    return now != waitsFor || (!whyNow.equals(why) && nanos - writtenNanos >= NEWS.toNanos());
  }

  /** Whether its records are to be written anew. */
  synchronized boolean isDue(long nanos) {
    return nanos - writtenNanos >= REFRESHED.toNanos();
  }

  /** Forgets them: they have been given back. */
  synchronized void forget() {
    requests.clear();
  }

  /** Whether the waiting has ended: nothing is written any more. */
  synchronized boolean isOver() {
    return over;
  }

  /** Ends the waiting because the nodes go on; returns what is to be given back. */
  synchronized List<Key> end() {
    over = true;
    return ids();
  }

  /**
   * Ends the waiting because the nodes go.
   *
   * @param nodes which, where nothing has been written yet
   * @return what says so
   */
  synchronized List<TurnRequest> endAndGo(Supplier<Set<Integer>> nodes, TurnClocks clocks) {
    if (isNew()) {
      begin(nodes.get());
    }
    List<TurnRequest> last = letGo(clocks);
    over = true;
    return last;
  }

  /** A place in the line. */
  synchronized List<TurnRequest> asks(WaitsFor now, String whyNow, TurnClocks clocks) {
    waitsFor = now;
    why = whyNow;
    return asksAgain(clocks);
  }

  /** The same once more. */
  synchronized List<TurnRequest> asksAgain(TurnClocks clocks) {
    return records(TurnKind.ASKS, false, ASKS_LASTS, clocks);
  }

  /**
   * A go's time begins, with a lock of its own: one from before may have been over for others.
   *
   * @param questions how long it may take until a yes is said twice
   */
  synchronized void beginGo(Duration questions, TurnClocks clocks) {
    Duration needed = questions.plus(SLACK);
    goLasts = needed.compareTo(SHORTEST_GO) > 0 ? needed : SHORTEST_GO;
    goNanos = clocks.nanoTime();
    goWall = clocks.wall();
    goBegins = true;
    requests.replaceAll(
        (node, it) -> new Own(it.key(), it.sequence(), it.place(), OptionalLong.empty()));
    waitsFor = WaitsFor.NOTHING;
    why = "";
  }

  /** The lock; it stands until the stop may have ended. */
  synchronized List<TurnRequest> goes(TurnClocks clocks) {
    return records(TurnKind.GOES, false, goLasts.plus(stopTime), clocks);
  }

  /** The lock, and that the stop is let go. */
  synchronized List<TurnRequest> letGo(TurnClocks clocks) {
    return records(TurnKind.GOES, true, goLasts.plus(stopTime), clocks);
  }

  private List<TurnRequest> records(
      TurnKind kind, boolean letGo, Duration lasts, TurnClocks clocks) {
    List<TurnRequest> records = new ArrayList<>();
    if (over) {
      return records;
    }
    Instant now = clocks.wall();
    writtenNanos = clocks.nanoTime();
    for (Own it : List.copyOf(requests.values())) {
      Own next = new Own(it.key(), it.sequence() + 1, it.place(), it.goesFrom());
      requests.put(it.key().node(), next);
      records.add(
          new TurnRequest(
              it.key().id(),
              it.key().node(),
              kind,
              letGo,
              next.sequence(),
              it.place(),
              kind == TurnKind.GOES ? it.goesFrom() : OptionalLong.empty(),
              waiter.process().get(),
              waiter.host(),
              since,
              until,
              now,
              lasts,
              waitsFor,
              why));
    }
    return records;
  }

  /** Notes where a record of its own stands. */
  synchronized void placed(StandingRequest standing) {
    TurnRequest request = standing.request();
    Own it = requests.get(request.node());
    requests.put(
        request.node(),
        new Own(
            it.key(),
            it.sequence(),
            OptionalLong.of(standing.place()),
            request.goes() ? OptionalLong.of(standing.goesFrom()) : OptionalLong.empty()));
    if (request.goes() && goBegins) {
      goTimestamp = standing.timestamp();
      goBegins = false;
    }
  }

  /**
   * Whether the go's time isn't over: by the clock that never jumps, by this machine's, and by the
   * log's. A machine that was suspended may show it by one of them only.
   */
  synchronized boolean isInTime(List<StandingRequest> standing, TurnClocks clocks) {
    Duration log =
        standing.stream()
            .map(it -> Duration.between(goTimestamp, it.timestamp()))
            .reduce(Duration.ZERO, (one, other) -> one.compareTo(other) > 0 ? one : other);
    return isShort(Duration.ofNanos(clocks.nanoTime() - goNanos))
        && isShort(Duration.between(goWall, clocks.wall()))
        && isShort(log);
  }

  private boolean isShort(Duration time) {
    return time.compareTo(goLasts) < 0;
  }
}

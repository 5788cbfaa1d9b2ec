package dev.kafkapod.turns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the records of the topic, read in their order, come to. Immutable.
 *
 * <p>A node may have several requests, as where somebody runs a second waiting beside the hook's: a
 * record ends only the request that it belongs to.
 *
 * @param requests each request by its newest record, in the order of their places
 * @param tearDown whether somebody has said that the cluster is torn down, and where; it may be
 *     over
 * @param unreadable the newest record of each key that can't be read
 * @param clock the newest timestamp; empty before the first record
 * @param released the requests that were released, by node and id: a record of theirs that comes
 *     later was on its way, and counts for nothing
 */
public record TurnQueue(
    List<StandingRequest> requests,
    Optional<LoggedEntry> tearDown,
    List<LoggedEntry> unreadable,
    Optional<Instant> clock,
    Set<String> released) {

  /** Before any record. */
  public static final TurnQueue EMPTY =
      new TurnQueue(List.of(), Optional.empty(), List.of(), Optional.empty(), Set.of());

  public TurnQueue {
    requests = requests.stream().sorted(Comparator.comparingLong(StandingRequest::place)).toList();
    unreadable = List.copyOf(unreadable);
    released = Set.copyOf(released);
  }

  /** The same after some more records, in the order of their offsets. */
  public TurnQueue then(List<LoggedEntry> records) {
    TurnQueue queue = this;
    for (LoggedEntry logged : records) {
      queue = queue.then(logged);
    }
    return queue;
  }

  /** The same after one more record. */
  public TurnQueue then(LoggedEntry logged) {
    Optional<Instant> now = Optional.of(logged.timestamp());
    if (logged.entry() instanceof TurnRequest request) {
      return new TurnQueue(with(request, logged), tearDown, unreadable, now, released);
    }
    if (logged.entry() instanceof TurnEntry.Release release) {
      return new TurnQueue(
          without(release),
          tearDown,
          unreadable.stream()
              .filter(it -> release.request().isPresent() || !isOf(it, release.node()))
              .toList(),
          now,
          releasedBy(release));
    }
    if (logged.entry() instanceof TurnEntry.TearDown) {
      return new TurnQueue(requests, Optional.of(logged), unreadable, now, released);
    }
    if (logged.entry() instanceof TurnEntry.NoTearDown) {
      return new TurnQueue(requests, Optional.empty(), unreadable, now, released);
    }
    List<LoggedEntry> more = new ArrayList<>(unreadable);
    more.removeIf(it -> ((TurnEntry.UnreadableRecord) it.entry()).node().equals(node(logged)));
    more.add(logged);
    return new TurnQueue(requests, tearDown, more, now, released);
  }

  private static OptionalInt node(LoggedEntry logged) {
    return ((TurnEntry.UnreadableRecord) logged.entry()).node();
  }

  private static boolean isOf(LoggedEntry unreadable, int node) {
    return node(unreadable).stream().anyMatch(it -> it == node);
  }

  private List<StandingRequest> with(TurnRequest request, LoggedEntry logged) {
    if (released.contains(key(request))) {
      return requests;
    }
    Map<String, StandingRequest> byId = new LinkedHashMap<>();
    requests.forEach(it -> byId.put(key(it.request()), it));
    StandingRequest before = byId.get(key(request));
    if (before == null) {
      byId.put(key(request), StandingRequest.of(request, logged.offset(), logged.timestamp()));
    } else if (request.sequence() > before.request().sequence()) {
      byId.put(key(request), before.next(request, logged.offset(), logged.timestamp()));
    } // else a retry that came late
    return new ArrayList<>(byId.values());
  }

  private static String key(TurnRequest request) {
    return key(request.node(), request.id());
  }

  private static String key(int node, String id) {
    return node + " " + id;
  }

  private Set<String> releasedBy(TurnEntry.Release release) {
    Set<String> all = new HashSet<>(released);
    release.request().ifPresent(id -> all.add(key(release.node(), id)));
    requests.stream().filter(it -> ends(release, it)).forEach(it -> all.add(key(it.request())));
    return all;
  }

  private static boolean ends(TurnEntry.Release release, StandingRequest standing) {
    return standing.request().node() == release.node()
        && release.request().filter(id -> !id.equals(standing.request().id())).isEmpty();
  }

  private List<StandingRequest> without(TurnEntry.Release release) {
    return requests.stream().filter(it -> !ends(release, it)).toList();
  }

  /** A request by its id; empty if it was released, or never came. */
  public Optional<StandingRequest> request(int node, String id) {
    return requests.stream()
        .filter(it -> it.request().node() == node && it.request().id().equals(id))
        .findFirst();
  }
}

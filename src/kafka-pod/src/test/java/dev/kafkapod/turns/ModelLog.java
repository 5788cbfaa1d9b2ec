package dev.kafkapod.turns;

import dev.kafkapod.turns.TurnRequest.TurnKind;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/**
 * The topic in the model: what its records come to by {@link TurnQueue}, what each writer remembers
 * of its own, and records that are still on their way. Offsets and sequences are numbered anew
 * after each record, in the same order, so that there are finitely many logs.
 *
 * @param place of each waiting, where it knows it; else -1
 * @param lock the offset of each waiting's GOES, while it holds on to it; else -1
 * @param last the sequence of each waiting's newest record; 0 before the first
 * @param copies records that a retry may yet write
 */
record ModelLog(
    TurnQueue queue, List<Long> place, List<Long> lock, List<Long> last, List<TurnRequest> copies) {

  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration ASKS_LASTS = Duration.ofMinutes(1);
  private static final Duration GOES_LASTS = Duration.ofMinutes(6);

  static ModelLog empty(int waitings) {
    List<Long> none = Collections.nCopies(waitings, -1L);
    return new ModelLog(TurnQueue.EMPTY, none, none, Collections.nCopies(waitings, 0L), List.of());
  }

  static String id(int waiting) {
    return "w" + waiting;
  }

  private static int waiting(TurnRequest request) {
    return Integer.parseInt(request.id().substring(1));
  }

  Optional<StandingRequest> standing(int waiting) {
    return queue.requests().stream()
        .filter(it -> it.request().id().equals(id(waiting)))
        .findFirst();
  }

  /** The record that a waiting writes next. */
  TurnRequest next(int waiting, int node, TurnKind kind, boolean letGo, WaitsFor waitsFor) {
    return new TurnRequest(
        id(waiting),
        node,
        kind,
        letGo,
        last.get(waiting) + 1,
        optional(place.get(waiting)),
        kind == TurnKind.GOES && letGo ? optional(lock.get(waiting)) : OptionalLong.empty(),
        Optional.empty(),
        "host",
        TIME,
        TIME,
        TIME,
        kind == TurnKind.GOES ? GOES_LASTS : ASKS_LASTS,
        waitsFor,
        "");
  }

  private static OptionalLong optional(long offset) {
    return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** After its writer has sent it, whether it arrives or not. */
  ModelLog sent(TurnRequest request) {
    int waiting = waiting(request);
    return new ModelLog(
        queue,
        place,
        set(lock, waiting, request.letGo() ? lock.get(waiting) : -1),
        set(last, waiting, request.sequence()),
        copies);
  }

  ModelLog appended(TurnEntry entry, ModelRules rules) {
    return new ModelLog(
        rules.fold().after(queue, new LoggedEntry(end(), TIME, entry)), place, lock, last, copies);
  }

  /** After its writer has heard that it stands, and where. */
  ModelLog acknowledged(TurnRequest request) {
    int waiting = waiting(request);
    long offset = end() - 1;
    boolean first = place.get(waiting) < 0;
    boolean locks = request.goes() && (!request.letGo() || lock.get(waiting) < 0);
    return new ModelLog(
        queue,
        first ? set(place, waiting, standing(waiting).get().place()) : place,
        locks ? set(lock, waiting, offset) : lock,
        last,
        copies);
  }

  ModelLog unlocked(int waiting) {
    return new ModelLog(queue, place, set(lock, waiting, -1L), last, copies);
  }

  /** After a waiting has ended: it writes nothing more. */
  ModelLog forgotten(int waiting) {
    return new ModelLog(
        queue, set(place, waiting, -1L), set(lock, waiting, -1L), set(last, waiting, 0L), copies);
  }

  ModelLog copied(TurnRequest request) {
    List<TurnRequest> more = new ArrayList<>(copies);
    more.add(request);
    return new ModelLog(queue, place, lock, last, more);
  }

  /** After a copy has come. */
  ModelLog withoutCopy(int index) {
    List<TurnRequest> fewer = new ArrayList<>(copies);
    fewer.remove(index);
    return new ModelLog(queue, place, lock, last, fewer);
  }

  static int waitingOfCopy(TurnRequest copy) {
    return waiting(copy);
  }

  private long end() {
    return offsets().isEmpty() ? 0 : offsets().last() + 1;
  }

  private TreeSet<Long> offsets() {
    TreeSet<Long> offsets = new TreeSet<>();
    for (StandingRequest it : queue.requests()) {
      offsets.add(it.offset());
      offsets.add(it.place());
      offsets.add(it.goesFrom());
    }
    offsets.addAll(place);
    offsets.addAll(lock);
    for (TurnRequest copy : copies) {
      copy.place().ifPresent(offsets::add);
      copy.goesFrom().ifPresent(offsets::add);
    }
    offsets.remove(-1L);
    return offsets;
  }

  /**
   * The same with small numbers. A record's own offset is only a name for it ({@link QueueClock});
   * it becomes its lock's, or its place's.
   */
  ModelLog canonical() {
    List<StandingRequest> named = new ArrayList<>();
    for (StandingRequest it : queue.requests()) {
      long name = it.request().goes() ? it.goesFrom() : it.place();
      named.add(
          new StandingRequest(
              it.request(), name, it.timestamp(), it.place(), name, it.stuckSince()));
    }
    ModelLog smaller = new ModelLog(with(named), place, lock, last, copies);
    List<Long> offsets = List.copyOf(smaller.offsets());
    LongUnaryOperator at = it -> it < 0 ? it : offsets.indexOf(it);
    List<TreeSet<Long>> sequences = new ArrayList<>();
    for (long it : last) {
      sequences.add(new TreeSet<>(List.of(it, 0L)));
    }
    named.forEach(it -> sequences.get(waiting(it.request())).add(it.request().sequence()));
    copies.forEach(it -> sequences.get(waiting(it)).add(it.sequence()));
    List<StandingRequest> standing = new ArrayList<>();
    for (StandingRequest it : named) {
      standing.add(
          new StandingRequest(
              renumbered(it.request(), false, at, sequences),
              at.applyAsLong(it.offset()),
              it.timestamp(),
              at.applyAsLong(it.place()),
              at.applyAsLong(it.goesFrom()),
              it.stuckSince()));
    }
    List<Long> lastOnes = new ArrayList<>();
    for (int i = 0; i < last.size(); i++) {
      lastOnes.add((long) sequences.get(i).headSet(last.get(i)).size());
    }
    return new ModelLog(
        with(standing),
        place.stream().map(at::applyAsLong).toList(),
        lock.stream().map(at::applyAsLong).toList(),
        lastOnes,
        copies.stream().map(it -> renumbered(it, true, at, sequences)).toList());
  }

  /** Here a waiting keeps its id when it begins anew, and so none is forgotten. */
  private TurnQueue with(List<StandingRequest> requests) {
    return new TurnQueue(
        requests, queue.tearDown(), queue.unreadable(), Optional.of(TIME), Set.of());
  }

  private TurnRequest renumbered(
      TurnRequest it, boolean isCopy, LongUnaryOperator at, List<TreeSet<Long>> sequences) {
    return changed(
        it,
        waiting(it),
        it.node(),
        sequences.get(waiting(it)).headSet(it.sequence()).size(),
        isCopy ? at(it.place(), at) : OptionalLong.empty(),
        isCopy ? at(it.goesFrom(), at) : OptionalLong.empty());
  }

  /**
   * The same where waitings, and their nodes with them, have each other's names.
   *
   * @param names the new number of each
   */
  ModelLog renamed(int[] names) {
    List<StandingRequest> standing = new ArrayList<>();
    for (StandingRequest it : queue.requests()) {
      standing.add(
          new StandingRequest(
              renamed(it.request(), names),
              it.offset(),
              it.timestamp(),
              it.place(),
              it.goesFrom(),
              it.stuckSince()));
    }
    List<Long> places = new ArrayList<>(place);
    List<Long> locks = new ArrayList<>(lock);
    List<Long> lasts = new ArrayList<>(last);
    for (int i = 0; i < names.length; i++) {
      places.set(names[i], place.get(i));
      locks.set(names[i], lock.get(i));
      lasts.set(names[i], last.get(i));
    }
    return new ModelLog(
        with(standing),
        places,
        locks,
        lasts,
        copies.stream().map(it -> renamed(it, names)).toList());
  }

  private static TurnRequest renamed(TurnRequest it, int[] names) {
    int name = names[waiting(it)];
    return changed(it, name, name, it.sequence(), it.place(), it.goesFrom());
  }

  private static TurnRequest changed(
      TurnRequest it,
      int waiting,
      int node,
      long sequence,
      OptionalLong place,
      OptionalLong goesFrom) {
    return new TurnRequest(
        id(waiting),
        node,
        it.kind(),
        it.letGo(),
        sequence,
        place,
        goesFrom,
        it.process(),
        it.host(),
        it.since(),
        it.until(),
        it.written(),
        it.lasts(),
        it.waitsFor(),
        it.why());
  }

  private static OptionalLong at(OptionalLong offset, LongUnaryOperator at) {
    return offset.isPresent()
        ? OptionalLong.of(at.applyAsLong(offset.getAsLong()))
        : OptionalLong.empty();
  }

  private static List<Long> set(List<Long> values, int index, long value) {
    List<Long> changed = new ArrayList<>(values);
    changed.set(index, value);
    return changed;
  }
}

package dev.kafkapod.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the pods of one or more StatefulSets went through. A pod that only says "not ready" still
 * serves: what counts as a disruption is a pod's deletion, or its container's restart, until the
 * pod is ready again.
 *
 * @param events the oldest first
 */
record Timeline(List<PodEvent> events) {

  /**
   * A pod that was away.
   *
   * @param set its StatefulSet
   * @param pod its name
   * @param fromMillis when it was deleted, or its container restarted
   * @param toMillis when it was ready again; empty if it never was
   */
  record Disruption(String set, String pod, long fromMillis, OptionalLong toMillis) {
    boolean overlaps(Disruption other) {
      return fromMillis < other.toMillis.orElse(Long.MAX_VALUE)
          && other.fromMillis < toMillis.orElse(Long.MAX_VALUE);
    }
  }

  Timeline {
    events = List.copyOf(events);
  }

  /**
   * All disruptions, in the order in which they began. Pods that start for the first time aren't.
   */
  List<Disruption> disruptions() {
    Map<String, PodEvent> last = new LinkedHashMap<>();
    Map<String, Disruption> open = new LinkedHashMap<>();
    List<Disruption> all = new ArrayList<>();
    for (PodEvent event : events) {
      String key = key(event);
      Optional<PodEvent> before = Optional.ofNullable(last.put(key, event));
      Disruption current = open.get(key);
      if (current == null && disrupts(before, event)) {
        current = new Disruption(event.set(), event.pod(), event.atMillis(), OptionalLong.empty());
        open.put(key, current);
        all.add(current);
      } else if (current != null && event.stays() && event.ready()) {
        open.remove(key);
        all.set(
            all.indexOf(current),
            new Disruption(
                event.set(), event.pod(), current.fromMillis(), OptionalLong.of(event.atMillis())));
      }
    }
    return all;
  }

  private static boolean disrupts(Optional<PodEvent> before, PodEvent event) {
    if (before.isEmpty()) {
      return !event.stays();
    }
    boolean another = !before.get().uid().equals(event.uid());
    return !event.stays() || another || event.restarts() > before.get().restarts();
  }

  /** Disruptions of different pods of one StatefulSet at the same time, in words. */
  List<String> violations() {
    List<Disruption> all = disruptions();
    List<String> violations = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i + 1; j < all.size(); j++) {
        Disruption first = all.get(i);
        Disruption second = all.get(j);
        if (first.set().equals(second.set())
            && !first.pod().equals(second.pod())
            && first.overlaps(second)) {
          violations.add(
              "%s was away while %s was, of %s".formatted(second.pod(), first.pod(), first.set()));
        }
      }
    }
    return violations;
  }

  /** How many were away at the same time, at most, of all StatefulSets together. */
  int atOnce() {
    List<Disruption> all = disruptions();
    return (int)
        all.stream()
            .mapToLong(
                one ->
                    all.stream()
                        .filter(
                            other ->
                                other.fromMillis() <= one.fromMillis()
                                    && one.fromMillis() < other.toMillis().orElse(Long.MAX_VALUE))
                        .count())
            .max()
            .orElse(0);
  }

  /** What an event changes, for people; empty if nothing that matters. */
  static Optional<String> describe(Optional<PodEvent> before, PodEvent event) {
    String name = event.set().replaceFirst("/.*", "") + "/" + event.pod();
    if (event.gone()) {
      return Optional.of(name + " gone");
    }
    boolean another = before.isEmpty() || !before.get().uid().equals(event.uid());
    if (another) {
      return Optional.of(
          name + " made from revision " + event.revision() + (event.ready() ? ", ready" : ""));
    }
    PodEvent then = before.get();
    if (event.terminating() && !then.terminating()) {
      return Optional.of(name + " deleted" + (then.ready() ? "" : " while not ready"));
    }
    if (event.restarts() > then.restarts()) {
      return Optional.of("%s container restarted, %d so far".formatted(name, event.restarts()));
    }
    if (!event.waiting().equals(then.waiting()) && event.waiting().endsWith("BackOff")) {
      return Optional.of(name + " " + event.waiting());
    }
    if (event.ready() != then.ready()) {
      return Optional.of(name + (event.ready() ? " ready" : " not ready"));
    }
    return Optional.empty();
  }

  /** The latest event of each pod that there is. */
  Map<String, PodEvent> latest() {
    Map<String, PodEvent> latest = new LinkedHashMap<>();
    for (PodEvent event : events) {
      if (event.gone()) {
        // the next pod of that name may have been told of before
        latest.computeIfPresent(key(event), (key, it) -> it.uid().equals(event.uid()) ? null : it);
      } else {
        latest.put(key(event), event);
      }
    }
    return latest;
  }

  /**
   * How a pod is that was away and whose container runs again.
   *
   * @return empty if it doesn't, or never was away
   */
  String runningAgain(String set, String pod) {
    boolean wasAway =
        disruptions().stream().anyMatch(it -> it.set().equals(set) && it.pod().equals(pod));
    PodEvent latest = latest().get(set + "/" + pod);
    if (!wasAway || latest == null || !latest.stays() || !latest.running()) {
      return "";
    }
    return latest.ready() ? "is ready" : "runs and isn't ready";
  }

  private static String key(PodEvent event) {
    return event.set() + "/" + event.pod();
  }
}

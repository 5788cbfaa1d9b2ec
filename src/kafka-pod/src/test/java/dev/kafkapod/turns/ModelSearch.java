package dev.kafkapod.turns;

import dev.kafkapod.turns.ModelState.Where;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds every state that can be reached, breadth first. */
final class ModelSearch {

  private static final int MANY = 20_000_000;

  private final ModelConfig config;
  private final ModelLogs logs;
  private final ModelSteps steps;
  private final Map<ModelState, Integer> numbers = new HashMap<>();
  private final List<ModelState> states = new ArrayList<>();
  private int[] parents = new int[1 << 16];
  private int violation = -1;

  /** Two numbers for each step of a world without faults: from where it leads, and where to. */
  private int[] ways = new int[1 << 18];

  private int wayCount;

  private ModelSearch(ModelConfig config, ModelRules rules) {
    this.config = config;
    this.logs = new ModelLogs(config, rules);
    this.steps = new ModelSteps(config, rules, logs);
  }

  /**
   * What was found.
   *
   * @param harm how two or more that were let go did harm together; empty if none ever do
   * @param endless how somebody waits for ever; empty if nobody does, or it wasn't looked for
   */
  record Found(int states, int logs, Optional<String> harm, Optional<String> endless) {}

  /** Looks for harm, and then for somebody who waits for ever. */
  static Found all(ModelConfig config, ModelRules rules) {
    ModelSearch search = new ModelSearch(config, rules);
    search.reach();
    return search.found(search.violation < 0 ? search.endless() : Optional.empty());
  }

  /** Looks for harm alone. */
  static Found harm(ModelConfig config, ModelRules rules) {
    ModelSearch search = new ModelSearch(config, rules);
    search.reach();
    return search.found(Optional.empty());
  }

  private Found found(Optional<String> endless) {
    return new Found(
        states.size(),
        logs.size(),
        violation < 0 ? Optional.empty() : Optional.of(trace(violation)),
        endless);
  }

  private void reach() {
    add(ModelState.start(0, config), -1);
    for (int i = 0; i < states.size() && violation < 0; i++) {
      int from = i;
      steps.from(
          states.get(i),
          (event, who, next) -> {
            int to = add(next, from);
            if (event.progress) {
              ways = wayCount + 2 > ways.length ? Arrays.copyOf(ways, 2 * wayCount) : ways;
              ways[wayCount++] = from;
              ways[wayCount++] = to;
            }
          });
      if (states.size() > MANY) {
        throw new AssertionError("more than %d states".formatted(MANY));
      }
    }
  }

  private int add(ModelState next, int from) {
    ModelState state = representative(next);
    int number = states.size();
    Integer known = numbers.putIfAbsent(state, number);
    if (known != null) {
      return known;
    }
    states.add(state);
    if (number == parents.length) {
      parents = Arrays.copyOf(parents, 2 * number);
    }
    parents[number] = from;
    if (violation < 0 && isHarm(state)) {
      violation = number;
    }
    return number;
  }

  private ModelState representative(ModelState state) {
    return config.isSymmetric() ? state.representative(logs, config.waitings()) : state;
  }

  /**
   * Whether somebody was let go who breaks something together with those who hold an earlier lock,
   * and are let go or down by that. Whoever crashes is no fault of turns, and whoever is let go
   * whatever the verdict is no fault of those before.
   */
  private boolean isHarm(ModelState state) {
    for (int i = 0; i < config.waitings(); i++) {
      if (!isOut(state, i) || state.has(i, ModelState.FORCED)) {
        continue;
      }
      int own = 1 << config.nodes().get(i);
      int gone = own;
      List<Long> lock = logs.log(state.log()).lock();
      for (int j = 0; j < config.waitings(); j++) {
        if (isOut(state, j) && lock.get(j) < lock.get(i)) {
          gone |= 1 << config.nodes().get(j);
        }
      }
      if (config.breaks(own, gone)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOut(ModelState state, int waiting) {
    return state.where(waiting) == Where.LEFT || state.where(waiting) == Where.DOWN;
  }

  private String trace(int last) {
    Deque<String> lines = new ArrayDeque<>();
    for (int at = last; at >= 0; at = parents[at]) {
      int here = at;
      String[] how = {"start"};
      if (parents[at] >= 0) {
        steps.from(
            states.get(parents[at]),
            (event, who, next) -> {
              if (representative(next).equals(states.get(here))) {
                how[0] = event + " " + actor(who);
              }
            });
      }
      lines.addFirst(how[0] + " -> " + states.get(at).describe(config));
    }
    return String.join("\n", lines);
  }

  private String actor(int who) {
    return who < config.waitings() ? ModelLog.id(who) : "node " + (who - config.waitings());
  }

  /**
   * Whether each state has a way, without faults, to one where all waitings have ended: then steps
   * that come in random order get there. Where the waitings have names, every actor in turn takes a
   * step if it has one, and that has to get there, too.
   */
  private Optional<String> endless() {
    BitSet ends = ending();
    int never = ends.nextClearBit(0);
    if (never < states.size()) {
      return Optional.of(trace(never) + "\nand from there no way leads to the end");
    }
    return config.isSymmetric() ? Optional.empty() : endlessInTurn();
  }

  private BitSet ending() {
    int[] first = new int[states.size() + 1];
    for (int i = 0; i < wayCount; i += 2) {
      first[ways[i + 1]]++;
    }
    for (int i = 1; i < first.length; i++) {
      first[i] += first[i - 1];
    }
    int[] before = new int[wayCount / 2];
    for (int i = 0; i < wayCount; i += 2) {
      before[--first[ways[i + 1]]] = ways[i];
    }
    BitSet ends = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < states.size(); i++) {
      if (isOver(states.get(i))) {
        ends.set(i);
        open.add(i);
      }
    }
    while (!open.isEmpty()) {
      int at = open.remove();
      for (int i = first[at]; i < first[at + 1]; i++) {
        if (!ends.get(before[i])) {
          ends.set(before[i]);
          open.add(before[i]);
        }
      }
    }
    return ends;
  }

  private Optional<String> endlessInTurn() {
    int actors = config.waitings() + config.nodeCount();
    BitSet ends = new BitSet();
    for (int i = 0; i < states.size(); i++) {
      Optional<String> stuck = run(i, actors, ends);
      if (stuck.isPresent()) {
        return stuck;
      }
    }
    return Optional.empty();
  }

  private Optional<String> run(int from, int actors, BitSet ends) {
    List<Integer> path = new ArrayList<>();
    Set<Integer> onPath = new HashSet<>();
    int state = from;
    int actor = from % actors;
    int idle = 0;
    while (!isOver(states.get(state))) {
      int at = state * actors + actor;
      if (ends.get(at)) {
        break;
      }
      if (!onPath.add(at) || idle > actors) {
        return Optional.of(
            trace(from)
                + "\nand from there on, without faults, for ever or not at all: "
                + states.get(state).describe(config));
      }
      path.add(at);
      ModelState next = step(states.get(state), actor);
      idle = next == null ? idle + 1 : 0;
      state = next == null ? state : numbers.get(next);
      actor = (actor + 1) % actors;
    }
    path.forEach(ends::set);
    return Optional.empty();
  }

  private ModelState step(ModelState state, int actor) {
    ModelState[] first = {null};
    steps.from(
        state,
        (event, who, next) -> {
          if (first[0] == null && who == actor && event.progress) {
            first[0] = next;
          }
        });
    return first[0];
  }

  private boolean isOver(ModelState state) {
    for (int i = 0; i < config.waitings(); i++) {
      if (state.where(i) != Where.DONE) {
        return false;
      }
    }
    return true;
  }
}

package dev.kafkapod.turns;

import dev.kafkapod.common.Verdict;
import dev.kafkapod.turns.ModelConfig.Fault;
import dev.kafkapod.turns.ModelConfig.Grain;
import dev.kafkapod.turns.ModelLogs.Outcome;
import dev.kafkapod.turns.ModelLogs.Write;
import dev.kafkapod.turns.ModelState.Node;
import dev.kafkapod.turns.ModelState.Where;

/** What may happen next. */
final class ModelSteps {

  /** What happened, for a trace. */
  enum Event {
    STEPS(true),
    AGENT_RELEASES(true),
    TIME_IS_OVER(true),
    NODE_STOPS(true),
    NODE_IS_BACK(true),
    CHANGE_IS_NOTICED(true),
    WRITE_GOES_WRONG(false),
    COPY_COMES(false),
    RECORD_ENDS(false),
    DIES(false),
    IS_INTERRUPTED(false),
    IS_FORCED(false),
    SOMEBODY_RELEASES(false),
    NODE_CRASHES(false);

    /** Whether it happens sooner or later in a world without faults. */
    final boolean progress;

    Event(boolean progress) {
      this.progress = progress;
    }
  }

  /** Takes what may come next; in a world without faults, each actor's first one happens. */
  interface Sink {
    /**
     * One of them.
     *
     * @param who the waiting's number, or the number of waitings and then the node's
     */
    void next(Event event, int who, ModelState state);
  }

  private final ModelConfig config;
  private final ModelRules rules;
  private final ModelLogs logs;

  ModelSteps(ModelConfig config, ModelRules rules, ModelLogs logs) {
    this.config = config;
    this.rules = rules;
    this.logs = logs;
  }

  void from(ModelState state, Sink sink) {
    for (int i = 0; i < config.waitings(); i++) {
      steps(state, i, sink);
      time(state, i, sink);
      faults(state, i, sink);
    }
    for (int i = 0; i < logs.log(state.log()).copies().size(); i++) {
      int waiting = ModelLog.waitingOfCopy(logs.log(state.log()).copies().get(i));
      ModelState next = state.log(logs.copyCome(state.log(), i));
      StandingRequest before = logs.standing(state.log(), waiting);
      boolean stands = before == null; // or else it was too late
      sink.next(Event.COPY_COMES, waiting, stands ? next.without(waiting, ModelState.OVER) : next);
    }
    for (int i = 0; i < config.nodeCount(); i++) {
      node(state, i, sink);
    }
  }

  private void steps(ModelState state, int i, Sink sink) {
    int log = state.log();
    switch (state.where(i)) {
      case ASK ->
          write(
              state.without(i, ModelState.STUCK),
              i,
              state.has(i, ModelState.STUCK) ? Write.ASKS_STUCK : Write.ASKS,
              Where.READ,
              sink);
      case READ -> {
        if (logs.standing(log, i) == null) {
          sink.next(Event.STEPS, i, state.where(i, Where.ASK));
        } else {
          read(state, i, Where.LOOK, sink);
        }
      }
      case GO -> write(state, i, Write.GOES, Where.GO_READ, sink);
      case GO_READ -> readOwn(state, i, Where.GO_LOOK, sink);
      case CONFIRM_READ -> readOwn(state, i, Where.CONFIRM_LOOK, sink);
      case LOOK, GO_LOOK, CONFIRM_LOOK -> look(state, i, sink);
      case LET_GO -> write(state, i, Write.LET_GO, Where.CHECK, sink);
      case CHECK -> {
        if (logs.holds(log, i) && mayBeInTime(state, i)) {
          sink.next(Event.STEPS, i, state.where(i, Where.LEFT));
        }
        if (!logs.holds(log, i) || rules.looksAtTheTime()) {
          sink.next(Event.STEPS, i, state.where(i, Where.ASK));
        }
      }
      case BACK -> {
        int after = logs.forgotten(logs.released(log, i), i);
        sink.next(
            Event.AGENT_RELEASES,
            i,
            state.log(after).where(i, Where.DONE).without(i, ModelState.OVER));
      }
      case LEFT, DOWN, DONE -> {}
    }
  }

  /** A GOES whose record is over for others was over for its writer long before. */
  private boolean mayBeInTime(ModelState state, int i) {
    return !rules.looksAtTheTime() || !state.has(i, ModelState.OVER);
  }

  private void write(ModelState state, int i, Write write, Where then, Sink sink) {
    ModelState fresh = state.without(i, ModelState.OVER);
    // as its GOES is over by its own time, so is what says that it is let go
    boolean old = write == Write.LET_GO && state.has(i, ModelState.OVER);
    sink.next(
        Event.STEPS,
        i,
        fresh
            .log(logs.written(state.log(), i, write, Outcome.WRITTEN))
            .where(i, old && rules.looksAtTheTime() ? Where.ASK : then));
    if (state.left(Fault.WRITE) == 0) {
      return;
    }
    for (Outcome outcome : Outcome.values()) {
      if (outcome == Outcome.WRITTEN) {
        continue;
      }
      boolean stands = outcome == Outcome.TWICE || outcome == Outcome.UNHEARD;
      ModelState next =
          (stands ? fresh : state)
              .spent(Fault.WRITE)
              .log(logs.written(state.log(), i, write, outcome));
      boolean heard = outcome == Outcome.TWICE && !(old && rules.looksAtTheTime());
      sink.next(Event.WRITE_GOES_WRONG, i, next.where(i, heard ? then : Where.ASK));
    }
  }

  /** Whoever asks may be overtaken: his record may be over, or he may have been stuck for long. */
  private void read(ModelState state, int i, Where then, Sink sink) {
    int over = 0;
    int asking = 0;
    for (int each = 0; each < config.waitings(); each++) {
      StandingRequest other = logs.standing(state.log(), each);
      over |= state.has(each, ModelState.OVER) ? 1 << each : 0;
      boolean ends = state.where(each) == Where.DONE;
      if (other != null && !other.request().goes() && each != i) {
        asking |= 1 << each;
        over |= ends ? 1 << each : 0;
      }
    }
    int before = -1;
    // the first one is what comes in time: the dead are over, the living aren't
    for (int some = 0; ; some = (some - asking) & asking) {
      for (int patience = 1; patience >= 0; patience--) {
        int seen = logs.ahead(state.log(), i, over ^ some, patience == 1);
        if (seen != before) {
          before = seen;
          ModelState next = state.where(i, then).seen(i, seen);
          if (config.grain() == Grain.FINE) {
            sink.next(Event.STEPS, i, next);
          } else {
            look(next, i, sink);
          }
        }
      }
      if (some == asking) {
        return;
      }
    }
  }

  /** Where its GOES is gone, it holds no lock. */
  private void readOwn(ModelState state, int i, Where then, Sink sink) {
    if (!rules.readsBeyondItsGoes()) {
      look(state.where(i, then), i, sink);
    } else if (logs.holds(state.log(), i)) {
      read(state, i, then, sink);
    } else {
      read(state.log(logs.unlocked(state.log(), i)), i, then, sink);
    }
  }

  private void look(ModelState state, int i, Sink sink) {
    int sure = 0;
    int maybe = 0;
    for (int node = 0; node < config.nodeCount(); node++) {
      Node is = state.node(node);
      sure |= is == Node.DOWN ? 1 << node : 0;
      maybe |= is == Node.JUST_DOWN || is == Node.JUST_UP ? 1 << node : 0;
    }
    boolean locked = state.where(i) != Where.LOOK && logs.isLocked(state.log(), i);
    // each of those that have just changed is seen as it was, or as it is
    for (int some = maybe; ; some = (some - 1) & maybe) {
      if (locked && mayBeInTime(state, i)) {
        look(state, i, sure | some, true, sink);
      }
      if (!locked || rules.looksAtTheTime()) {
        look(state, i, sure | some, false, sink);
      }
      if (some == 0) {
        return;
      }
    }
  }

  private void look(ModelState state, int i, int down, boolean goes, Sink sink) {
    int own = 1 << config.nodes().get(i);
    boolean harm = config.breaks(own, own | down | state.seen(i));
    boolean stuck = config.breaks(own, own | down);
    decide(state, i, harm ? Verdict.Kind.NO : Verdict.Kind.YES, stuck, goes, sink);
    if (state.left(Fault.SILENCE) > 0) {
      decide(state.spent(Fault.SILENCE), i, Verdict.Kind.CANNOT_TELL, false, goes, sink);
    }
  }

  private void decide(
      ModelState state, int i, Verdict.Kind kind, boolean stuck, boolean goes, Sink sink) {
    TurnStep step = rules.step().next(goes, kind, state.where(i) == Where.CONFIRM_LOOK);
    ModelState next = rules.readsBeyondItsGoes() ? state.seen(i, 0) : state;
    Where where =
        switch (step) {
          case WAIT -> goes ? Where.GO_READ : hasSaid(state, i, stuck) ? Where.READ : Where.ASK;
          case GO -> Where.GO;
          case TAKE_BACK -> Where.ASK;
          case CONFIRM -> Where.CONFIRM_READ;
          case LET_GO -> Where.LET_GO;
        };
    next = next.where(i, where);
    next = stuck && where == Where.ASK ? next.with(i, ModelState.STUCK) : next;
    boolean writes = where == Where.ASK || where == Where.GO || where == Where.LET_GO;
    if (writes && config.grain() == Grain.COARSE) {
      steps(next, i, sink);
    } else {
      sink.next(Event.STEPS, i, next);
    }
  }

  /** Whether its newest record says already that it asks, and what it waits for. */
  private boolean hasSaid(ModelState state, int i, boolean stuck) {
    StandingRequest own = logs.standing(state.log(), i);
    return own != null
        && !own.request().goes()
        && stuck == (own.request().waitsFor() == TurnRequest.WaitsFor.CLUSTER);
  }

  /**
   * The time of a GOES is over, for others, too. Its writer has found that out before, whenever it
   * looks. One who was let go in time is down by then. That ASKS are over needs no step of its own:
   * whoever reads them may find them so.
   */
  private void time(ModelState state, int i, Sink sink) {
    StandingRequest standing = logs.standing(state.log(), i);
    if (standing == null || !standing.request().goes() || state.has(i, ModelState.OVER)) {
      return;
    }
    boolean mayEnd =
        switch (state.where(i)) {
          case LEFT, BACK -> false;
          case DOWN -> state.node(config.nodes().get(i)) == Node.DOWN;
          default -> true;
        };
    if (mayEnd) {
      sink.next(
          state.where(i) == Where.DONE ? Event.TIME_IS_OVER : Event.RECORD_ENDS,
          i,
          state.with(i, ModelState.OVER));
    }
  }

  private void faults(ModelState state, int i, Sink sink) {
    Where where = state.where(i);
    int log = state.log();
    if (where.compareTo(Where.CHECK) <= 0 && state.left(Fault.END) > 0) {
      ModelState ended =
          state.spent(Fault.END).where(i, Where.DONE).seen(i, 0).without(i, ModelState.STUCK);
      sink.next(Event.DIES, i, ended.log(logs.forgotten(log, i)));
      sink.next(
          Event.IS_INTERRUPTED,
          i,
          ended.log(logs.forgotten(logs.released(log, i), i)).without(i, ModelState.OVER));
    }
    if (where.compareTo(Where.CHECK) <= 0 && state.left(Fault.FORCE) > 0) {
      boolean holds =
          where.compareTo(Where.GO_READ) >= 0
              && logs.holds(log, i)
              && !state.has(i, ModelState.OVER);
      int before = holds ? log : logs.unlocked(log, i);
      sink.next(
          Event.IS_FORCED,
          i,
          state
              .spent(Fault.FORCE)
              .log(logs.written(before, i, Write.LET_GO, Outcome.WRITTEN))
              .where(i, Where.LEFT)
              .seen(i, 0)
              .without(i, ModelState.STUCK)
              .without(i, ModelState.OVER)
              .with(i, ModelState.FORCED));
    }
    boolean left = where == Where.LEFT || where == Where.DOWN;
    if (!left && logs.standing(log, i) != null && state.left(Fault.RELEASE) > 0) {
      sink.next(
          Event.SOMEBODY_RELEASES,
          i,
          state.spent(Fault.RELEASE).log(logs.released(log, i)).without(i, ModelState.OVER));
    }
  }

  private void node(ModelState state, int node, Sink sink) {
    int who = config.waitings() + node;
    Node is = state.node(node);
    boolean left = false;
    ModelState stopped = state;
    ModelState back = state;
    for (int i = 0; i < config.waitings(); i++) {
      if (config.nodes().get(i) == node) {
        left |= state.where(i) == Where.LEFT;
        if (state.where(i) == Where.LEFT) {
          stopped = stopped.where(i, Where.DOWN);
        }
        if (state.where(i) == Where.DOWN) {
          back =
              back.log(logs.unlocked(back.log(), i))
                  .where(i, Where.BACK)
                  .without(i, ModelState.FORCED)
                  .without(i, ModelState.STUCK);
        }
      }
    }
    if (left) {
      boolean wasUp = is == Node.UP || is == Node.JUST_UP;
      sink.next(
          Event.NODE_STOPS,
          who,
          wasUp ? stopped.node(node, config.lag() ? Node.JUST_DOWN : Node.DOWN) : stopped);
    } else if (is == Node.DOWN || is == Node.JUST_DOWN) {
      sink.next(Event.NODE_IS_BACK, who, back.node(node, config.lag() ? Node.JUST_UP : Node.UP));
    } else if (state.left(Fault.NODE) > 0) {
      sink.next(
          Event.NODE_CRASHES,
          who,
          state.spent(Fault.NODE).node(node, config.lag() ? Node.JUST_DOWN : Node.DOWN));
    }
    if (is == Node.JUST_DOWN || is == Node.JUST_UP) {
      sink.next(
          Event.CHANGE_IS_NOTICED,
          who,
          state.node(node, is == Node.JUST_DOWN ? Node.DOWN : Node.UP));
    }
  }
}

package dev.kafkapod.turns;

import dev.kafkapod.turns.TurnRequest.TurnKind;
import dev.kafkapod.turns.TurnRequest.WaitsFor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Every log that occurs, by number. What the product's rules say of it is asked for once. */
@SuppressWarnings("EnumOrdinal") // millions of states are kept, each packed into a few bits
final class ModelLogs {

  /** What may become of a record that is written. */
  enum Outcome {
    WRITTEN,
    /** It stands, and stands once more later. */
    TWICE,
    /** It stands, but its writer doesn't hear of it. */
    UNHEARD,
    /** It may come later; its writer knows nothing. */
    DELAYED,
    LOST
  }

  /** What is written. */
  enum Write {
    ASKS,
    ASKS_STUCK,
    GOES,
    LET_GO
  }

  private static final Outcome[] OUTCOMES = Outcome.values();

  private final ModelConfig config;
  private final ModelRules rules;
  private final Map<ModelLog, Integer> numbers = new HashMap<>();
  private final List<ModelLog> logs = new ArrayList<>();
  private final List<StandingRequest[]> standing = new ArrayList<>();
  private final Map<Long, Integer> after = new HashMap<>();
  private final Map<Long, Integer> ahead = new HashMap<>();

  ModelLogs(ModelConfig config, ModelRules rules) {
    this.config = config;
    this.rules = rules;
    number(ModelLog.empty(config.waitings()));
  }

  int size() {
    return logs.size();
  }

  ModelLog log(int number) {
    return logs.get(number);
  }

  /** A waiting's newest record; null if none stands. */
  StandingRequest standing(int log, int waiting) {
    return standing.get(log)[waiting];
  }

  /** Something that orders the waitings whatever their numbers are. */
  long rank(int log, int waiting) {
    StandingRequest own = standing(log, waiting);
    return own == null ? 0 : Math.min(15, 1 + own.offset());
  }

  boolean isLocked(int log, int waiting) {
    return logs.get(log).lock().get(waiting) >= 0;
  }

  private int number(ModelLog log) {
    ModelLog canonical = log.canonical();
    Integer known = numbers.putIfAbsent(canonical, logs.size());
    if (known != null) {
      return known;
    }
    logs.add(canonical);
    StandingRequest[] those = new StandingRequest[config.waitings()];
    for (int i = 0; i < those.length; i++) {
      those[i] = canonical.standing(i).orElse(null);
    }
    standing.add(those);
    return logs.size() - 1;
  }

  private int change(int log, int change, UnaryOperator<ModelLog> by) {
    long key = ((long) log << 16) | change;
    Integer known = after.get(key);
    if (known == null) {
      known = number(by.apply(logs.get(log)));
      after.put(key, known);
    }
    return known;
  }

  int written(int log, int waiting, Write write, Outcome outcome) {
    int change = ((write.ordinal() * OUTCOMES.length + outcome.ordinal()) << 4) | waiting;
    return change(log, change, it -> written(it, waiting, write, outcome));
  }

  private ModelLog written(ModelLog log, int waiting, Write write, Outcome outcome) {
    TurnRequest request =
        log.next(
            waiting,
            config.nodes().get(waiting),
            write.ordinal() < Write.GOES.ordinal() ? TurnKind.ASKS : TurnKind.GOES,
            write == Write.LET_GO,
            write == Write.ASKS_STUCK ? WaitsFor.CLUSTER : WaitsFor.TURN);
    ModelLog sent = log.sent(request);
    return switch (outcome) {
      case WRITTEN -> sent.appended(request, rules).acknowledged(request);
      case TWICE -> sent.appended(request, rules).acknowledged(request).copied(request);
      case UNHEARD -> sent.appended(request, rules).unlocked(waiting);
      case DELAYED -> sent.unlocked(waiting).copied(request);
      case LOST -> sent.unlocked(waiting);
    };
  }

  int released(int log, int waiting) {
    return change(
        log,
        1 << 10 | waiting,
        it ->
            it.appended(
                new TurnEntry.Release(
                    config.nodes().get(waiting),
                    Optional.of(ModelLog.id(waiting)),
                    "somebody",
                    "done"),
                rules));
  }

  int forgotten(int log, int waiting) {
    return change(log, 2 << 10 | waiting, it -> it.forgotten(waiting));
  }

  int unlocked(int log, int waiting) {
    return change(log, 3 << 10 | waiting, it -> it.unlocked(waiting));
  }

  int copyCome(int log, int copy) {
    return change(
        log,
        4 << 10 | copy,
        it -> {
          TurnRequest late = it.copies().get(copy);
          return it.withoutCopy(copy).appended(late, rules);
        });
  }

  int renamed(int log, int[] names) {
    int change = 5 << 10;
    for (int i = 0; i < names.length; i++) {
      change |= names[i] << (2 * i);
    }
    return change(log, change, it -> it.renamed(names));
  }

  /**
   * The nodes ahead of a waiting, as bits.
   *
   * @param over a bit for each waiting whose record's time is over
   * @param patience whether who is stuck has been so for long
   */
  int ahead(int log, int waiting, int over, boolean patience) {
    long key = ((long) log << 16) | (waiting << 8) | (over << 1) | (patience ? 1 : 0);
    return ahead.computeIfAbsent(
        key,
        it -> {
          Map<Long, Duration> watched = new HashMap<>();
          for (int i = 0; i < config.waitings(); i++) {
            if ((over & (1 << i)) != 0 && standing(log, i) != null) {
              watched.put(standing(log, i).offset(), TurnRequest.LONGEST);
            }
          }
          QueueClock clock =
              new QueueClock(
                  patience ? ModelLog.TIME.plus(Ahead.PATIENCE) : ModelLog.TIME,
                  ModelLog.TIME,
                  watched);
          StandingRequest own = standing(log, waiting);
          Ahead those =
              rules
                  .ahead()
                  .of(logs.get(log).queue(), clock, own == null ? List.of() : List.of(own));
          int bits = 0;
          for (int node : those.going()) {
            bits |= 1 << node;
          }
          for (int node : those.waiting()) {
            bits |= 1 << node;
          }
          return bits;
        });
  }

  /** Whether a waiting's GOES, as it remembers it, is still the lock. */
  boolean holds(int log, int waiting) {
    StandingRequest own = standing(log, waiting);
    long at = logs.get(log).lock().get(waiting);
    return own != null && at >= 0 && rules.lock().stands(logs.get(log).queue(), own, at);
  }
}

package dev.kafkapod.trial;

import dev.kafkapod.tryout.Arguments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What is tried, and how often.
 *
 * @param pairs rounds in which two nodes want to stop
 * @param triples rounds in which three do
 * @param lone how many stops of one node are measured, with turns and without
 * @param factor replicas of each partition, as many as there are brokers
 * @param minIsr how many of them must be in sync
 * @param kind who stops
 * @param turns whether the hooks take turns
 * @param faults what else happens in each round
 * @param clusters how many clusters share the rounds
 * @param seed what is by chance follows from it
 */
record TrialSetting(
    int pairs,
    int triples,
    int lone,
    int factor,
    int minIsr,
    Kind kind,
    boolean turns,
    Faults faults,
    int clusters,
    int seed) {

  /** Of the quorum, where it is tried. */
  static final int CONTROLLERS = 3;

  private static final int FIRST_CONTROLLER = 100;

  /** Who stops. */
  enum Kind {
    BROKERS,
    CONTROLLERS
  }

  /** What else happens while hooks wait. */
  enum Faults {
    NONE,
    LEADER_KILL,
    LEADER_STOP,
    HOOK_STOP;

    boolean isOfTheLeader() {
      return this == LEADER_KILL || this == LEADER_STOP;
    }
  }

  /**
   * One round to come.
   *
   * @param number from 1
   * @param stops how many nodes want to stop
   * @param order all nodes, by chance: the first of them that can stop do
   * @param faultAfter when the fault happens, since the hooks began
   */
  record Plan(int number, int stops, List<Integer> order, Duration faultAfter) {
    Plan {
      order = List.copyOf(order);
      Objects.requireNonNull(faultAfter);
    }
  }

  private static final List<String> OPTIONS =
      List.of(
          "--pairs",
          "--triples",
          "--lone",
          "--replication-factor",
          "--min-isr",
          "--kind",
          "--turns",
          "--faults",
          "--clusters",
          "--seed");
  private static final String USAGE =
      "write for example --pairs 20 --triples 5 --replication-factor 4 --min-isr 2 --turns on --faults none --clusters 2";
  private static final int PAIRS = 10;

  /** Before a hook can have had two yes, mostly. */
  private static final int FAULT_WITHIN_MS = 7000;

  TrialSetting {
    Objects.requireNonNull(kind);
    Objects.requireNonNull(faults);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  static TrialSetting parse(List<String> args) {
    Arguments given = new Arguments(args, OPTIONS);
    boolean counted = given.text("--triples").isPresent() || given.text("--lone").isPresent();
    int pairs = given.number("--pairs", counted ? 0 : PAIRS, 0, 1000);
    int triples = given.number("--triples", 0, 0, 1000);
    int lone = given.number("--lone", 0, 0, 100);
    int factor = given.number("--replication-factor", 3, 3, 4);
    int minIsr = given.number("--min-isr", 2, 1, 3);
    Kind kind = Kind.valueOf(word(given, "--kind", Kind.values()));
    boolean turns = given.word("--turns", "on", List.of("on", "off")).equals("on");
    Faults faults = Faults.valueOf(word(given, "--faults", Faults.values()));
    int clusters = given.number("--clusters", 1, 1, 4);
    int seed = given.number("--seed", new Random().nextInt(1_000_000), 0, 999_999);
    if (minIsr >= factor) {
      given.problem(
          "--min-isr: must be less than the replication factor, %d, because each partition is without one replica while its broker restarts, got %d"
              .formatted(factor, minIsr));
    }
    if (pairs + triples + lone == 0) {
      given.problem("--pairs, --triples, --lone: one of them must be more than 0");
    }
    if (kind == Kind.BROKERS && faults.isOfTheLeader() && triples > 0 && factor == 3) {
      given.problem(
          "--triples: three brokers can't stop while a fourth is disturbed if there are three; write --replication-factor 4");
    }
    given.requireNoProblem(USAGE);
    return new TrialSetting(
        pairs, triples, lone, factor, minIsr, kind, turns, faults, clusters, seed);
  }

  private static String word(Arguments given, String option, Enum<?>[] values) {
    List<String> words = Arrays.stream(values).map(TrialSetting::nameOf).toList();
    return given.word(option, words.get(0), words).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String nameOf(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The ids of those who may stop. */
  List<Integer> nodes() {
    return kind == Kind.BROKERS
        ? IntStream.range(0, factor).boxed().toList()
        : IntStream.range(FIRST_CONTROLLER, FIRST_CONTROLLER + CONTROLLERS).boxed().toList();
  }

  /** All rounds, pairs and triples mixed. */
  List<Plan> plans() {
    Random random = new Random(seed);
    List<Integer> stops = new ArrayList<>(Collections.nCopies(pairs, 2));
    stops.addAll(Collections.nCopies(triples, 3));
    Collections.shuffle(stops, random);
    List<Plan> plans = new ArrayList<>();
    for (int i = 0; i < stops.size(); i++) {
      List<Integer> order = new ArrayList<>(nodes());
      Collections.shuffle(order, random);
      plans.add(
          new Plan(
              i + 1,
              stops.get(i),
              order,
              Duration.ofMillis(500 + random.nextInt(FAULT_WITHIN_MS - 500))));
    }
    return plans;
  }

  /** How long each hook waits at most. */
  Duration maxWait() {
    return faults == Faults.HOOK_STOP ? Duration.ofSeconds(270) : Duration.ofSeconds(180);
  }

  /** The command that does it again. */
  String command() {
    return "scripts/turns-trial --pairs %d --triples %d --lone %d --replication-factor %d --min-isr %d --kind %s --turns %s --faults %s --clusters %d --seed %d"
        .formatted(
            pairs,
            triples,
            lone,
            factor,
            minIsr,
            nameOf(kind),
            turns ? "on" : "off",
            nameOf(faults),
            clusters,
            seed);
  }
}

package dev.kafkapod.rollout;

import dev.kafkapod.tryout.Arguments;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is to be rolled, and how.
 *
 * @param brokers how many
 * @param sets how many StatefulSets they are divided into, all rolled at the same time
 * @param replicas of each partition
 * @param load messages of 2 kB a second
 * @param gate when a broker is ready
 * @param stops what a stop waits for, and who else is rolled
 * @param limits how long sends may wait
 * @param runs how often it is done
 * @param output where the report goes
 */
record Setting(
    int brokers,
    int sets,
    Replicas replicas,
    int load,
    Gate gate,
    Stops stops,
    Limits limits,
    int runs,
    Path output) {

  static final int MESSAGE_BYTES = 2000;

  /** The node id of the first controller of its own. */
  static final int FIRST_CONTROLLER = 100;

  /** When a broker is ready: by the presets of kafka-pod, or as soon as its port is open. */
  enum Gate {
    STARTUP,
    BALANCED,
    STRICT,
    NONE;

    String optionName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Of each partition.
   *
   * @param factor how many
   * @param minIsr how many must be in sync
   */
  record Replicas(int factor, int minIsr) {

    /** As many as a stretched cluster has with two sets; otherwise Kafka's usual three. */
    static int usualFactor(int brokers, int sets) {
      return Math.min(brokers, sets == 2 ? 6 : 3);
    }

    /** Half of six, otherwise all but one. */
    static int usualMinIsr(int factor) {
      return Math.max(1, factor == 6 ? 3 : factor - 1);
    }
  }

  /**
   * What a stop waits for.
   *
   * @param hook whether each stop comes after {@code await-safe-stop}
   * @param turns whether these hooks take turns
   * @param controllers how many controllers are rolled too, in a StatefulSet of their own; with 0
   *     there is one, which isn't rolled
   */
  record Stops(boolean hook, boolean turns, int controllers) {
    static final Stops AT_ONCE = new Stops(false, false, 0);

    private String options() {
      return (hook && !turns && controllers == 0 ? " --hook on" : "")
          + (!hook && controllers > 0 ? " --hook off" : "")
          + (turns ? " --turns on" : "")
          + (controllers > 0 ? " --controllers " + controllers : "");
    }

    private String describe() {
      return (controllers > 0
              ? ", %d controllers that roll at the same time".formatted(controllers)
              : "")
          + (hook ? ", stops: after await-safe-stop, " + (turns ? "in turns" : "no turns") : "");
    }
  }

  private static final List<String> ON_OR_OFF = List.of("on", "off");
  private static final List<String> OPTIONS =
      List.of(
          "--brokers",
          "--sets",
          "--replication-factor",
          "--min-isr",
          "--load",
          "--gate",
          "--hook",
          "--turns",
          "--controllers",
          "--max-gap",
          "--max-p99",
          "--runs",
          "--output");
  private static final String USAGE =
      "write for example --brokers 6 --sets 2 --load 300 --gate balanced --max-gap 10s --output target/rollout.html";

  Setting {
    Objects.requireNonNull(replicas);
    Objects.requireNonNull(stops);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(output);
  }

  /**
   * Reads the command line.
   *
   * @param caller the folder that a relative {@code --output} starts from
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  static Setting parse(List<String> args, Path caller) {
    Arguments given = new Arguments(args, OPTIONS);
    int sets = given.number("--sets", 1, 1, 2);
    int brokers = given.number("--brokers", sets == 1 ? 3 : 6, 2 * sets, 9);
    int load = given.number("--load", sets == 1 ? 300 : 150, 1, 5000);
    if (brokers % sets != 0) {
      given.problem("--brokers: must be an even number for two sets, got " + brokers);
    }
    Replicas replicas = replicas(given, brokers, sets);
    Gate gate =
        Gate.valueOf(
            given
                .word(
                    "--gate",
                    Gate.BALANCED.optionName(),
                    Arrays.stream(Gate.values()).map(Gate::optionName).toList())
                .toUpperCase(Locale.ROOT));
    Stops stops = stops(given, gate);
    Limits limits = new Limits(given.time("--max-gap"), given.time("--max-p99"));
    int runs = given.number("--runs", 1, 1, 100);
    Path output = output(given, gate, caller);
    given.requireNoProblem(USAGE);
    return new Setting(brokers, sets, replicas, load, gate, stops, limits, runs, output);
  }

  private static Replicas replicas(Arguments given, int brokers, int sets) {
    int usual = Replicas.usualFactor(brokers, sets);
    int factor = given.number("--replication-factor", usual, 2, brokers);
    int minIsr = given.number("--min-isr", Replicas.usualMinIsr(factor), 1, 9);
    if (minIsr >= factor) {
      given.problem(
          "--min-isr: must be less than the replication factor, %d, because each partition is without one replica while its broker restarts, got %d"
              .formatted(factor, minIsr));
    }
    return new Replicas(factor, minIsr);
  }

  private static Stops stops(Arguments given, Gate gate) {
    boolean turns = given.word("--turns", "off", ON_OR_OFF).equals("on");
    int controllers = given.number("--controllers", 0, 0, 5);
    if (controllers == 1 || controllers == 2) {
      given.problem(
          "--controllers: must be 0, or 3 to 5, because a smaller quorum can't spare a controller while it restarts, got "
              + controllers);
    }
    String usual = gate != Gate.NONE && (turns || controllers > 0) ? "on" : "off";
    boolean hook = given.word("--hook", usual, ON_OR_OFF).equals("on");
    if (gate == Gate.NONE && (hook || turns)) {
      given.problem(
          "--gate: none is without kafka-pod, and so without its hook and its turns; leave out %s"
              .formatted(turns ? "--turns on" : "--hook on"));
    } else if (turns && !hook) {
      given.problem("--hook: off is without turns, because the hook takes them; leave out one");
    }
    return new Stops(hook, turns, controllers);
  }

  /** Where the caller says, from where the caller is; otherwise in the build's folder. */
  private static Path output(Arguments given, Gate gate, Path caller) {
    Path unset = Path.of("target/rollout-" + gate.optionName() + ".html");
    if (given.text("--output").isEmpty()) {
      return unset;
    }
    String text = given.text("--output").get();
    try {
      if (!text.isBlank() && !text.endsWith("/")) {
        return caller.resolve(text).normalize();
      }
    } catch (InvalidPathException e) {
      // told below
    }
    given.problem("--output: must be a file, got '%s'".formatted(text));
    return unset;
  }

  /** The same for one of several runs, from 1: each has a page of its own. */
  Path outputOf(int run) {
    if (runs == 1) {
      return output;
    }
    String name = output.getFileName().toString();
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return output.resolveSibling(name.substring(0, end) + "-" + run + name.substring(end));
  }

  /** In which set a broker is, from 0; controllers are in one more. */
  int setOf(int node) {
    return node >= FIRST_CONTROLLER ? sets : node / (brokers / sets);
  }

  /** What a broker is told of where it is: no two of a set are in the same zone. */
  String rackOf(int broker) {
    return "zone-%d/set-%d".formatted(broker % (brokers / sets), setOf(broker));
  }

  /** Where the partitions' replicas are: in all sets, as evenly as can be. */
  Map<Integer, List<Integer>> assignment(int partitions) {
    List<Integer> inTurn = new ArrayList<>();
    for (int ordinal = 0; ordinal < brokers / sets; ordinal++) {
      for (int set = 0; set < sets; set++) {
        inTurn.add(set * (brokers / sets) + ordinal);
      }
    }
    Map<Integer, List<Integer>> assignment = new TreeMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      List<Integer> places = new ArrayList<>();
      for (int replica = 0; replica < replicas.factor(); replica++) {
        places.add(inTurn.get((partition + replica) % brokers));
      }
      assignment.put(partition, places);
    }
    return assignment;
  }

  /** What people call a node. */
  String nameOf(int node) {
    return node >= FIRST_CONTROLLER
        ? "controller " + node
        : "broker " + node + (sets == 1 ? "" : ", set " + (setOf(node) + 1));
  }

  /** The command that does it again. */
  String command() {
    return "scripts/rollout --brokers %d --sets %d".formatted(brokers, sets)
        + (replicas.factor() == Replicas.usualFactor(brokers, sets)
            ? ""
            : " --replication-factor " + replicas.factor())
        + (replicas.minIsr() == Replicas.usualMinIsr(replicas.factor())
            ? ""
            : " --min-isr " + replicas.minIsr())
        + " --load %d --gate %s".formatted(load, gate.optionName())
        + stops.options()
        + limits.options();
  }

  /** For people. */
  String describe() {
    return "%d brokers in %s, replication factor %d, min.insync.replicas %d, %d messages of 2 kB a second with acks=all, readiness: %s%s"
        .formatted(
            brokers,
            sets == 1 ? "1 StatefulSet" : "2 StatefulSets that roll at the same time",
            replicas.factor(),
            replicas.minIsr(),
            load,
            gate == Gate.NONE ? "the port is open" : "kafka-pod, gate " + gate.optionName(),
            stops.describe());
  }
}

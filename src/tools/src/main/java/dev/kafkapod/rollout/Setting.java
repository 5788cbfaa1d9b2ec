package dev.kafkapod.rollout;

import dev.kafkapod.settings.Values;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be rolled, and how.
 *
 * @param brokers how many
 * @param sets how many StatefulSets they are divided into, all rolled at the same time
 * @param load messages of 2 kB a second
 * @param gate when a broker is ready
 * @param limits how long sends may wait
 * @param output where the report goes
 */
record Setting(int brokers, int sets, int load, Gate gate, Limits limits, Path output) {

  static final int MESSAGE_BYTES = 2000;

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

  private static final List<String> OPTIONS =
      List.of("--brokers", "--sets", "--load", "--gate", "--max-gap", "--max-p99", "--output");
  private static final String USAGE =
      "write for example --brokers 6 --sets 2 --load 300 --gate balanced --max-gap 10s --output target/rollout.html";

  /**
   * Reads the command line.
   *
   * @param caller the folder that a relative {@code --output} starts from
   * @throws IllegalArgumentException with everything that is wrong with it
   */
  static Setting parse(List<String> args, Path caller) {
    List<String> problems = new ArrayList<>();
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < args.size(); i++) {
      String[] pair = args.get(i).split("=", 2);
      boolean apart = pair.length == 1 && i + 1 < args.size();
      String value = pair.length == 2 ? pair[1] : apart ? args.get(++i) : "";
      if (!OPTIONS.contains(pair[0])) {
        problems.add(
            "there is no option '%s'; choose from %s"
                .formatted(pair[0], String.join(", ", OPTIONS)));
      } else if (given.put(pair[0], value) != null) {
        problems.add(pair[0] + " is given twice");
      }
    }
    int sets = number(given, "--sets", 1, 1, 2, problems);
    int brokers = number(given, "--brokers", sets == 1 ? 3 : 6, 2 * sets, 9, problems);
    int load = number(given, "--load", sets == 1 ? 300 : 150, 1, 5000, problems);
    if (brokers % sets != 0) {
      problems.add("--brokers: must be an even number for two sets, got " + brokers);
    }
    Gate gate = Gate.BALANCED;
    String name = given.getOrDefault("--gate", gate.optionName());
    try {
      gate = Gate.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      problems.add("--gate: must be startup, balanced, strict or none, got '%s'".formatted(name));
    }
    Limits limits =
        new Limits(time(given, "--max-gap", problems), time(given, "--max-p99", problems));
    Path output = output(given.get("--output"), gate, caller, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems) + "; " + USAGE);
    }
    return new Setting(brokers, sets, load, gate, limits, output);
  }

  /** Where the caller says, from where the caller is; otherwise in the build's folder. */
  private static Path output(String given, Gate gate, Path caller, List<String> problems) {
    Path unset = Path.of("target/rollout-" + gate.optionName() + ".html");
    if (given == null) {
      return unset;
    }
    try {
      if (!given.isBlank() && !given.endsWith("/")) {
        return caller.resolve(given).normalize();
      }
    } catch (InvalidPathException e) {
      // told below
    }
    problems.add("--output: must be a file, got '%s'".formatted(given));
    return unset;
  }

  private static Optional<Duration> time(
      Map<String, String> given, String option, List<String> problems) {
    if (!given.containsKey(option)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Values.duration(given.get(option)));
    } catch (IllegalArgumentException e) {
      problems.add(option + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static int number(
      Map<String, String> given,
      String option,
      int otherwise,
      int least,
      int most,
      List<String> problems) {
    String value = given.getOrDefault(option, String.valueOf(otherwise));
    int number = value.matches("\\d{1,6}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      problems.add(
          "%s: must be a whole number from %d to %d, got '%s'"
              .formatted(option, least, most, value));
      return otherwise;
    }
    return number;
  }

  /** As many replicas as a stretched cluster has with two sets; otherwise Kafka's usual three. */
  int replicationFactor() {
    return Math.min(brokers, sets == 2 ? 6 : 3);
  }

  /** Half of the replicas, or two of three. */
  int minIsr() {
    return Math.max(1, replicationFactor() == 6 ? 3 : replicationFactor() - 1);
  }

  /** In which set a broker is, from 0. */
  int setOf(int broker) {
    return broker / (brokers / sets);
  }

  /** The command that does it again. */
  String command() {
    return "scripts/rollout --brokers %d --sets %d --load %d --gate %s"
            .formatted(brokers, sets, load, gate.optionName())
        + limits.options();
  }

  /** For people. */
  String describe() {
    return "%d brokers in %s, replication factor %d, min.insync.replicas %d, %d messages of 2 kB a second with acks=all, readiness: %s"
        .formatted(
            brokers,
            sets == 1 ? "1 StatefulSet" : "2 StatefulSets that roll at the same time",
            replicationFactor(),
            minIsr(),
            load,
            gate == Gate.NONE ? "the port is open" : "kafka-pod, gate " + gate.optionName());
  }
}

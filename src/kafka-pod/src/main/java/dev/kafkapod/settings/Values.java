package dev.kafkapod.settings;

import dev.kafkapod.common.Address;
import dev.kafkapod.common.Nearest;
import dev.kafkapod.common.NodeNumber;
import dev.kafkapod.overrides.PrintableText;
import dev.kafkapod.placement.Dimension;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.stopping.Allowance;
import dev.kafkapod.turns.TurnEntry;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Turns texts into what they mean. Each throws an IllegalArgumentException whose message follows
 * the setting's name: the rule, what was seen, and what to write instead.
 */
public final class Values {

  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
  private static final Duration LONGEST_OVERRIDE = Duration.ofDays(30);
  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private Values() {}

  /**
   * {@code 500ms}, {@code 8s}, {@code 2m} or {@code 1h}; more than nothing, and at most 24 h,
   * because Kafka's clients count milliseconds in an int.
   */
  public static Duration duration(String value) {
    return duration(value, LONGEST, "8s");
  }

  /** How far ahead an override may end: {@code 90m} or {@code 72h}, at most 720 h. */
  public static Duration overrideLimit(String value) {
    return duration(value, LONGEST_OVERRIDE, "24h");
  }

  /** How long a cluster may be torn down: {@code 1h}, at most 4 h. */
  public static Duration tearDown(String value) {
    return duration(value, TurnEntry.TearDown.LONGEST, "1h");
  }

  /** How long to wait for others: {@code 30s}, at most 1 h; {@code 0} for not at all. */
  public static Duration pause(String value) {
    return value.matches("0+(ms|s|m|h)?")
        ? Duration.ZERO
        : duration(value, LONGEST_PAUSE, "30s, or 0");
  }

  /** Words of people: printable, and not endless. */
  public static String words(String value) {
    String text = value.strip();
    PrintableText.problem(text)
        .ifPresent(
            it -> {
              throw new IllegalArgumentException(it);
            });
    return text;
  }

  private static Duration duration(String value, Duration longest, String example) {
    Matcher matcher = DURATION.matcher(value);
    Duration time = matcher.matches() ? duration(matcher) : Duration.ZERO;
    if (time.isZero() || time.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "must be a time longer than 0 and up to %dh with its unit (ms, s, m or h), got '%s'; write for example %s"
              .formatted(longest.toHours(), value, example));
    }
    return time;
  }

  private static Duration duration(Matcher matcher) {
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** {@code host:port} or {@code [ipv6]:port}, a port from 1 to 65535. */
  public static Address address(String value) {
    return Address.read(value.strip())
        .filter(it -> value.strip().startsWith(it.host() + ":"))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be host:port with a port from 1 to 65535, got '%s'; write for example 127.0.0.1:9092"
                        .formatted(value)));
  }

  /** {@code true} or {@code false}. */
  public static String trueOrFalse(String value) {
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException("must be true or false, got '" + value + "'");
    }
    return value;
  }

  /** Whether something is switched on. */
  public static Boolean onOrOff(String value) {
    return switch (value) {
      case "on" -> true;
      case "off" -> false;
      default -> throw new IllegalArgumentException("must be on or off, got '%s'".formatted(value));
    };
  }

  /** A topic's name, as Kafka takes it (org.apache.kafka.common.internals.Topic). */
  public static String topic(String value) {
    if (!TOPIC.matcher(value).matches() || value.equals(".") || value.equals("..")) {
      throw new IllegalArgumentException(
          "must be a topic's name of up to 249 letters, digits, dots, underscores and hyphens, got '%s'"
              .formatted(value));
    }
    return value;
  }

  /** A cluster's id: Kafka takes any word. */
  public static String clusterId(String value) {
    if (!value.matches("[\\w-]{1,64}")) {
      throw new IllegalArgumentException(
          "must be one word of letters, digits, - and _, got '%s'; make one with kafka-storage.sh random-uuid"
              .formatted(value));
    }
    return value;
  }

  /** A number of partitions, at least 0. */
  public static Integer threshold(String value) {
    if (!value.matches("\\d{1,9}")) {
      throw new IllegalArgumentException(
          "must be a number of partitions, a whole number from 0, got '%s'".formatted(value));
    }
    return Integer.valueOf(value);
  }

  /** A node id, from 0 to what a signed 32-bit number holds. */
  public static Integer nodeId(String value) {
    OptionalInt id = NodeNumber.of(value);
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "must be a node id, a whole number from 0 to 2147483647, got '%s'".formatted(value));
    }
    return id.getAsInt();
  }

  /** How much harm is let pass that nothing avoids, by its name. */
  public static Allowance allowance(String value) {
    return named("allowance", value, Allowance.values(), Allowance::optionName);
  }

  /** What replicas are spread over, separated by commas, the weightiest first. */
  public static List<Dimension> dimensions(String value) {
    List<Dimension> dimensions =
        Arrays.stream(value.split(",", -1))
            .map(it -> named("dimension", it.strip(), Dimension.values(), Dimension::optionName))
            .toList();
    if (dimensions.size() != Set.copyOf(dimensions).size()) {
      throw new IllegalArgumentException(
          "must name each dimension once, got '%s'; write for example zone,cluster"
              .formatted(value));
    }
    return dimensions;
  }

  /** How many replicas a partition is to have, from 1 to what Kafka's protocol holds. */
  public static Integer replicationFactor(String value) {
    if (!value.matches("0*[1-9]\\d{0,4}") || Integer.parseInt(value) > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "must be a number of replicas, a whole number from 1 to %d, got '%s'"
              .formatted(Short.MAX_VALUE, value));
    }
    return Integer.valueOf(value);
  }

  /** A node id, or the name of a Kubernetes cluster. */
  public static String brokerOrCluster(String value) {
    String name = value.strip();
    if (name.isEmpty() || (name.matches("[+-]?\\d+") && NodeNumber.of(name).isEmpty())) {
      throw new IllegalArgumentException(
          "must be node ids or names of Kubernetes clusters, separated by commas, got '%s'; write for example 0,1,2 or east"
              .formatted(value));
    }
    return name;
  }

  /** A regular expression. */
  public static Pattern regex(String value) {
    try {
      return Pattern.compile(value);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "must be a regular expression, got '%s' (%s near character %d); write for example 'test-.*'"
              .formatted(value, e.getDescription(), e.getIndex() + 1),
          e);
    }
  }

  /** A condition by its name. */
  public static Condition condition(String value) {
    return Condition.named(value)
        .orElseThrow(() -> unknown("condition", value, Condition.optionNames()));
  }

  /** A gate by its name. */
  public static Gate gate(String value) {
    return named("gate", value, Gate.values(), Gate::optionName);
  }

  /** A set of gates by its name. */
  public static GatePreset preset(String value) {
    return named("preset", value, GatePreset.values(), GatePreset::optionName);
  }

  /** {@code condition=gate} pairs, separated by commas. */
  public static Map<Condition, Gate> gates(String value) {
    Map<Condition, Gate> gates = new EnumMap<>(Condition.class);
    for (String pair : value.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "must be CONDITION=GATE, got '%s'; write for example at-min-isr=startup"
                .formatted(pair));
      }
      gates.put(
          condition(pair.substring(0, equals).strip()), gate(pair.substring(equals + 1).strip()));
    }
    return gates;
  }

  /** Addresses, separated by commas. */
  public static List<Address> addresses(String value) {
    return Arrays.stream(value.split(",", -1)).map(Values::address).toList();
  }

  /** A file or directory. */
  public static Path path(String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must be a path, got '" + value + "'", e);
    }
  }

  /** Where to listen: an address, or empty for {@code off}. */
  public static Optional<Address> addressOrOff(String value) {
    return value.equals("off") ? Optional.empty() : Optional.of(address(value));
  }

  private static <T> T named(String kind, String value, T[] all, Function<T, String> name) {
    return Arrays.stream(all)
        .filter(it -> name.apply(it).equals(value))
        .findFirst()
        .orElseThrow(() -> unknown(kind, value, Arrays.stream(all).map(name).toList()));
  }

  private static IllegalArgumentException unknown(String kind, String value, List<String> names) {
    return new IllegalArgumentException(
        "there is no %s '%s'%s; choose from %s"
            .formatted(kind, value, Nearest.hint(value, names), String.join(", ", names)));
  }
}

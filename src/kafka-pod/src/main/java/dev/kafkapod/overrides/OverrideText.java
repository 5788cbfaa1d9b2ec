package dev.kafkapod.overrides;

import dev.kafkapod.common.Nearest;
import dev.kafkapod.common.NodeNumber;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Condition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what an override file's lines say, strictly, and writes them. */
public final class OverrideText {

  static final List<String> KEYS =
      List.of("readiness", "ignore", "brokers", "by", "reason", "since", "until");

  private static final int PROBLEMS = 10;
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");

  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private final Duration max;
  private final String limit;

  private OverrideText(Duration max, String limit) {
    this.max = max;
    this.limit = limit;
  }

  /** One line: a key and its value, as Java properties have them. */
  public record PropertyLine(String key, String value) {}

  /**
   * What came of reading.
   *
   * @param override what the lines say; empty if anything is wrong with them
   * @param problems everything that is wrong, each one phrase
   */
  public record Parsed(Optional<ReadinessOverride> override, List<String> problems) {
    public Parsed {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads the lines of a file. What comes of it depends on nothing but the lines: what is too long
   * is so in every pod and at every time.
   *
   * @param max how long after {@code since} an override may end
   * @param limit that rule, for messages: {@code at most 24h after 'since'}
   */
  public static Parsed parse(List<PropertyLine> lines, Duration max, String limit) {
    OverrideText text = new OverrideText(max, limit);
    text.collect(lines);
    Optional<ReadinessOverride> override = text.read();
    int more = text.problems.size() - PROBLEMS;
    List<String> shown = new ArrayList<>(text.problems.stream().limit(PROBLEMS).toList());
    if (more > 0) {
      shown.add("and " + more + " more mistakes");
    }
    return new Parsed(override.filter(it -> shown.isEmpty()), shown);
  }

  /**
   * The file's text. The end stands last, and a file can't do without: of a file that was cut off,
   * no part is an override.
   */
  public static String format(ReadinessOverride override) {
    StringBuilder text = new StringBuilder("# see kafka-pod override --help\n");
    line(text, "readiness", override.readiness().optionName());
    if (!override.ignoredNames().isEmpty()) {
      line(text, "ignore", String.join(", ", override.ignoredNames()));
    }
    if (!override.brokers().isEmpty()) {
      line(
          text,
          "brokers",
          new TreeSet<>(override.brokers())
              .stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    override.by().ifPresent(by -> line(text, "by", by));
    line(text, "reason", override.reason());
    line(text, "since", override.since().toString());
    line(text, "until", override.until().toString());
    return text.toString();
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append(" = ").append(value.replace("\\", "\\\\")).append('\n');
  }

  private void collect(List<PropertyLine> lines) {
    for (PropertyLine line : lines) {
      if (!KEYS.contains(line.key())) {
        problems.add(unknown("key", line.key(), KEYS));
      } else if (values.putIfAbsent(line.key(), line.value().strip()) != null) {
        problems.add("'%s' is given twice; leave one out".formatted(line.key()));
      }
    }
  }

  private Optional<ReadinessOverride> read() {
    Readiness readiness = readiness();
    Set<Condition> ignored = EnumSet.noneOf(Condition.class);
    boolean unknown = ignore(ignored);
    if (readiness != Readiness.EVALUATE && values.containsKey("ignore")) {
      problems.add(
          "'ignore' goes with readiness = evaluate only, because '%s' leaves nothing to ignore; leave one of the two out"
              .formatted(readiness.optionName()));
    }
    Set<Integer> brokers = brokers();
    Optional<Instant> since = instant("since");
    Optional<Instant> until = instant("until");
    if (since.isPresent() && until.isPresent()) {
      checkLength(since.get(), until.get());
    }
    Optional<String> reason = phrase("reason", true);
    Optional<String> by = phrase("by", false);
    return problems.isEmpty()
        ? Optional.of(
            new ReadinessOverride(
                readiness, ignored, unknown, brokers, since.get(), until.get(), reason.get(), by))
        : Optional.empty();
  }

  private Readiness readiness() {
    String value = values.getOrDefault("readiness", Readiness.EVALUATE.optionName());
    for (Readiness readiness : Readiness.values()) {
      if (readiness.optionName().equals(value)) {
        return readiness;
      }
    }
    problems.add(
        "'readiness': "
            + unknown(
                "answer",
                value,
                Arrays.stream(Readiness.values()).map(Readiness::optionName).toList()));
    return Readiness.EVALUATE;
  }

  /** Adds the conditions, and returns whether {@code unknown} is among them. */
  private boolean ignore(Set<Condition> conditions) {
    boolean unknown = false;
    List<String> names = new ArrayList<>(Condition.optionNames());
    names.add(ReadinessOverride.UNKNOWN);
    for (String name : list("ignore")) {
      unknown |= name.equals(ReadinessOverride.UNKNOWN);
      if (!names.contains(name)) {
        problems.add("'ignore': " + unknown("condition", name, names));
      }
      Condition.named(name).ifPresent(conditions::add);
    }
    return unknown;
  }

  private Set<Integer> brokers() {
    Set<Integer> brokers = new TreeSet<>();
    for (String id : list("brokers")) {
      OptionalInt broker = NodeNumber.of(id);
      if (broker.isPresent()) {
        brokers.add(broker.getAsInt());
      } else {
        problems.add(
            "'brokers' must be node ids, separated by commas, got '%s'; write for example 3, 4"
                .formatted(PrintableText.shown(id)));
      }
    }
    return brokers;
  }

  private List<String> list(String key) {
    String value = values.get(key);
    return value == null
        ? List.of()
        : Arrays.stream(value.split(",", -1)).map(String::strip).toList();
  }

  private Optional<Instant> instant(String key) {
    String value = values.get(key);
    if (value == null) {
      problems.add(
          "'%s' is missing; write for example %s = 2030-01-01T00:00:00Z".formatted(key, key));
      return Optional.empty();
    }
    Optional<Instant> instant = instantOf(value);
    if (instant.isEmpty()) {
      problems.add(
          "'%s' must be an instant in UTC, got '%s'; write for example 2030-01-01T00:00:00Z"
              .formatted(key, PrintableText.shown(value)));
    }
    return instant;
  }

  private void checkLength(Instant since, Instant until) {
    if (until.isAfter(since.plus(max))) {
      problems.add("'until' must be %s, got '%s'".formatted(limit, values.get("until")));
    }
  }

  /** An instant as an override file has it: {@code 2030-01-01T00:00:00Z}. */
  private static Optional<Instant> instantOf(String value) {
    if (!INSTANT.matcher(value).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // there is no such day or time
    }
  }

  private Optional<String> phrase(String key, boolean required) {
    String value = values.get(key);
    if (value == null) {
      if (required) {
        problems.add("'%s' is missing; give the reason, which every answer shows".formatted(key));
      }
      return Optional.empty();
    }
    try {
      PrintableText.check(key, value);
      return Optional.of(value);
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private static String unknown(String kind, String typed, Collection<String> names) {
    return "there is no %s '%s'%s; choose from %s"
        .formatted(
            kind, PrintableText.shown(typed), Nearest.hint(typed, names), String.join(", ", names));
  }
}

package dev.kafkapod.tryout;

import dev.kafkapod.settings.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A script's options, each with a value, and everything that is wrong with them. */
public final class Arguments {

  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> given = new TreeMap<>();

  /**
   * Reads {@code --name value} and {@code --name=value}.
   *
   * @param options the names that there are
   */
  public Arguments(List<String> args, List<String> options) {
    for (int i = 0; i < args.size(); i++) {
      String[] pair = args.get(i).split("=", 2);
      boolean apart = pair.length == 1 && i + 1 < args.size();
      String value = pair.length == 2 ? pair[1] : apart ? args.get(++i) : "";
      if (!options.contains(pair[0])) {
        problems.add(
            "there is no option '%s'; choose from %s"
                .formatted(pair[0], String.join(", ", options)));
      } else if (given.put(pair[0], value) != null) {
        problems.add(pair[0] + " is given twice");
      }
    }
  }

  /** What an option was given, if it was. */
  public Optional<String> text(String option) {
    return Optional.ofNullable(given.get(option));
  }

  /** A whole number within bounds. */
  public int number(String option, int otherwise, int least, int most) {
    String value = given.getOrDefault(option, String.valueOf(otherwise));
    int number = value.matches("\\d{1,6}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      problem(
          "%s: must be a whole number from %d to %d, got '%s'"
              .formatted(option, least, most, value));
      return otherwise;
    }
    return number;
  }

  /** One of some words. */
  public String word(String option, String otherwise, List<String> words) {
    String value = given.getOrDefault(option, otherwise);
    if (!words.contains(value)) {
      problem(
          "%s: must be %s or %s, got '%s'"
              .formatted(
                  option,
                  String.join(", ", words.subList(0, words.size() - 1)),
                  words.get(words.size() - 1),
                  value));
      return otherwise;
    }
    return value;
  }

  /** A time with its unit. */
  public Optional<Duration> time(String option) {
    try {
      return text(option).map(Values::duration);
    } catch (IllegalArgumentException e) {
      problem(option + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** One more thing that is wrong. */
  public void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Says all that is wrong.
   *
   * @param usage how it is right
   * @throws IllegalArgumentException if anything is wrong
   */
  public void requireNoProblem(String usage) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems) + "; " + usage);
    }
  }
}

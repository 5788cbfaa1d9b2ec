package dev.kafkapod.rendering;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;

/**
 * How the apache/kafka image reads the value of a variable: it writes the value as it is into a
 * file of properties (kafka.docker.KafkaDockerWrapper), so that backslashes are escapes there and a
 * line break begins another setting. kafka-pod takes a value literally. Where the two differ, a
 * setup that moves here would change its meaning without a word.
 */
final class EscapedReading {

  static final List<RenderRule> RULES =
      List.of(RenderRule.of("variables-have-no-escapes", EscapedReading::variables));

  private EscapedReading() {}

  private static void variables(RuleInput input, Problems problems) {
    input.settings().written().stream()
        .filter(KafkaVariables::isValueOfOne)
        .sorted(Comparator.comparing(it -> it.origin().source()))
        .forEach(it -> check(it, problems));
  }

  /** Warns where a variable's value means something else there. */
  private static void check(Setting setting, Problems problems) {
    String literal = setting.raw().reveal();
    if (literal.indexOf('\\') < 0 && literal.indexOf('\n') < 0 && literal.indexOf('\r') < 0) {
      return;
    }
    Optional<Map<Object, Object>> there = read(literal);
    if (there.isEmpty()) {
      problems.warning(
          setting,
          "is taken as it is, '%s'; the apache/kafka image would refuse it for its \\u, which has no four hexadecimal digits; change it if another value is meant",
          literal);
      return;
    }
    String value = String.valueOf(there.get().getOrDefault("x", ""));
    if (there.get().size() > 1) {
      there.get().remove("x");
      problems.warning(
          setting,
          "is taken as it is, over several lines, '%s'; the apache/kafka image would end it at the line break, '%s', and set %s as well; write the settings apart if that is meant",
          literal,
          value,
          String.join(
              ", ", new TreeSet<>(there.get().keySet().stream().map(Object::toString).toList())));
    } else if (!value.strip().equals(literal.strip())) {
      problems.warning(
          setting,
          "is taken as it is, '%s'; the apache/kafka image would take backslashes for escapes and read '%s'; write that if it is meant",
          literal,
          value);
    }
  }

  private static Optional<Map<Object, Object>> read(String value) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader("x=" + value));
      return Optional.of(new HashMap<>(properties));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

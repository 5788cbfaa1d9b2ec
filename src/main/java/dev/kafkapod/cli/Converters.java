package dev.kafkapod.cli;

import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.Gate;
import dev.kafkapod.readiness.GatePreset;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.management.remote.JMXServiceURL;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Turn option values into what they mean. Each message says the rule, what was seen, and what to
 * write instead.
 */
final class Converters {

  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:\\[\\]]+):(\\d{1,5})");

  /**
   * What the JDK can connect to without more: any other protocol or directory fails late, or asks
   * strangers.
   */
  private static final Pattern RMI_URL =
      Pattern.compile("service:jmx:rmi://[^/]*/(jndi/rmi://[^/]+/.+|stub/.+)");

  private static final int HIGHEST_PORT = 65535;

  private Converters() {}

  /**
   * {@code 500ms}, {@code 8s}, {@code 2m} or {@code 1h}; more than nothing, and at most 24 h, for
   * Kafka's clients count milliseconds in an int.
   */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      Matcher matcher = DURATION.matcher(value);
      Duration time = matcher.matches() ? duration(matcher) : Duration.ZERO;
      if (time.isZero() || time.compareTo(LONGEST) > 0) {
        throw new TypeConversionException(
            "must be a time longer than 0 and up to 24h with its unit (ms, s, m or h), got '%s'; write for example 8s"
                .formatted(value));
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
  }

  /** {@code host:port} or {@code [ipv6]:port}, a port from 1 to 65535. */
  static final class AddressConverter implements ITypeConverter<Address> {
    @Override
    public Address convert(String value) {
      Matcher matcher = ADDRESS.matcher(value.strip());
      int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
      if (port < 1 || port > HIGHEST_PORT) {
        throw new TypeConversionException(
            "must be host:port with a port from 1 to 65535, got '%s'; write for example 127.0.0.1:9092"
                .formatted(value));
      }
      return new Address(matcher.group(1), port);
    }
  }

  static final class JmxUrlConverter implements ITypeConverter<JMXServiceURL> {
    @Override
    public JMXServiceURL convert(String value) {
      if (!RMI_URL.matcher(value).matches()) {
        throw new TypeConversionException(
            "must be a JMX service URL of the form service:jmx:rmi:///jndi/rmi://HOST:PORT/jmxrmi, got '%s'"
                .formatted(value));
      }
      try {
        return new JMXServiceURL(value);
      } catch (MalformedURLException e) {
        throw new TypeConversionException(
            "must be a JMX service URL of the form service:jmx:rmi:///jndi/rmi://HOST:PORT/jmxrmi, got '%s' (%s)"
                .formatted(value, e.getMessage()));
      }
    }
  }

  static final class PidConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
      if (!value.matches("[1-9]\\d{0,17}")) {
        throw new TypeConversionException(
            "must be a process id, a whole number from 1, got '%s'".formatted(value));
      }
      return Long.parseLong(value);
    }
  }

  /** A number of partitions, at least 0. */
  static final class ThresholdConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      if (!value.matches("\\d{1,9}")) {
        throw new TypeConversionException(
            "must be a number of partitions, a whole number from 0, got '%s'".formatted(value));
      }
      return Integer.valueOf(value);
    }
  }

  static final class RegexConverter implements ITypeConverter<Pattern> {
    @Override
    public Pattern convert(String value) {
      try {
        return Pattern.compile(value);
      } catch (PatternSyntaxException e) {
        throw new TypeConversionException(
            "must be a regular expression, got '%s' (%s near character %d); write for example 'test-.*'"
                .formatted(value, e.getDescription(), e.getIndex() + 1));
      }
    }
  }

  static final class ConditionConverter implements ITypeConverter<Condition> {
    @Override
    public Condition convert(String value) {
      return Condition.named(value)
          .orElseThrow(() -> unknown("condition", value, Condition.optionNames()));
    }
  }

  static final class GateConverter implements ITypeConverter<Gate> {
    @Override
    public Gate convert(String value) {
      return named("gate", value, Gate.values(), Gate::optionName);
    }
  }

  static final class PresetConverter implements ITypeConverter<GatePreset> {
    @Override
    public GatePreset convert(String value) {
      return named("preset", value, GatePreset.values(), GatePreset::optionName);
    }
  }

  private static <T> T named(String kind, String value, T[] all, Function<T, String> name) {
    return Arrays.stream(all)
        .filter(it -> name.apply(it).equals(value))
        .findFirst()
        .orElseThrow(() -> unknown(kind, value, Arrays.stream(all).map(name).toList()));
  }

  private static TypeConversionException unknown(String kind, String value, List<String> names) {
    return new TypeConversionException(
        "there is no %s '%s'%s; choose from %s"
            .formatted(
                kind,
                value,
                Nearest.to(value, names).map(it -> " (did you mean " + it + "?)").orElse(""),
                String.join(", ", names)));
  }
}

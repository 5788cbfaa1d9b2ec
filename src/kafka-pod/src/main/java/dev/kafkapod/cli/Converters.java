package dev.kafkapod.cli;

import java.net.MalformedURLException;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.management.remote.JMXServiceURL;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Turn option values into what they mean, in picocli's terms. */
final class Converters {

  /**
   * What the JDK can connect to without more: any other protocol or directory fails late, or asks
   * strangers.
   */
  private static final Pattern RMI_URL =
      Pattern.compile("service:jmx:rmi://[^/]*/(jndi/rmi://[^/]+/.+|stub/.+)");

  private Converters() {}

  /** A converter that reports what the reading of a value complains about. */
  static <T> ITypeConverter<T> of(Function<String, T> reading) {
    return value -> {
      try {
        return reading.apply(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  static JMXServiceURL jmxUrl(String value) {
    String rule =
        "must be a JMX service URL of the form service:jmx:rmi:///jndi/rmi://HOST:PORT/jmxrmi, got '%s'"
            .formatted(value);
    if (!RMI_URL.matcher(value).matches()) {
      throw new IllegalArgumentException(rule);
    }
    try {
      return new JMXServiceURL(value);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(rule + " (" + e.getMessage() + ")", e);
    }
  }

  static Long pid(String value) {
    if (!value.matches("[1-9]\\d{0,17}")) {
      throw new IllegalArgumentException(
          "must be a process id, a whole number from 1, got '%s'".formatted(value));
    }
    return Long.valueOf(value);
  }
}

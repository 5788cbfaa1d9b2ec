package dev.kafkapod.settings;

import java.util.Locale;

/** How settings are named in the environment: {@code --jmx-url} is {@code KAFKA_POD_JMX_URL}. */
public final class EnvironmentVariable {

  private static final String PREFIX = "KAFKA_POD_";

  private EnvironmentVariable() {}

  /** The variable for a setting, whose name may begin with dashes. */
  public static String of(String setting) {
    return PREFIX + setting.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }
}

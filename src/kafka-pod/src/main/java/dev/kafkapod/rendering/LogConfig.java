package dev.kafkapod.rendering;

import dev.kafkapod.common.Nearest;
import dev.kafkapod.nodeconfig.KafkaList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Fills in {@code log4j2.yaml}: where the log goes stays the template's business, how much of it is
 * people's.
 */
final class LogConfig {

  /** How a line of the log looks. */
  enum LogFormat {
    TEXT("[%d] %p %m (%c)%n%throwable"),
    /** A JSON object a line, without another library: the layout escapes what needs it. */
    JSON(
        "{\"time\":\"%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC}\",\"level\":\"%p\",\"logger\":\"%enc{%c}{JSON}\",\"thread\":\"%enc{%t}{JSON}\",\"message\":\"%enc{%m}{JSON}\",\"exception\":\"%enc{%throwable}{JSON}\"}%n");

    private final String pattern;

    LogFormat(String pattern) {
      this.pattern = pattern;
    }

    static LogFormat of(String value) {
      for (LogFormat format : values()) {
        if (format.name().toLowerCase(Locale.ROOT).equals(value)) {
          return format;
        }
      }
      throw new IllegalArgumentException("must be text or json, got '" + value + "'");
    }
  }

  private static final List<String> LEVELS =
      List.of("OFF", "FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");
  private static final Pattern LOGGER = Pattern.compile("[\\w.$-]+");
  private static final String LOGGERS_HERE = "      #{loggers}\n";

  static final List<RenderRule> RULES =
      List.of(RenderRule.of("log-variables-are-read", LogConfig::variables));

  private LogConfig() {}

  private static void variables(RuleInput input, Problems problems) {
    input
        .request()
        .mountedLog()
        .ifPresent(
            mounted ->
                Stream.of(KafkaVariables.ROOT_LOG_LEVEL, KafkaVariables.LOGGERS)
                    .filter(it -> !input.environment().getOrDefault(it, "").isBlank())
                    .forEach(
                        it ->
                            problems.warning(
                                Origin.variable(it),
                                "counts for nothing, for %s takes the place of the built-in log4j2.yaml; set the level there",
                                mounted.source())));
  }

  /**
   * The file for a pod.
   *
   * @param template with {@code #{pattern}}, {@code #{level}} and {@code #{loggers}}: log4j's own
   *     syntax has {@code ${…}}
   */
  static String fillIn(
      String template, Map<String, String> environment, LogFormat format, Problems problems) {
    String level =
        level(
            KafkaVariables.ROOT_LOG_LEVEL,
            environment.getOrDefault(KafkaVariables.ROOT_LOG_LEVEL, ""),
            problems);
    StringBuilder loggers = new StringBuilder();
    loggers(environment.getOrDefault(KafkaVariables.LOGGERS, ""), problems)
        .forEach(
            (name, itsLevel) ->
                loggers
                    .append("      - name: \"")
                    .append(name)
                    .append("\"\n        level: ")
                    .append(itsLevel)
                    .append('\n'));
    return template
        .replace("#{pattern}", "'" + format.pattern.replace("'", "''") + "'")
        .replace("#{level}", level)
        .replace(LOGGERS_HERE, loggers);
  }

  /** {@code kafka.server=DEBUG,org.apache.kafka.raft=WARN}; the last of one name counts. */
  private static Map<String, String> loggers(String value, Problems problems) {
    Map<String, String> loggers = new LinkedHashMap<>();
    for (String pair : KafkaList.of(value)) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, Math.max(0, equals)).strip();
      if (equals < 0 || !LOGGER.matcher(name).matches()) {
        problems.error(
            Origin.variable(KafkaVariables.LOGGERS),
            "must be LOGGER=LEVEL,…, got '%s'; write for example kafka.server=DEBUG",
            pair);
      } else {
        loggers.put(name, level(KafkaVariables.LOGGERS, pair.substring(equals + 1), problems));
      }
    }
    return loggers;
  }

  private static String level(String variable, String value, Problems problems) {
    String level = value.strip().toUpperCase(Locale.ROOT);
    if (!level.isEmpty() && !LEVELS.contains(level)) {
      problems.error(
          Origin.variable(variable),
          "there is no log level '%s'%s; choose from %s",
          value.strip(),
          Nearest.hint(level, LEVELS),
          String.join(", ", LEVELS));
    }
    return level.isEmpty() ? "INFO" : level;
  }
}

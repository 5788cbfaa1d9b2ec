package dev.kafkapod.inquiry;

import dev.kafkapod.nodeconfig.WriteAccess;
import dev.kafkapod.rendering.Problem;
import dev.kafkapod.rendering.Problem.Severity;
import dev.kafkapod.settings.EnvironmentVariable;
import dev.kafkapod.settings.SettingsReader;
import dev.kafkapod.settings.Values;
import dev.kafkapod.verdictfile.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What a broker's process needs beside valid files: looked at while they are rendered, because then
 * a JVM runs anyway, and nothing has been started yet.
 */
public final class StartChecks {

  /**
   * Set by the entrypoint, which is about to start a broker: {@code on} if with the agent, {@code
   * off} if without, or the agent's file of settings.
   */
  public static final String STARTING = "KAFKA_POD_STARTING";

  private static final String AGENT = "KAFKA_POD_AGENT";
  private static final String OFF = "off";

  /** What kafka-pod-probe reads when it has no verdict. */
  private static final List<String> PROBES =
      List.of("KAFKA_POD_PROBE_TIMEOUT", "KAFKA_POD_WEDGED_AFTER");

  private StartChecks() {}

  /** Whether this process's user is the broker's, and its file systems are, too. */
  public static boolean isStarting(Map<String, String> environment) {
    return !environment.getOrDefault(STARTING, "").isBlank();
  }

  /**
   * What is wrong.
   *
   * @param renderTo where the files go
   * @param ofAgent what is wrong with the agent's settings, those of the environment and those in a
   *     file; null for no file
   */
  public static List<Problem> problems(
      Map<String, String> environment,
      Path renderTo,
      BiFunction<Map<String, String>, String, List<String>> ofAgent) {
    List<Problem> problems = new ArrayList<>();
    String starting = environment.getOrDefault(STARTING, "").strip();
    String agent = starting.isEmpty() ? environment.getOrDefault(AGENT, "").strip() : starting;
    if (!agent.equals(OFF)) {
      String file = starting.isEmpty() || starting.equals("on") ? null : starting;
      ofAgent.apply(environment, file).forEach(it -> problems.add(error(it)));
    }
    for (String variable : PROBES) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isBlank()) {
        try {
          Values.duration(value); // which the script takes as it is, blanks included
        } catch (IllegalArgumentException e) {
          problems.add(error(variable + ": " + e.getMessage()));
        }
      }
    }
    if (!starting.isEmpty()) {
      places(environment, renderTo, !agent.equals(OFF), problems);
    }
    return problems;
  }

  private static Problem error(String message) {
    return new Problem(Severity.ERROR, "", message);
  }

  private static void places(
      Map<String, String> environment, Path renderTo, boolean agent, List<Problem> problems) {
    WriteAccess.denial(renderTo)
        .ifPresent(
            it ->
                problems.add(
                    error("--render-to %s: %s; %s".formatted(renderTo, it.why(), it.remedy()))));
    SettingsReader reader = new SettingsReader(environment, Map.of(), "");
    Path run = reader.get("run-dir", Values::path).orElse(Path.of(RunDirectory.DEFAULT));
    if (agent && !renderTo.startsWith(run)) {
      warn(EnvironmentVariable.of("run-dir"), run, "until then each probe starts a JVM", problems);
    }
    String logs = environment.getOrDefault("LOG_DIR", "").strip();
    if (!logs.isEmpty()) {
      warn("LOG_DIR", Path.of(logs), "until then no log can be written there", problems);
    }
  }

  private static void warn(
      String variable, Path directory, String meanwhile, List<Problem> problems) {
    WriteAccess.denial(directory)
        .ifPresent(
            it ->
                problems.add(
                    new Problem(
                        Severity.WARNING,
                        variable,
                        "%s: %s; %s; %s".formatted(directory, it.why(), it.remedy(), meanwhile))));
  }
}

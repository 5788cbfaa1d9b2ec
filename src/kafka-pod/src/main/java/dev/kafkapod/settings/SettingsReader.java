package dev.kafkapod.settings;

import dev.kafkapod.common.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads settings from the environment or else a properties file, and collects everything that is
 * wrong with them.
 */
public final class SettingsReader {

  private final Map<String, String> environment;
  private final Map<String, String> file;
  private final String source;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * A reader.
   *
   * @param file properties named like options without their dashes; those in the environment win
   * @param source the file's name, for messages
   */
  public SettingsReader(Map<String, String> environment, Map<String, String> file, String source) {
    this.environment = Map.copyOf(environment);
    this.file = Map.copyOf(file);
    this.source = source;
  }

  /** A setting, where it is set, not blank and well written. */
  public <T> Optional<T> get(String name, Function<String, T> reading) {
    asked.add(name);
    String variable = EnvironmentVariable.of(name);
    boolean inEnvironment = !environment.getOrDefault(variable, "").isBlank();
    String value = inEnvironment ? environment.get(variable) : file.getOrDefault(name, "");
    if (value.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reading.apply(value.strip()));
    } catch (IllegalArgumentException e) {
      problems.add((inEnvironment ? variable : name + " in " + source) + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /** What gives a setting its value, for messages: its variable, or its line. */
  public String whatSays(String name) {
    String variable = EnvironmentVariable.of(name);
    return environment.getOrDefault(variable, "").isBlank() && file.containsKey(name)
        ? name + " in " + source
        : variable;
  }

  /** Everything that was wrong so far, and every line of the file that nobody has asked for. */
  public List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    file.keySet().stream()
        .filter(name -> !asked.contains(name))
        .sorted()
        .forEach(
            name ->
                all.add(
                    "%s: there is no setting '%s'%s"
                        .formatted(
                            source,
                            name,
                            Nearest.question(name, asked)
                                .map(it -> " (" + it + ")")
                                .orElse("; remove the line"))));
    return all;
  }
}

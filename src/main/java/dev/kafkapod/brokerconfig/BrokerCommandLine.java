package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a broker was started with: {@code kafka.Kafka FILE [--override KEY=VALUE]...}.
 *
 * @param config its configuration file
 * @param overrides what the command line sets in place of the file
 * @param complete whether the overrides are all there is, so that the file isn't read
 */
public record BrokerCommandLine(Path config, Map<String, String> overrides, boolean complete) {

  private static final String MAIN_CLASS = "kafka.Kafka";
  private static final String OVERRIDE = "--override";

  public BrokerCommandLine {
    overrides = Map.copyOf(overrides);
  }

  /** What a command line says. */
  public BrokerCommandLine(Path config, Map<String, String> overrides) {
    this(config, overrides, false);
  }

  /**
   * The same with the file as it is now, whatever becomes of it: a broker doesn't read it again,
   * and people put a new file in place before they restart it. Unchanged if it can't be read.
   */
  public BrokerCommandLine frozen() {
    try {
      return new BrokerCommandLine(config, properties(), true);
    } catch (Misconfigured e) {
      return this; // whoever asks next gets to hear it
    }
  }

  /**
   * The command line of a process, from {@code /proc}; empty if it isn't a broker's.
   *
   * @param pid the process id, or {@code self}
   */
  public static Optional<BrokerCommandLine> of(String pid) {
    Path process = Path.of("/proc", pid);
    try {
      String text = Files.readString(process.resolve("cmdline"), StandardCharsets.UTF_8);
      return parse(List.of(text.split("\0", -1)), process.resolve("cwd").toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a command line.
   *
   * @param directory the directory that the process was started in
   */
  static Optional<BrokerCommandLine> parse(List<String> words, Path directory) {
    int main = words.indexOf(MAIN_CLASS);
    if (main < 0 || main + 1 >= words.size() || words.get(main + 1).isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> overrides = new LinkedHashMap<>();
    for (int i = main + 2; i < words.size(); i++) {
      if (words.get(i).startsWith(OVERRIDE + "=")) {
        override(words.get(i).substring(OVERRIDE.length() + 1), overrides);
      } else if (words.get(i).equals(OVERRIDE) && i + 1 < words.size()) {
        override(words.get(++i), overrides);
      }
    }
    return Optional.of(new BrokerCommandLine(directory.resolve(words.get(main + 1)), overrides));
  }

  private static void override(String text, Map<String, String> overrides) {
    String[] pair = text.split("=", 2);
    if (pair.length == 2) {
      overrides.put(pair[0], pair[1]);
    }
  }

  /** The same with another configuration file, where one is named. */
  public static Optional<BrokerCommandLine> withConfig(
      Optional<Path> file, Optional<BrokerCommandLine> found) {
    Map<String, String> overrides = found.map(BrokerCommandLine::overrides).orElse(Map.of());
    return file.map(it -> new BrokerCommandLine(it, overrides)).or(() -> found);
  }

  /** The settings that the broker runs with. */
  public Map<String, String> properties() {
    if (complete) {
      return overrides;
    }
    Map<String, String> properties =
        new LinkedHashMap<>(PropertiesFile.readRegular("the broker's configuration", config));
    properties.putAll(overrides);
    return properties;
  }
}

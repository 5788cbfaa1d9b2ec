package dev.kafkapod.brokerconfig;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.nodeconfig.PropertiesFile;
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
 * @param security those options of its JVM that its security needs
 */
public record BrokerCommandLine(
    Path config, Map<String, String> overrides, boolean complete, SecurityOptions security) {

  private static final String MAIN_CLASS = "kafka.Kafka";
  private static final String OVERRIDE = "--override";

  public BrokerCommandLine {
    overrides = Map.copyOf(overrides);
  }

  /** What a command line says. */
  public BrokerCommandLine(Path config, Map<String, String> overrides) {
    this(config, overrides, false, SecurityOptions.NONE);
  }

  /**
   * The same with the file as it is now, whatever becomes of it: a broker doesn't read it again,
   * and people put a new file in place before they restart it. Unchanged if it can't be read.
   */
  public BrokerCommandLine frozen() {
    try {
      return new BrokerCommandLine(config, properties(), true, security);
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
      return parse(
          texts(process.resolve("cmdline")),
          environment(process.resolve("environ")),
          process.resolve("cwd").toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** As {@code /proc} has them: each ended by a 0. Whatever bytes they are, none is refused. */
  private static List<String> texts(Path file) throws IOException {
    return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0", -1));
  }

  /** Empty where another user's is asked for. */
  private static Map<String, String> environment(Path file) {
    Map<String, String> environment = new LinkedHashMap<>();
    try {
      texts(file).forEach(text -> override(text, environment));
    } catch (IOException e) {
      return Map.of();
    }
    return environment;
  }

  /**
   * Reads a command line.
   *
   * @param directory the directory that the process was started in
   */
  static Optional<BrokerCommandLine> parse(
      List<String> words, Map<String, String> environment, Path directory) {
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
    return Optional.of(
        new BrokerCommandLine(
            directory.resolve(words.get(main + 1)),
            overrides,
            false,
            SecurityOptions.ofProcess(words.subList(0, main), environment, directory)));
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
    SecurityOptions security = found.map(BrokerCommandLine::security).orElse(SecurityOptions.NONE);
    return file.map(it -> new BrokerCommandLine(it, overrides, false, security)).or(() -> found);
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

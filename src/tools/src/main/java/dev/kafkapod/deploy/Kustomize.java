package dev.kafkapod.deploy;

import dev.kafkapod.testing.Finished;
import dev.kafkapod.testing.Programs;
import dev.kafkapod.testing.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds an overlay as {@code kubectl apply -k} does. Where there is neither kustomize nor kubectl,
 * or only one that is too old for {@code deploy/}, the tests are NOT RUN ({@link Tools}).
 */
final class Kustomize {

  private static final Map<Path, String> BUILT = new ConcurrentHashMap<>();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final List<Command> COMMANDS =
      List.of(
          // Debian's doesn't say its version
          new Command(
              List.of("kustomize", "build"),
              List.of("kustomize", "version"),
              Pattern.compile("\\bv[1-4]\\.")),
          new Command(
              List.of("kubectl", "kustomize"),
              List.of("kubectl", "version", "--client", "--output=json"),
              Pattern.compile("\"v1\\.(\\d|1\\d|2[0-6])\\.")));

  private Kustomize() {}

  /** All objects of an overlay, as YAML; built once for all tests. */
  static String build(Path directory) {
    return BUILT.computeIfAbsent(directory, Kustomize::run);
  }

  /** Whether there is a program that builds overlays. */
  static boolean isThere() {
    return COMMANDS.stream().anyMatch(Command::serves);
  }

  /** Leaves the test out, as NOT RUN, where there is none. */
  static void require() {
    command();
  }

  private static List<String> command() {
    return COMMANDS.stream()
        .filter(Command::serves)
        .findFirst()
        .map(Command::words)
        .orElseGet(Kustomize::missing);
  }

  private static List<String> missing() {
    Tools.missing("kubectl 1.27 or kustomize 5", "install kubectl, 1.27 or later");
    return List.of();
  }

  /**
   * A program that builds overlays.
   *
   * @param version how it is asked for its version
   * @param old what it says if it is too old
   */
  private record Command(List<String> words, List<String> version, Pattern old) {

    boolean serves() {
      return Programs.find(words.get(0)).isPresent()
          && !old.matcher(finished(version).out()).find();
    }
  }

  private static String run(Path directory) {
    List<String> command =
        Stream.concat(command().stream(), Stream.of(directory.toString())).toList();
    Finished finished = finished(command);
    if (finished.exitCode().orElse(-1) != 0 || !finished.err().isBlank()) {
      throw new AssertionError(
          "%s must build without an error or a warning, got: %s"
              .formatted(
                  String.join(" ", command),
                  finished.exitCode().isPresent() ? finished.err() : "no end"));
    }
    return finished.out();
  }

  private static Finished finished(List<String> command) {
    try {
      return Finished.run(LIMIT, "", command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.kafkapod.testing.Finished;
import dev.kafkapod.testing.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Builds an overlay as {@code kubectl apply -k} does. Where there is neither kustomize nor kubectl
 * the tests say NOT RUN; where the environment has CI, that is a failure.
 */
final class Kustomize {

  private static final Map<Path, String> BUILT = new ConcurrentHashMap<>();
  private static final AtomicBoolean TOLD = new AtomicBoolean();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Kustomize() {}

  /** All objects of an overlay, as YAML; built once for all tests. */
  static String build(Path directory) {
    return BUILT.computeIfAbsent(directory, Kustomize::run);
  }

  private static List<String> command() {
    if (Programs.find("kustomize").isPresent()) {
      return List.of("kustomize", "build");
    }
    if (Programs.find("kubectl").isPresent()) {
      return List.of("kubectl", "kustomize");
    }
    String what =
        "the manifests' tests were NOT RUN, for there is neither kustomize nor kubectl (1.27 or later)";
    if (System.getenv("CI") != null) {
      fail(what + ", and CI has to run them");
    }
    if (!TOLD.getAndSet(true)) {
      System.err.println(what);
    }
    return abort(what);
  }

  private static String run(Path directory) {
    List<String> command =
        Stream.concat(command().stream(), Stream.of(directory.toString())).toList();
    try {
      Finished finished = Finished.run(LIMIT, "", command);
      if (finished.exitCode().orElse(-1) != 0 || !finished.err().isBlank()) {
        throw new AssertionError(
            "%s must build without an error or a warning (kustomize 5, kubectl 1.27, or later), got: %s"
                .formatted(
                    String.join(" ", command),
                    finished.exitCode().isPresent() ? finished.err() : "no end"));
      }
      return finished.out();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

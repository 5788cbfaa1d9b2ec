package dev.kafkapod.deploy;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds an overlay as {@code kubectl apply -k} does. Where there is neither kustomize nor kubectl
 * the tests say NOT RUN; where the environment has CI, that is a failure.
 */
final class Kustomize {

  private static final Map<Path, String> BUILT = new ConcurrentHashMap<>();
  private static final AtomicBoolean TOLD = new AtomicBoolean();
  private static final int LIMIT_SECONDS = 60;

  private Kustomize() {}

  /** All objects of an overlay, as YAML; built once for all tests. */
  static String build(Path directory) {
    return BUILT.computeIfAbsent(directory, Kustomize::run);
  }

  private static List<String> command() {
    if (onThePath("kustomize")) {
      return List.of("kustomize", "build");
    }
    if (onThePath("kubectl")) {
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

  private static boolean onThePath(String program) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv("PATH"))
        .anyMatch(it -> Files.isExecutable(Path.of(it).resolve(program)));
  }

  private static String run(Path directory) {
    List<String> command =
        new ArrayList<>(Stream.concat(command().stream(), Stream.of(directory + "")).toList());
    try {
      Path out = Files.createTempFile("kustomize", ".yaml");
      Path err = Files.createTempFile("kustomize", ".err");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(err);
      String yaml = Files.readString(out, StandardCharsets.UTF_8);
      Files.delete(out);
      Files.delete(err);
      if (!ended || process.exitValue() != 0 || !said.isBlank()) {
        throw new AssertionError(
            "%s must build without an error or a warning (kustomize 5, kubectl 1.27, or later), got: %s"
                .formatted(String.join(" ", command), ended ? said : "no end"));
      }
      return yaml;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

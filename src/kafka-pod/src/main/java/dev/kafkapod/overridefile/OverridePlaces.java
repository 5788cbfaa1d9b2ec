package dev.kafkapod.overridefile;

import dev.kafkapod.overrides.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where overrides are, and how far ahead they may end.
 *
 * @param own the pod's own file, which wins
 * @param shared the file for all pods
 * @param max how long after it was written an override may end
 */
public record OverridePlaces(Path own, Path shared, Duration max) {

  /** The name of the pod's own file in its run directory. */
  public static final String OWN = "override";

  /** Where manifests mount the ConfigMap for all pods. */
  public static final Path SHARED = Path.of("/etc/kafka-pod/override/readiness");

  /** How long after it was written an override may end unless people say otherwise. */
  public static final Duration MAX = Duration.ofHours(24);

  public OverridePlaces {
    Objects.requireNonNull(own);
    Objects.requireNonNull(shared);
    Objects.requireNonNull(max);
  }

  /** The places of a pod, by its run directory. */
  public static OverridePlaces in(Path runDirectory, Path shared, Duration max) {
    return new OverridePlaces(runDirectory.resolve(OWN), shared, max);
  }

  /** When the newest of both files was changed, says its file system; empty if there is none. */
  public Optional<Instant> changed() {
    return Stream.of(own, shared).flatMap(it -> changed(it).stream()).max(Instant::compareTo);
  }

  private static Optional<Instant> changed(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      return Optional.empty(); // absent, or reading it says what is wrong
    }
  }

  /** What both files come to now. */
  public Overrides read(Overrides.Terms terms) {
    return Overrides.of(OverrideFile.read(own), OverrideFile.read(shared), terms);
  }
}

package dev.kafkapod.overridefile;

import dev.kafkapod.overrides.Overrides;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where overrides are, and how far ahead they may end.
 *
 * @param own the pod's own file, which wins
 * @param shared the file for all pods
 * @param max how far ahead of its writing an override may end
 */
public record OverridePlaces(Path own, Path shared, Duration max) {

  /** The name of the pod's own file in its run directory. */
  public static final String OWN = "override";

  /** Where manifests mount the ConfigMap for all pods. */
  public static final Path SHARED = Path.of("/etc/kafka-pod/override/readiness");

  /** How far ahead an override may end unless people say otherwise. */
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

  /** What both files come to now. */
  public Overrides read(Overrides.Terms terms) {
    return Overrides.of(OverrideFile.read(own), OverrideFile.read(shared), terms);
  }
}

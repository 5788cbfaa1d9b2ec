package dev.kafkapod.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Halves what the start of a broker costs: an archive of a Kafka version's parsed classes (class
 * data sharing), which takes some 8 s to make, once for each version and JDK.
 */
final class ClassDataArchive {
  private static final Map<String, Optional<Path>> MADE = new HashMap<>();

  private ClassDataArchive() {}

  /** The archive, made if need be; empty if it can't be made, which is reported on stderr. */
  static synchronized Optional<Path> of(KafkaDistribution distribution) {
    return MADE.computeIfAbsent(distribution.version(), version -> findOrMake(distribution));
  }

  private static Optional<Path> findOrMake(KafkaDistribution distribution) {
    try {
      Path archive =
          distribution
              .directory()
              .resolveSibling(
                  "classes-%s-%s.jsa".formatted(distribution.version(), key(distribution)));
      if (!Files.exists(archive)) {
        make(distribution, archive);
      }
      return Optional.of(archive);
    } catch (IOException | RuntimeException | AssertionError e) {
      System.err.println("brokers start more slowly: no class data archive: " + e);
      return Optional.empty();
    }
  }

  private static void make(KafkaDistribution distribution, Path archive) throws IOException {
    Path partial = archive.resolveSibling(archive.getFileName() + "." + UUID.randomUUID());
    try (KafkaCluster cluster =
        KafkaCluster.kraft()
            .version(distribution.version())
            .brokers(1)
            .combined()
            .archiveClassesTo(partial)
            .start()) {
      cluster.broker(0).stop();
      // Another JVM may have made the same one meanwhile.
      Files.move(partial, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** Differs where the JVM would refuse the archive: another JDK, other jars. */
  private static String key(KafkaDistribution distribution) throws IOException {
    StringBuilder content = new StringBuilder(System.getProperty("java.vm.version"));
    content.append(distribution.classPath());
    try (Stream<Path> files = Files.list(distribution.directory())) {
      for (Path jar : files.sorted().toList()) {
        content.append(jar).append(Files.size(jar)).append(Files.getLastModifiedTime(jar));
      }
    }
    return UUID.nameUUIDFromBytes(content.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }
}

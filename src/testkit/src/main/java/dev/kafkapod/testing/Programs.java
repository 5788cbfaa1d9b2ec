package dev.kafkapod.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What is installed on this machine, and what its programs print. */
public final class Programs {

  /** Where servers are, which only root has on the PATH. */
  private static final String SERVERS = "/usr/sbin";

  private Programs() {}

  /** Where a program is, on the PATH or among servers; empty if it isn't installed. */
  public static Optional<Path> find(String name) {
    return Stream.of(
            (System.getenv("PATH") + File.pathSeparator + SERVERS).split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * The image's name in what {@code docker load --quiet} prints: before it the engine may say what
   * becomes of an older one of that name.
   */
  public static String loadedImage(String printed) {
    return printed.strip().replaceFirst("(?s).*Loaded image: ", "");
  }
}

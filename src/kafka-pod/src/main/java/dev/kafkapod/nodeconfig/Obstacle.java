package dev.kafkapod.nodeconfig;

import dev.kafkapod.storage.Directory.Blocked;
import dev.kafkapod.storage.Directory.Content;
import dev.kafkapod.storage.Directory.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What lies where Kafka would make a directory. To whoever reads, a link that leads nowhere is
 * nothing, and so the disk looks empty; whoever makes a directory there is refused
 * (Files.createDirectories).
 */
final class Obstacle {

  private Obstacle() {}

  /**
   * What is in the way of a log directory, or of the metadata log in it; empty if nothing is.
   *
   * @param holdsMetadata whether Kafka would make the metadata log there
   */
  static Optional<Content> of(Path directory, boolean holdsMetadata) throws IOException {
    Path nearest = directory;
    while (nearest != null && !Files.exists(nearest, LinkOption.NOFOLLOW_LINKS)) {
      nearest = nearest.getParent();
    }
    if (nearest == null) {
      return Optional.empty();
    }
    String name = nearest.equals(directory) ? "it" : nearest.toString();
    if (leadsNowhere(nearest)) {
      return Optional.of(blocked(name, nearest));
    }
    if (Files.exists(nearest) && !Files.isDirectory(nearest)) {
      return Optional.of(new Unreadable(name + " is no directory"));
    }
    Path log = directory.resolve(MetadataLogReader.DIRECTORY);
    return holdsMetadata && leadsNowhere(log)
        ? Optional.of(blocked(MetadataLogReader.DIRECTORY + " in it", log))
        : Optional.empty();
  }

  /** Not one that nobody may follow, or that leads to itself: that can't be read. */
  private static boolean leadsNowhere(Path path) {
    return Files.isSymbolicLink(path) && Files.notExists(path);
  }

  private static Content blocked(String what, Path link) throws IOException {
    return new Blocked(
        "%s is a link that leads nowhere (to %s)".formatted(what, Files.readSymbolicLink(link)),
        "mount or make what it leads to, or correct log.dirs");
  }
}

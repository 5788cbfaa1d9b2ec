package dev.kafkapod.nodeconfig;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.Directory.Blocked;
import dev.kafkapod.storage.Directory.Content;
import dev.kafkapod.storage.Directory.Denied;
import dev.kafkapod.storage.Directory.Empty;
import dev.kafkapod.storage.Directory.Foreign;
import dev.kafkapod.storage.Directory.Formatted;
import dev.kafkapod.storage.Directory.Unreadable;
import dev.kafkapod.storage.Directory.Usage;
import dev.kafkapod.storage.MetadataLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says what a node's directories hold, changing nothing; the one reader for everybody who asks. It
 * tells present, absent and unreadable apart as Kafka does (org.apache.kafka.metadata.properties
 * .MetaPropertiesEnsemble.Loader).
 */
public final class DiskReader {

  /** What a process of Kafka leaves beside its logs. */
  private static final Set<String> TRACES =
      Set.of(
          ".lock",
          ".kafka_cleanshutdown",
          "recovery-point-offset-checkpoint",
          "log-start-offset-checkpoint",
          "replication-offset-checkpoint",
          "cleaner-offset-checkpoint");

  private DiskReader() {}

  /**
   * Looks into all of a node's directories, as a process that is going to write them.
   *
   * @throws Misconfigured if one can't be a directory's name; the message is one line
   */
  public static List<Directory> read(NodeDirectories directories) {
    return lookInto(directories).stream()
        .map(
            it ->
                new Directory(
                    it.path(),
                    it.holdsMetadata(),
                    writable(Path.of(it.path()), it.content()),
                    it.strangers()))
        .toList();
  }

  /**
   * Looks into all of a node's directories, which others may be going to write.
   *
   * @throws Misconfigured if one can't be a directory's name; the message is one line
   */
  public static List<Directory> lookInto(NodeDirectories directories) {
    List<Directory> all = new ArrayList<>();
    for (String path : directories.all()) {
      boolean holdsMetadata = path.equals(directories.metadata());
      try {
        all.add(read(Path.of(path), path, holdsMetadata, directories.logs().contains(path)));
      } catch (InvalidPathException e) {
        throw new Misconfigured(
            "log.dirs: must be directories, got '%s'; correct it".formatted(path), e);
      }
    }
    return List.copyOf(all);
  }

  /**
   * The cluster that a node's directories belong to; empty if none of them says it to this process.
   */
  public static Optional<String> clusterId(NodeDirectories directories) {
    return directories.all().stream().flatMap(it -> clusterId(it).stream()).findFirst();
  }

  private static Optional<String> clusterId(String directory) {
    try {
      return MetaProperties.read(Path.of(directory, MetaProperties.FILE)).clusterId();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Directory read(
      Path directory, String path, boolean holdsMetadata, boolean holdsLogs) {
    try {
      Optional<Content> obstacle = Obstacle.of(directory, holdsMetadata);
      if (obstacle.isPresent()) {
        return new Directory(path, holdsMetadata, obstacle.get());
      }
      Listing listing = Listing.of(directory, holdsMetadata);
      Content content = content(directory, listing);
      return new Directory(path, holdsMetadata, content, holdsLogs ? listing.strangers : List.of());
    } catch (IOException | UncheckedIOException e) {
      return new Directory(path, holdsMetadata, unusable(directory, e));
    }
  }

  /**
   * What is there, if this process may write it: Kafka locks every directory, and goes on without.
   */
  private static Content writable(Path directory, Content content) {
    boolean empty = content instanceof Empty;
    if (!empty && !(content instanceof Formatted)) {
      return content; // which is worse
    }
    return WriteAccess.denial(directory).<Content>map(it -> denied(it, empty)).orElse(content);
  }

  private static Denied denied(WriteAccess.Denial denial, boolean empty) {
    return new Denied(denial.why(), denial.remedy(), empty);
  }

  private static Content unusable(Path directory, Exception problem) {
    if (problem instanceof NotDirectoryException it) {
      boolean isLog = it.getFile() != null && !Path.of(it.getFile()).equals(directory);
      return isLog
          ? new Blocked(
              MetadataLogReader.DIRECTORY + " in it is no directory", "move the file away")
          : new Unreadable("it is no directory");
    }
    Throwable cause = problem instanceof UncheckedIOException ? problem.getCause() : problem;
    if (cause instanceof AccessDeniedException it && it.getFile() != null) {
      return denied(WriteAccess.denialOfReading(Path.of(it.getFile())), false);
    }
    return new Unreadable(problem.getMessage());
  }

  private static Content content(Path directory, Listing listing) throws IOException {
    Optional<MetaProperties> meta;
    try {
      meta = Optional.of(MetaProperties.read(directory.resolve(MetaProperties.FILE)));
    } catch (NoSuchFileException e) {
      meta = Optional.empty();
    }
    MetadataLog log = MetadataLogReader.read(directory);
    Usage usage = listing.usage(log);
    if (meta.isPresent()) {
      return new Formatted(
          meta.get().clusterId(), meta.get().nodeId(), meta.get().directoryId(), usage, log);
    }
    if (listing.partition.isPresent()) {
      return new Foreign(listing.partition.get());
    }
    return log.isAsFormatted() ? new Empty(usage) : new Foreign(MetadataLogReader.DIRECTORY);
  }

  /**
   * What lies in a directory.
   *
   * @param partition the name of some partition's directory
   * @param strangers directories that Kafka can't take for a partition's, and a metadata log that
   *     the configuration puts elsewhere
   * @param traces whether a process of Kafka has been there
   */
  private record Listing(Optional<String> partition, List<String> strangers, boolean traces) {

    static Listing of(Path directory, boolean holdsMetadata) throws IOException {
      Optional<String> partition = Optional.empty();
      List<String> strangers = new ArrayList<>();
      boolean traces = false;
      try (Stream<Path> entries = Files.list(directory)) {
        for (Path entry : entries.sorted().toList()) {
          String name = entry.getFileName().toString();
          Optional<String> topic = PartitionName.topic(name);
          if (name.equals(MetadataLogReader.DIRECTORY)) {
            if (!holdsMetadata) {
              strangers.add(name);
            }
          } else if (topic.isPresent()) {
            boolean counts = partition.isEmpty() && !topic.get().equals("__cluster_metadata");
            partition = counts && Files.isDirectory(entry) ? Optional.of(name) : partition;
          } else if (TRACES.contains(name)) {
            traces = true;
          } else if (!isOurs(name) && !PartitionName.isAccepted(name) && Files.isDirectory(entry)) {
            strangers.add(name);
          }
        }
      } catch (NoSuchFileException e) {
        return new Listing(Optional.empty(), List.of(), false); // Kafka makes it
      }
      return new Listing(partition, List.copyOf(strangers), traces);
    }

    /** As a directory it is what is wrong with this log directory, not with what lies in it. */
    private static boolean isOurs(String name) {
      return name.equals(MetaProperties.FILE);
    }

    Usage usage(MetadataLog log) {
      if (partition.isPresent()) {
        return Usage.SERVED;
      }
      return traces || !log.isAsFormatted() ? Usage.STARTED : Usage.NONE;
    }
  }
}

package dev.kafkapod.formatting;

import dev.kafkapod.bounded.Misconfigured;
import dev.kafkapod.brokerconfig.NodeConfig;
import dev.kafkapod.brokerconfig.PropertiesFile;
import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.Directory.Content;
import dev.kafkapod.storage.Directory.Empty;
import dev.kafkapod.storage.Directory.Foreign;
import dev.kafkapod.storage.Directory.Formatted;
import dev.kafkapod.storage.Directory.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Says what a node's directories hold, changing nothing. */
public final class DirectoryReader {

  private static final String META = "meta.properties";
  private static final String METADATA_LOG = "__cluster_metadata-0";

  /**
   * What an interrupted formatting leaves (org.apache.kafka.metadata.storage.Formatter writes the
   * checkpoint first), and what every ext4 volume has.
   */
  private static final Set<String> LEFTOVERS =
      Set.of(META + ".tmp", "bootstrap.checkpoint", "bootstrap.checkpoint.tmp", "lost+found");

  /** The beginning of a dynamic quorum's metadata log, which formatting also writes. */
  private static final String FIRST_CHECKPOINT = "00000000000000000000-0000000000.checkpoint";

  private DirectoryReader() {}

  /** Looks into all directories that the configuration names. */
  public static List<Directory> read(NodeConfig config) {
    Set<String> paths = new LinkedHashSet<>(config.logDirectories());
    paths.add(config.metadataDirectory());
    List<Directory> directories = new ArrayList<>();
    for (String path : paths) {
      directories.add(
          new Directory(path, path.equals(config.metadataDirectory()), content(Path.of(path))));
    }
    return directories;
  }

  private static Content content(Path directory) {
    try {
      Optional<String> data = data(directory);
      Path meta = directory.resolve(META);
      if (Files.exists(meta) && Files.size(meta) > 0) {
        return formatted(meta, data.isPresent());
      }
      return data.<Content>map(Foreign::new).orElseGet(Empty::new);
    } catch (AccessDeniedException e) {
      return new Unreadable("permission denied");
    } catch (IOException e) {
      return new Unreadable(String.valueOf(e.getMessage()));
    } catch (UncheckedIOException | Misconfigured e) {
      return new Unreadable(e.getMessage());
    }
  }

  private static Formatted formatted(Path meta, boolean used) {
    Map<String, String> properties = PropertiesFile.read(META, meta);
    String id = properties.getOrDefault("node.id", properties.getOrDefault("broker.id", ""));
    return new Formatted(
        Optional.ofNullable(properties.get("cluster.id")),
        id.matches("-?\\d{1,9}") ? OptionalInt.of(Integer.parseInt(id)) : OptionalInt.empty(),
        used);
  }

  /** The name of something that formatting alone doesn't leave. */
  private static Optional<String> data(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        if (!name.equals(META) && !LEFTOVERS.contains(name) && !isFreshMetadataLog(entry)) {
          return Optional.of(name);
        }
      }
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty(); // Kafka makes it
    } catch (NotDirectoryException e) {
      throw new IOException("it is no directory", e);
    }
  }

  private static boolean isFreshMetadataLog(Path entry) throws IOException {
    if (!entry.getFileName().toString().equals(METADATA_LOG)) {
      return false;
    }
    try (Stream<Path> files = Files.list(entry)) {
      return files.allMatch(it -> it.getFileName().toString().startsWith(FIRST_CHECKPOINT));
    }
  }
}

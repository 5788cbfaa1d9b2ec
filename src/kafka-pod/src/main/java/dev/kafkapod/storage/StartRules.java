package dev.kafkapod.storage;

import dev.kafkapod.storage.Directory.Blocked;
import dev.kafkapod.storage.Directory.Denied;
import dev.kafkapod.storage.Directory.Formatted;
import dev.kafkapod.storage.Directory.Unreadable;
import java.util.ArrayList;
import java.util.List;

/**
 * What Kafka does with a node's directories when it starts: what it would die of, and what it does
 * without. Kafka reads each directory in log.dirs as a partition's (kafka.log.LogManager.loadLogs),
 * wants the metadata log in one place (kafka.server.KafkaRaftServer.initializeLogDirs), and takes a
 * directory whose meta.properties it can't read for offline (org.apache.kafka.metadata.properties
 * .MetaPropertiesEnsemble).
 */
public final class StartRules {

  static final String METADATA_LOG = "__cluster_metadata-0";

  private final boolean kraft;
  private final boolean broker;
  private final List<Directory> directories;

  /**
   * The rules for one node.
   *
   * @param kraft false in ZooKeeper mode
   * @param broker whether it loads partitions; a controller alone doesn't
   */
  public StartRules(boolean kraft, boolean broker, List<Directory> directories) {
    this.kraft = kraft;
    this.broker = broker;
    this.directories = List.copyOf(directories);
  }

  /** What Kafka would die of at every start, each with what to do; empty if there is nothing. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (Directory directory : directories) {
      if (directory.content() instanceof Blocked blocked) {
        problems.add(
            "%s: %s, and Kafka can't start with it; %s"
                .formatted(directory.path(), blocked.why(), blocked.remedy()));
      }
      strangers(directory, problems);
      directory.formatted().ifPresent(it -> identity(directory.path(), it, problems));
    }
    return List.copyOf(problems);
  }

  private void strangers(Directory directory, List<String> problems) {
    List<String> names = new ArrayList<>(directory.strangers());
    if (names.remove(METADATA_LOG) && kraft) {
      problems.add(
          "%s: holds the metadata log (%s), which the configuration puts in %s, and Kafka refuses to start with two places for it; set metadata.log.dir=%s, or, while Kafka is stopped, move the metadata log to where it belongs"
              .formatted(directory.path(), METADATA_LOG, metadata().path(), directory.path()));
    }
    if (broker && !names.isEmpty()) {
      problems.add(
          "%s: holds %s, but a broker takes every directory in log.dirs for a partition's, and ends at what is none; set log.dirs to a sub-directory, for example %s/kafka, or move it away"
              .formatted(directory.path(), String.join(", ", names), directory.path()));
    }
  }

  private void identity(String path, Formatted formatted, List<String> problems) {
    if (!kraft) {
      return;
    }
    List<String> missing = new ArrayList<>();
    if (formatted.nodeId().isEmpty()) {
      missing.add("node id");
    }
    if (formatted.clusterId().isEmpty()) {
      missing.add("cluster.id");
    }
    if (!missing.isEmpty()) {
      problems.add(
          "%s: its meta.properties has no %s, and Kafka can't start with it; bring the file back, or, if nothing else in the directory is needed, empty the directory"
              .formatted(path, String.join(" and no ", missing)));
    }
  }

  /** The directories that Kafka can't read or write, and starts without. */
  public List<Directory> offline() {
    return unusable().stream().filter(it -> !isNeeded(it)).toList();
  }

  /** The directories that Kafka can't read or write, and doesn't start without. */
  public List<Directory> needed() {
    return unusable().stream().filter(this::isNeeded).toList();
  }

  /**
   * One with the metadata must be usable; without metadata, any one must. An empty one that can't
   * be formatted isn't taken for offline (kafka.server.KafkaRaftServer.initializeLogDirs).
   */
  private boolean isNeeded(Directory directory) {
    boolean unformatted = directory.content() instanceof Denied denied && denied.empty();
    return (kraft && (directory.holdsMetadata() || unformatted))
        || unusable().size() == directories.size();
  }

  private List<Directory> unusable() {
    return directories.stream()
        .filter(it -> it.content() instanceof Unreadable || it.content() instanceof Denied)
        .toList();
  }

  /** {@code /b: can't be read (Input/output error)}. */
  public static String cantBeUsed(Directory directory) {
    return directory.path()
        + ": "
        + (directory.content() instanceof Denied denied
            ? denied.why()
            : "can't be read (" + ((Unreadable) directory.content()).why() + ")");
  }

  /**
   * What to do about one that can't be used.
   *
   * @param otherwise what else helps where it isn't a matter of permissions
   */
  public static String remedy(Directory directory, String otherwise) {
    return directory.content() instanceof Denied denied
        ? denied.remedy()
        : "let this process's user read and write it, or " + otherwise;
  }

  private Directory metadata() {
    return directories.stream().filter(Directory::holdsMetadata).findFirst().orElseThrow();
  }
}

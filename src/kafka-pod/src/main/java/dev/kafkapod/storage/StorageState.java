package dev.kafkapod.storage;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that the decision depends on.
 *
 * @param clusterId the cluster that the node is meant for; empty where nobody says it
 * @param mayBootstrap false where the cluster is said to live already
 * @param replies what each of the other controllers answered; empty if there are no others
 * @param registration whether the cluster knows this id as a broker's
 */
public record StorageState(
    Node node,
    List<Directory> directories,
    Voters voters,
    Optional<String> clusterId,
    boolean mayBootstrap,
    List<ControllerReply> replies,
    BrokerRegistration registration) {

  public StorageState {
    Objects.requireNonNull(node);
    directories = List.copyOf(directories);
    Objects.requireNonNull(voters);
    Objects.requireNonNull(clusterId);
    replies = List.copyOf(replies);
    Objects.requireNonNull(registration);
    if (directories.stream().filter(Directory::holdsMetadata).count() != 1) {
      throw new IllegalArgumentException("exactly one directory holds the metadata");
    }
  }

  Directory metadata() {
    return directories.stream().filter(Directory::holdsMetadata).findFirst().orElseThrow();
  }

  List<Directory> emptyOnes() {
    return directories.stream().filter(Directory::isEmpty).toList();
  }

  List<String> emptyDirectories() {
    return emptyOnes().stream().map(Directory::path).toList();
  }

  /** {@code /a, /b}: the directories that would be formatted. */
  String emptyPaths() {
    return String.join(", ", emptyDirectories());
  }

  /** Whether a directory shows that this node has run before. */
  boolean hasRun() {
    return directories.stream().anyMatch(it -> it.usage() != Directory.Usage.NONE);
  }

  /**
   * Whether a controller's metadata directory is formatted, but its log is lost, or has never had a
   * record: its vote is worth as little as that of one whose disk is empty. A node that was
   * formatted and never started isn't meant.
   */
  boolean lacksMetadataLog() {
    Optional<MetadataLog> log = metadata().formatted().map(Directory.Formatted::log);
    return node.controller()
        && log.isPresent()
        && !log.get().complete()
        && (hasRun() || !log.get().isAsFormatted());
  }

  /**
   * Whether what a controller lacks it has had. Kafka makes the first, empty segment and its lock
   * before a new cluster has anything to write, and so they show nothing where both are there.
   */
  boolean hasLostMetadata() {
    Optional<MetadataLog> log = metadata().formatted().map(Directory.Formatted::log);
    if (log.filter(MetadataLog::hadRecords).isPresent()) {
      return true;
    }
    return log.filter(MetadataLog::begun).isPresent()
        ? directories.stream().anyMatch(it -> it.usage() == Directory.Usage.SERVED)
        : hasRun();
  }

  /** What is missing, for messages: {@code /a, /b is empty}. */
  String emptiness() {
    if (metadata().isEmpty() || !lacksMetadataLog()) {
      return emptyPaths() + " is empty";
    }
    String log =
        "%s is formatted, but its metadata log (%s) %s"
            .formatted(
                metadata().path(),
                StartRules.METADATA_LOG,
                hasLostMetadata() ? "is lost" : "has no records yet");
    return emptyOnes().isEmpty() ? log : log + ", and " + emptyPaths() + " is empty";
  }

  StartRules startRules() {
    return new StartRules(
        !node.isInZooKeeperMode(), node.broker() || node.isInZooKeeperMode(), directories);
  }

  /** One line for each directory that Kafka starts without. */
  List<String> offlineWarnings() {
    return startRules().offline().stream()
        .map(it -> StartRules.cantBeUsed(it) + "; Kafka starts without it")
        .toList();
  }
}

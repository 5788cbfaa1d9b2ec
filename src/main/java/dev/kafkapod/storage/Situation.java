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
 * @param acquaintance whether the cluster knows this id as a broker's
 */
public record Situation(
    Node node,
    List<Directory> directories,
    Voters voters,
    Optional<String> clusterId,
    boolean mayBootstrap,
    List<ControllerReply> replies,
    Acquaintance acquaintance) {

  public Situation {
    Objects.requireNonNull(node);
    directories = List.copyOf(directories);
    Objects.requireNonNull(voters);
    Objects.requireNonNull(clusterId);
    replies = List.copyOf(replies);
    Objects.requireNonNull(acquaintance);
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

  /** Whether a directory shows that this node has lived before. */
  boolean hasLived() {
    return directories.stream()
        .anyMatch(it -> it.formatted().filter(Directory.Formatted::used).isPresent());
  }
}

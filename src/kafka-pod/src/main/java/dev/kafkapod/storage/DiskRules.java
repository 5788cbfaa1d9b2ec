package dev.kafkapod.storage;

import dev.kafkapod.storage.Decision.Invalid;
import dev.kafkapod.storage.Decision.NothingToDo;
import dev.kafkapod.storage.Decision.RefuseStart;
import dev.kafkapod.storage.Decision.Undecided;
import dev.kafkapod.storage.Directory.Foreign;
import dev.kafkapod.storage.Directory.Formatted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What follows from the disks alone, before anybody is asked. */
final class DiskRules {

  private final StorageState storageState;
  private final StartRules start;
  private final Map<String, String> pathsById = new HashMap<>();

  DiskRules(StorageState storageState) {
    this.storageState = storageState;
    this.start = storageState.startRules();
  }

  /** Empty where the answers of the other controllers count. */
  Optional<Decision> decision() {
    List<String> problems = start.problems();
    if (!problems.isEmpty()) {
      return Optional.of(new Invalid(problems));
    }
    if (storageState.node().isInZooKeeperMode()) {
      return Optional.of(
          new NothingToDo(
              "without process.roles this is a broker in ZooKeeper mode, whose storage Kafka formats itself",
              List.of()));
    }
    List<String> wrong = new ArrayList<>();
    for (Directory directory : storageState.directories()) {
      if (directory.content() instanceof Foreign foreign) {
        wrong.add(
            "%s: holds data (%s) but no meta.properties, so it is unknown whose it is; bring the file back, or empty the directory if its data isn't needed"
                .formatted(directory.path(), foreign.example()));
      }
      directory.formatted().ifPresent(it -> wrong.addAll(mismatches(directory.path(), it)));
    }
    if (!wrong.isEmpty()) {
      return Optional.of(new RefuseStart(String.join("; ", wrong), false));
    }
    if (isUndecidable()) {
      return Optional.of(
          new Undecided(
              unusable().map(StartRules::cantBeUsed).collect(Collectors.joining("; "))
                  + "; "
                  + unusable()
                      .map(it -> StartRules.remedy(it, "take it out of log.dirs"))
                      .distinct()
                      .collect(Collectors.joining("; ")),
              false));
    }
    return storageState.emptyOnes().isEmpty() && !storageState.lacksMetadataLog()
        ? Optional.of(
            new NothingToDo(
                start.offline().isEmpty()
                    ? "every directory is formatted"
                    : "every directory that can be read is formatted",
                storageState.offlineWarnings()))
        : Optional.empty();
  }

  /**
   * A broker lives with a failed disk, as long as the metadata isn't on it. Without metadata the
   * disk that can't be read may be what shows that the node has lived.
   */
  private boolean isUndecidable() {
    return !start.needed().isEmpty()
        || (storageState.metadata().isEmpty() && !start.offline().isEmpty());
  }

  private Stream<Directory> unusable() {
    return Stream.concat(start.needed().stream(), start.offline().stream());
  }

  private List<String> mismatches(String path, Formatted formatted) {
    List<String> wrong = new ArrayList<>();
    Node node = storageState.node();
    if (formatted.nodeId().isPresent() && formatted.nodeId().getAsInt() != node.id()) {
      wrong.add(
          "%s: belongs to node %d, but this is node %d, and a moved disk must not start as another node; mount the right volume, or correct node.id"
              .formatted(path, formatted.nodeId().getAsInt(), node.id()));
    }
    Optional<String> expected = storageState.clusterId().or(() -> clusterId(storageState));
    if (formatted.clusterId().isPresent() && !formatted.clusterId().equals(expected)) {
      wrong.add(
          "%s: belongs to the cluster %s, but %s is meant for %s; mount the right volume, or correct KAFKA_POD_CLUSTER_ID"
              .formatted(
                  path, formatted.clusterId().get(), node.name(), expected.orElse("no cluster")));
    }
    String twin = formatted.directoryId().map(it -> pathsById.put(it, path)).orElse(null);
    if (twin != null) {
      wrong.add(
          "%s: has the same directory.id as %s, so one is a copy of the other, or both are the same directory, and Kafka can't start with them; correct log.dirs, or mount the right volume"
              .formatted(path, twin));
    }
    return wrong;
  }

  /** The cluster that the first formatted directory belongs to. */
  static Optional<String> clusterId(StorageState storageState) {
    return storageState.directories().stream()
        .flatMap(it -> it.formatted().flatMap(Formatted::clusterId).stream())
        .findFirst();
  }
}

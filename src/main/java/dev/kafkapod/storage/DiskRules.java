package dev.kafkapod.storage;

import dev.kafkapod.storage.Decision.CannotTell;
import dev.kafkapod.storage.Decision.NothingToDo;
import dev.kafkapod.storage.Decision.Stop;
import dev.kafkapod.storage.Directory.Foreign;
import dev.kafkapod.storage.Directory.Formatted;
import dev.kafkapod.storage.Directory.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What follows from the disks alone, before anybody is asked. */
final class DiskRules {

  private final Situation situation;

  DiskRules(Situation situation) {
    this.situation = situation;
  }

  /** Empty where some directories are to be formatted, if nothing else speaks against it. */
  Optional<Decision> decision() {
    List<String> wrong = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (Directory directory : situation.directories()) {
      if (directory.content() instanceof Foreign foreign) {
        wrong.add(
            "%s: holds data (%s) but no meta.properties, so nobody can tell whose it is; bring the file back, or empty the directory if its data isn't needed"
                .formatted(directory.path(), foreign.example()));
      } else if (directory.content() instanceof Formatted formatted) {
        wrong.addAll(mismatches(directory.path(), formatted));
      } else if (directory.content() instanceof Unreadable it) {
        unreadable.add("%s: can't be read (%s)".formatted(directory.path(), it.why()));
      }
    }
    if (!wrong.isEmpty()) {
      return Optional.of(new Stop(String.join("; ", wrong), false));
    }
    if (!unreadable.isEmpty()) {
      return Optional.of(ofUnreadable(unreadable));
    }
    return situation.emptyOnes().isEmpty()
        ? Optional.of(new NothingToDo("every directory is formatted", List.of()))
        : Optional.empty();
  }

  /**
   * A broker lives with a failed disk, as long as the metadata isn't on it; and a disk that can't
   * be read mustn't be formatted.
   */
  private Decision ofUnreadable(List<String> unreadable) {
    boolean enough =
        situation.emptyOnes().isEmpty() && situation.metadata().formatted().isPresent();
    return enough
        ? new NothingToDo(
            "every directory that can be read is formatted",
            unreadable.stream().map(it -> it + "; Kafka starts without it").toList())
        : new CannotTell(
            String.join("; ", unreadable)
                + "; let this process's user read and write it, or take it out of log.dirs",
            false);
  }

  private List<String> mismatches(String path, Formatted formatted) {
    List<String> wrong = new ArrayList<>();
    Node node = situation.node();
    if (formatted.nodeId().isPresent() && formatted.nodeId().getAsInt() != node.id()) {
      wrong.add(
          "%s: belongs to node %d, but this is node %d, and a moved disk must not start as another node; mount the right volume, or correct node.id"
              .formatted(path, formatted.nodeId().getAsInt(), node.id()));
    }
    Optional<String> expected = situation.clusterId().or(() -> clusterId(situation));
    if (formatted.clusterId().isPresent() && !formatted.clusterId().equals(expected)) {
      wrong.add(
          "%s: belongs to the cluster %s, but %s is meant for %s; mount the right volume, or correct KAFKA_POD_CLUSTER_ID"
              .formatted(
                  path, formatted.clusterId().get(), node.name(), expected.orElse("no cluster")));
    }
    return wrong;
  }

  /** The cluster that the first formatted directory belongs to. */
  static Optional<String> clusterId(Situation situation) {
    return situation.directories().stream()
        .flatMap(it -> it.formatted().flatMap(Formatted::clusterId).stream())
        .findFirst();
  }
}

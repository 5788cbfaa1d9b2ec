package dev.kafkapod.nodeconfig;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Kafka reads the names of the directories in a log directory
 * (org.apache.kafka.storage.internals.log.LocalLog.parseTopicPartitionName; 3.9 has the same in
 * kafka.log.LocalLog). A broker ends at the first that is no partition's.
 */
final class PartitionName {

  /** The cache of tiered storage; Kafka passes over it (RemoteIndexCache.DIR_NAME). */
  private static final String REMOTE_INDEX_CACHE = "remote-log-index-cache";

  private static final List<String> SUFFIXES = List.of("-delete", "-future", "-stray");
  private static final Pattern SUFFIXED = Pattern.compile("\\S+-\\S+\\.\\S+-[a-z]+");

  private PartitionName() {}

  /** Whether a broker can start with a directory of this name. */
  static boolean isAccepted(String directory) {
    return directory.equals(REMOTE_INDEX_CACHE) || topic(directory).isPresent();
  }

  /** The topic to which a directory belongs; empty for the name of anything else. */
  static Optional<String> topic(String directory) {
    String name = directory;
    if (SUFFIXES.stream().anyMatch(directory::endsWith)) {
      if (!SUFFIXED.matcher(directory).matches()) {
        return Optional.empty();
      }
      name = directory.substring(0, directory.lastIndexOf('.'));
    }
    int dash = name.lastIndexOf('-');
    if (dash <= 0 || !isNumber(name.substring(dash + 1))) {
      return Optional.empty();
    }
    return Optional.of(name.substring(0, dash));
  }

  private static boolean isNumber(String partition) {
    try {
      Integer.parseInt(partition);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}

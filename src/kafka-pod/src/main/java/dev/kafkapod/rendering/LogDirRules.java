package dev.kafkapod.rendering;

import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.Directory.Formatted;
import dev.kafkapod.storage.StartRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A disk that has been a broker's goes on being that broker's: under another id or in another
 * cluster, its data would be taken for somebody else's (org.apache.kafka.metadata.properties
 * .MetaPropertiesEnsemble).
 */
final class LogDirRules {

  static final List<RenderRule> RULES =
      List.of(
          RenderRule.of("log-dirs-are-set", LogDirRules::set),
          RenderRule.of("disks-are-this-nodes", LogDirRules::owners),
          RenderRule.of("kafka-does-not-die-of-its-log-dirs", LogDirRules::start));

  private LogDirRules() {}

  private static void set(RuleInput input, Problems problems) {
    boolean set =
        isSet(input, "log.dirs")
            || isSet(input, "log.dir")
            // who is no broker keeps nothing but the metadata log
            || (!input.roles().broker() && isSet(input, "metadata.log.dir"));
    if (!set) {
      problems.warning(
          "log.dirs: isn't set, and what Kafka writes to its default, /tmp/kafka-logs, is gone with the container; set it to a directory of a volume (in server.properties, or as KAFKA_LOG_DIRS)");
    }
  }

  private static boolean isSet(RuleInput input, String key) {
    return input.settings().value(key).isPresent() || input.settings().isBroken(key);
  }

  private static void owners(RuleInput input, Problems problems) {
    for (Directory directory : input.directories()) {
      directory
          .formatted()
          .ifPresent(
              it ->
                  owner(
                      directory.path() + "/meta.properties",
                      it,
                      input.nodeId(),
                      input.request().clusterId(),
                      problems));
    }
  }

  private static void start(RuleInput input, Problems problems) {
    StartRules start =
        new StartRules(input.roles().isKraft(), input.roles().broker(), input.directories());
    start.problems().forEach(it -> problems.error("%s", it));
    for (Directory directory : start.needed()) {
      problems.error(
          "%s, and Kafka can't start without it; %s",
          StartRules.cantBeUsed(directory), StartRules.remedy(directory, "repair it"));
    }
    for (Directory directory : start.offline()) {
      problems.warning("%s; Kafka starts without it", StartRules.cantBeUsed(directory));
    }
  }

  private static void owner(
      String file,
      Formatted disk,
      OptionalInt nodeId,
      Optional<String> clusterId,
      Problems problems) {
    if (disk.nodeId().isPresent() && nodeId.isPresent()) {
      if (!disk.nodeId().equals(nodeId)) {
        problems.error(
            "%s: this disk is node %s's, but this pod is node %s; mount the disk that belongs to it, or correct the node id",
            file, disk.nodeId().getAsInt(), nodeId.getAsInt());
      }
    }
    if (disk.clusterId().isPresent() && clusterId.isPresent()) {
      String cluster = disk.clusterId().get();
      if (!cluster.equals(clusterId.get())) {
        problems.error(
            "%s: this disk belongs to the Kafka cluster %s, but CLUSTER_ID is %s; mount the disk that belongs to it, or correct CLUSTER_ID",
            file, cluster, clusterId.get());
      }
    }
  }
}

package dev.kafkapod.rendering;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A disk that has been a broker's goes on being that broker's: under another id or in another
 * cluster, its data would be taken for somebody else's (org.apache.kafka.metadata.properties
 * .MetaPropertiesEnsemble).
 */
final class DiskRules {

  private DiskRules() {}

  /** The directories whose disks count. */
  static Set<String> directories(Settings settings) {
    Set<String> directories = new LinkedHashSet<>();
    settings
        .value("log.dirs")
        .or(() -> settings.value("log.dir"))
        .ifPresent(it -> directories.addAll(Listener.list(it)));
    settings.value("metadata.log.dir").ifPresent(directories::add);
    return directories;
  }

  static void check(
      List<Disk> disks, Settings settings, Optional<String> clusterId, Problems problems) {
    Optional<String> nodeId = settings.value("node.id").or(() -> settings.value("broker.id"));
    for (Disk disk : disks) {
      String onDisk = disk.properties().getOrDefault("node.id", disk.properties().get("broker.id"));
      if (onDisk != null && nodeId.isPresent() && !onDisk.equals(nodeId.get())) {
        problems.error(
            "%s: this disk is node %s's, but this pod is node %s; mount the disk that belongs to it, or correct the node id",
            disk.file(), onDisk, nodeId.get());
      }
      String cluster = disk.properties().get("cluster.id");
      if (cluster != null && clusterId.isPresent() && !cluster.equals(clusterId.get())) {
        problems.error(
            "%s: this disk belongs to the Kafka cluster %s, but CLUSTER_ID is %s; mount the disk that belongs to it, or correct CLUSTER_ID",
            disk.file(), cluster, clusterId.get());
      }
    }
  }
}

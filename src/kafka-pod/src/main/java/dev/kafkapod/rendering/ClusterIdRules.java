package dev.kafkapod.rendering;

import dev.kafkapod.storage.Directory;
import dev.kafkapod.storage.Directory.Formatted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Kafka cluster's id, before a disk has it for good. Kafka takes any text
 * (kafka.tools.StorageTool doesn't look at it), but by it alone nodes and disks know their cluster:
 * one that two clusters share keeps nothing apart.
 */
final class ClusterIdRules {

  /** What {@code kafka-storage.sh random-uuid} makes: 16 bytes in base 64, for URLs. */
  private static final Pattern UUID = Pattern.compile("[A-Za-z0-9_-]{22}");

  /** What {@code kafka-pod storage} refuses to format a disk with. */
  private static final Pattern WORD = Pattern.compile("[\\w-]{1,64}");

  /** Those of the shipped overlays and the guide, and those that everybody copies from others. */
  static final Set<String> EXAMPLES =
      Set.of(
          "9dJzdGvfTPaCY4e8klXaDQ",
          "Q1yvBsvhQ-GWTHh4PqPK1g",
          "mUmHiahiQFWpENlLpdHUTQ",
          "kZ1nCz8fQ3-8tN2b8Q5nLg",
          // the apache/kafka image's own, and its examples'
          "5L6g3nShT-eMCtK--X86sw",
          "4L6g3nShT-eMCtK--X86sw",
          // other images' examples
          "MkU3OEVBNTcwNTJENDM2Qk",
          "AAAAAAAAAAAAAAAAAAAAAA");

  static final List<RenderRule> RULES =
      List.of(RenderRule.of("the-cluster-has-an-id-of-its-own", ClusterIdRules::check));

  private ClusterIdRules() {}

  private static void check(RuleInput input, Problems problems) {
    Optional<String> clusterId = input.request().clusterId();
    // once a disk has the id, it can't be changed
    if (clusterId.isEmpty() || isOnDisk(clusterId.get(), input.directories())) {
      return;
    }
    String id = clusterId.get();
    Origin where = origin(id, input.environment());
    // disks of ZooKeeper mode are not formatted with it
    if (!WORD.matcher(id).matches() && input.roles().isKraft()) {
      problems.error(
          where,
          "a cluster id must be one word of letters, digits, - and _, got '%s'; make one with kafka-storage.sh random-uuid",
          id);
    } else if (EXAMPLES.contains(id)) {
      problems.warning(
          where,
          "the cluster id %s is that of an example, and every cluster that copies it has the same: none of them would refuse another's disk or node; make your own with kafka-storage.sh random-uuid, unless this Kafka cluster has this one already",
          id);
    } else if (!UUID.matcher(id).matches()) {
      problems.warning(
          where,
          "a cluster id is 22 letters, digits, - and _, as kafka-storage.sh random-uuid makes them, got '%s'; make one, unless this Kafka cluster has this one already",
          id);
    }
  }

  private static boolean isOnDisk(String id, List<Directory> directories) {
    return directories.stream()
        .flatMap(it -> it.formatted().flatMap(Formatted::clusterId).stream())
        .anyMatch(id::equals);
  }

  private static Origin origin(String id, Map<String, String> environment) {
    return List.of("KAFKA_POD_CLUSTER_ID", "CLUSTER_ID").stream()
        .filter(it -> environment.getOrDefault(it, "").strip().equals(id.strip()))
        .findFirst()
        .map(Origin::variable)
        .orElse(Origin.variable("--cluster-id"));
  }
}

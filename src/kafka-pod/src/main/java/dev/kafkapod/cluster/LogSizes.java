package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.placement.PartitionSizes;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.PartitionState;
import dev.kafkapod.readiness.Wording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * How many bytes partitions have, as the brokers' log directories tell. Of several replicas the
 * largest counts: it is what has to be copied at most.
 */
public final class LogSizes {

  /** Ten thousand replicas are an answer of about a megabyte: not all of them are held at once. */
  private static final int BROKERS_A_CALL = 10;

  private final ClusterSnapshot cluster;
  private final Map<String, Map<Integer, Long>> sizes = new HashMap<>();

  /** Who holds each topic's partitions: a broker may have what was moved away from it. */
  private final Map<String, Map<Integer, List<Integer>>> holders = new HashMap<>();

  /** The brokers that haven't told, by why. */
  private final Map<String, List<Integer>> silent = new LinkedHashMap<>();

  private LogSizes(ClusterSnapshot cluster) {
    this.cluster = cluster;
    for (PartitionState it : cluster.partitions()) {
      holders
          .computeIfAbsent(it.topic(), topic -> new HashMap<>())
          .put(it.partition(), it.replicas());
    }
  }

  /**
   * Asks all brokers that are up. Whoever doesn't tell is named, and no error.
   *
   * @param timeout how long an answer may usually take
   * @throws Unanswered if there is no client
   */
  public static PartitionSizes of(
      ClientSettings settings, ClusterSnapshot cluster, Duration timeout, Deadline deadline)
      throws Unanswered {
    Admin admin = NewClient.of(settings, () -> Admin.create(settings.forAdmin(timeout)));
    try {
      return new LogSizes(cluster).ask(admin, deadline);
    } finally {
      admin.close(AdminClusterProbe.NO_TIME);
    }
  }

  private PartitionSizes ask(Admin admin, Deadline deadline) {
    List<Integer> live = cluster.liveIds();
    for (int from = 0; from < live.size(); from += BROKERS_A_CALL) {
      List<Integer> some = live.subList(from, Math.min(live.size(), from + BROKERS_A_CALL));
      Map<Integer, KafkaFuture<Map<String, LogDirDescription>>> answers =
          new HashMap<>(admin.describeLogDirs(some).descriptions());
      for (int broker : some) {
        take(broker, answers.remove(broker), deadline);
      }
    }
    List<String> problems = new ArrayList<>();
    silent.forEach(
        (why, brokers) ->
            problems.add(
                "how many bytes replicas have %s didn't tell: %s"
                    .formatted(
                        (brokers.size() == 1 ? "broker " : "brokers ") + Wording.ids(brokers),
                        why)));
    return new PartitionSizes(sizes, problems);
  }

  private void take(
      int broker, KafkaFuture<Map<String, LogDirDescription>> answer, Deadline deadline) {
    try {
      Calls.await(answer, "asking for log directories", deadline)
          .values()
          .forEach(
              directory ->
                  directory
                      .replicaInfos()
                      .forEach((name, it) -> add(broker, name, it.size(), it.isFuture())));
    } catch (AuthorizationException e) {
      silent(broker, MissingAcl.DESCRIBE_LOG_DIRS.describe());
    } catch (KafkaException e) {
      silent(broker, Calls.oneLine(e));
    } catch (Unanswered e) {
      silent(broker, e.getMessage());
    }
  }

  private void silent(int broker, String why) {
    silent.computeIfAbsent(why, it -> new ArrayList<>()).add(broker);
  }

  private void add(int broker, TopicPartition name, long size, boolean future) {
    Map<Integer, List<Integer>> topic = holders.get(name.topic());
    if (future
        || topic == null
        || !topic.getOrDefault(name.partition(), List.of()).contains(broker)) {
      return;
    }
    sizes
        .computeIfAbsent(name.topic(), it -> new HashMap<>())
        .merge(name.partition(), size, Math::max);
  }
}

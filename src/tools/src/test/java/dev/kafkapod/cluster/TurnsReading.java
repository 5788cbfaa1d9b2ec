package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.TurnEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/** What one process has read of the topic of turns, put together anew where that was begun anew. */
final class TurnsReading implements AutoCloseable {

  static final Duration TIMEOUT = Duration.ofSeconds(6);

  final TurnsTopic topic;
  private final List<LoggedEntry> entries = new ArrayList<>();
  private long generation;

  private TurnsReading(TurnsTopic topic) {
    this.topic = topic;
  }

  static TurnsReading of(KafkaCluster cluster, String name) {
    return of(cluster, name, Map.of());
  }

  static TurnsReading of(KafkaCluster cluster, String name, Map<String, String> commandConfig) {
    return new TurnsReading(
        new TurnsTopic(
            new ClientSettings(
                Asked.BROKERS, List.of(cluster.bootstrapServers().split(",")), commandConfig),
            name,
            TIMEOUT));
  }

  static TurnEntry entry(String reason) {
    return new TurnEntry.Release(1, Optional.of("request"), "a test", reason);
  }

  TurnLog.LogHealth check() throws Unanswered {
    return topic.check(true, Deadline.in(TIMEOUT));
  }

  List<String> read() throws Unanswered {
    return with(topic.read(Deadline.in(TIMEOUT)));
  }

  List<String> append(String reason) throws Unanswered {
    return with(topic.append(entry(reason), Deadline.in(TIMEOUT)));
  }

  private List<String> with(List<LoggedEntry> more) {
    if (topic.generation() != generation) {
      generation = topic.generation();
      entries.clear();
    }
    entries.addAll(more);
    assertThat(entries).extracting(LoggedEntry::offset).doesNotHaveDuplicates().isSorted();
    return entries.stream().map(it -> ((TurnEntry.Release) it.entry()).reason()).toList();
  }

  long lastOffset() {
    return entries.get(entries.size() - 1).offset();
  }

  @Override
  public void close() {
    topic.close();
  }

  static TopicDescription describe(KafkaCluster cluster, String name) throws Exception {
    return cluster.admin().describeTopics(List.of(name)).allTopicNames().get().get(name);
  }

  private static Map<String, String> settings(KafkaCluster cluster, String name) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Map<String, String> values = new HashMap<>();
    cluster
        .admin()
        .describeConfigs(List.of(topic))
        .all()
        .get()
        .get(topic)
        .entries()
        .forEach(it -> values.put(it.name(), it.value()));
    return values;
  }

  static void assertMadeAsItMustBe(KafkaCluster cluster, String name, int brokers)
      throws Exception {
    TopicDescription made = describe(cluster, name);
    assertThat(made.partitions()).hasSize(1);
    assertThat(made.partitions().get(0).replicas()).hasSize(brokers);
    assertThat(settings(cluster, name)).containsAllEntriesOf(TurnsTopicSettings.of(brokers));
  }
}

package dev.kafkapod.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * What one certain broker says of the cluster.
 *
 * <p>Admin can't be told whom to ask, and keeps asking whom it has a connection to: that may be a
 * broker which is cut off and stale, or one which is paused.
 *
 * @param observer the broker that was asked
 * @param brokers the ids of those that it takes for alive
 * @param partitions in no particular order
 */
record BrokerView(int observer, Set<Integer> brokers, List<Partition> partitions) {
  private static final short VERSION = 12;

  /** A partition as the broker sees it. */
  record Partition(
      String topic,
      int id,
      Optional<Integer> leader,
      Collection<Integer> replicas,
      Collection<Integer> isr) {
    boolean isFullyInSync() {
      return leader.isPresent() && Set.copyOf(replicas).equals(Set.copyOf(isr));
    }

    @Override
    public String toString() {
      return "%s-%d leader %s replicas %s ISR %s"
          .formatted(topic, id, leader.map(String::valueOf).orElse("none"), replicas, isr);
    }
  }

  /**
   * Asks a broker.
   *
   * @param port of a PLAINTEXT listener
   * @param topics the topics to ask for; null for all, internal ones included
   * @throws IOException if it doesn't answer in time
   */
  static BrokerView ask(int broker, String host, int port, List<String> topics, Duration limit)
      throws IOException {
    MetadataRequest request =
        (topics == null
                ? MetadataRequest.Builder.allTopics()
                : MetadataRequest.Builder.forTopicNames(topics, false))
            .build(VERSION);
    RequestHeader header = new RequestHeader(ApiKeys.METADATA, VERSION, "fixture", 0);
    MetadataResponse response =
        (MetadataResponse) Exchange.with(host, port, request, header, limit);
    return of(broker, response);
  }

  /** What it says, the same text from every broker that says the same. */
  String description() {
    return "brokers %s%n%s"
        .formatted(
            new TreeSet<>(brokers),
            partitions.stream()
                .map(Partition::toString)
                .sorted()
                .collect(Collectors.joining(System.lineSeparator())));
  }

  private static BrokerView of(int broker, MetadataResponse response) {
    return new BrokerView(
        broker,
        response.brokers().stream().map(Node::id).collect(Collectors.toCollection(TreeSet::new)),
        response.topicMetadata().stream()
            .flatMap(topic -> topic.partitionMetadata().stream())
            .map(
                p ->
                    new Partition(
                        p.topic(), p.partition(), p.leaderId, p.replicaIds, p.inSyncReplicaIds))
            .toList());
  }
}

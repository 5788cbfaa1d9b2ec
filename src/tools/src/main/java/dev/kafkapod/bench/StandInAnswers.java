package dev.kafkapod.bench;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBrokerCollection;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.PartitionData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ReplicaState;
import org.apache.kafka.common.message.DescribeQuorumResponseData.TopicData;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Message;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.DescribeConfigsRequest;
import org.apache.kafka.common.requests.MetadataRequest;

/** What a stand-in cluster says, with nothing amiss but ISRs that are meant to be short. */
final class StandInAnswers {

  static final String CLUSTER_ID = "stand-in-for-benchmark";

  /**
   * Nothing else is advertised. Without DescribeTopicPartitions, the client describes a topic by
   * Metadata, as with brokers before 3.8.
   */
  private static final List<ApiKeys> SPOKEN =
      List.of(
          ApiKeys.API_VERSIONS,
          ApiKeys.METADATA,
          ApiKeys.DESCRIBE_CLUSTER,
          ApiKeys.DESCRIBE_CONFIGS,
          ApiKeys.DESCRIBE_QUORUM,
          ApiKeys.LIST_PARTITION_REASSIGNMENTS);

  /** Controllers of their own, as big clusters have them. */
  private static final List<Integer> VOTERS = List.of(100, 101, 102);

  private final List<InetSocketAddress> brokers;
  private final StandInMetadata metadata;
  private final Map<Short, ByteBuffer> allTopics = new ConcurrentHashMap<>();

  StandInAnswers(StandInShape shape, List<InetSocketAddress> brokers) {
    this.brokers = List.copyOf(brokers);
    metadata = new StandInMetadata(shape, brokers);
  }

  /**
   * The response's body.
   *
   * @throws IllegalArgumentException for what the probe has no reason to ask
   */
  ByteBuffer to(AbstractRequest request) {
    short version = request.version();
    return switch (request.apiKey()) {
      case API_VERSIONS -> bytes(versions(), version);
      case METADATA -> metadata(((MetadataRequest) request).data(), version);
      case DESCRIBE_CLUSTER -> bytes(cluster(), version);
      case DESCRIBE_QUORUM -> bytes(quorum(System.currentTimeMillis()), version);
      case LIST_PARTITION_REASSIGNMENTS ->
          bytes(new ListPartitionReassignmentsResponseData(), version);
      case DESCRIBE_CONFIGS ->
          bytes(StandInConfigs.of(((DescribeConfigsRequest) request).data()), version);
      default -> throw new IllegalArgumentException("nobody should ask for " + request.apiKey());
    };
  }

  /** Of all topics it is built once, so that the stand-in takes no CPU from what is measured. */
  private ByteBuffer metadata(MetadataRequestData request, short version) {
    if (request.topics() == null) {
      return allTopics
          .computeIfAbsent(version, it -> bytes(metadata.ofAllTopics(), it))
          .duplicate();
    }
    return bytes(metadata.ofAbsent(request.topics()), version);
  }

  private static ByteBuffer bytes(Message message, short version) {
    return MessageUtil.toByteBufferAccessor(message, version).buffer();
  }

  private static ApiVersionsResponseData versions() {
    ApiVersionCollection versions = new ApiVersionCollection();
    for (ApiKeys key : SPOKEN) {
      versions.add(key.toApiVersion(false).orElseThrow());
    }
    return new ApiVersionsResponseData().setApiKeys(versions);
  }

  private DescribeClusterResponseData cluster() {
    DescribeClusterBrokerCollection all = new DescribeClusterBrokerCollection();
    for (int id = 0; id < brokers.size(); id++) {
      all.add(
          new DescribeClusterBroker()
              .setBrokerId(id)
              .setHost(brokers.get(id).getHostString())
              .setPort(brokers.get(id).getPort()));
    }
    return new DescribeClusterResponseData()
        .setClusterId(CLUSTER_ID)
        .setControllerId(0) // in KRaft mode any broker: it forwards
        .setBrokers(all);
  }

  private DescribeQuorumResponseData quorum(long now) {
    PartitionData partition =
        new PartitionData()
            .setLeaderId(VOTERS.get(0))
            .setLeaderEpoch(1)
            .setCurrentVoters(VOTERS.stream().map(id -> caughtUp(id, now)).toList())
            .setObservers(
                IntStream.range(0, brokers.size()).mapToObj(id -> caughtUp(id, now)).toList());
    return new DescribeQuorumResponseData()
        .setTopics(
            List.of(
                new TopicData()
                    .setTopicName("__cluster_metadata")
                    .setPartitions(List.of(partition))));
  }

  private static ReplicaState caughtUp(int id, long now) {
    return new ReplicaState()
        .setReplicaId(id)
        .setReplicaDirectoryId(new Uuid(1, id + 1))
        .setLogEndOffset(1_000)
        .setLastFetchTimestamp(now)
        .setLastCaughtUpTimestamp(now);
  }
}

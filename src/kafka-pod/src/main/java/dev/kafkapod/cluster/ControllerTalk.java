package dev.kafkapod.cluster;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.common.Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.DescribeClusterRequest;
import org.apache.kafka.common.requests.DescribeClusterResponse;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.IncrementalAlterConfigsRequest;
import org.apache.kafka.common.requests.IncrementalAlterConfigsResponse;
import org.apache.kafka.common.requests.SaslHandshakeRequest;
import org.apache.kafka.common.requests.SaslHandshakeResponse;

/**
 * The questions that a controller of Kafka 3.3 and later answers whatever the cluster's
 * metadata.version is, and before it knows any. None of them changes anything.
 */
final class ControllerTalk {

  private static final TopicPartition METADATA = new TopicPartition("__cluster_metadata", 0);
  private static final short VERSIONS_WITH_FEATURES = 3;
  private static final byte CONTROLLERS = 2; // EndpointType.CONTROLLER
  private static final int NOBODY = -1;

  private final ControllerConnection connection;
  private final ApiVersionsResponseData versions;

  /** Begins with what it understands. */
  ControllerTalk(ControllerConnection connection) throws Unanswered {
    this.connection = connection;
    ApiVersionsRequestData software =
        new ApiVersionsRequestData()
            .setClientSoftwareName("kafka-pod")
            .setClientSoftwareVersion("1");
    versions =
        ((ApiVersionsResponse)
                connection.ask(new ApiVersionsRequest(software, VERSIONS_WITH_FEATURES)))
            .data();
  }

  /**
   * Whether it has read metadata that a quorum has committed. A controller does so as soon as it
   * knows what is committed, which takes a leader; so a new one has none, nor has one that was
   * restarted and has met no leader since.
   */
  boolean hasMetadata() {
    return versions.finalizedFeaturesEpoch() >= 0;
  }

  /** Whether it is a controller. */
  boolean isController() {
    return versions.apiKeys().find(ApiKeys.DESCRIBE_QUORUM.id) != null
        && versions.apiKeys().find(ApiKeys.FETCH_SNAPSHOT.id) != null;
  }

  /** The SASL mechanisms that clients log in by; empty if nobody has to. */
  Optional<List<String>> saslMechanisms() throws Unanswered {
    SaslHandshakeRequestData data = new SaslHandshakeRequestData().setMechanism("PLAIN");
    var answer =
        ((SaslHandshakeResponse)
                connection.ask(new SaslHandshakeRequest(data, version(ApiKeys.SASL_HANDSHAKE))))
            .data();
    boolean wanted =
        answer.errorCode() == Errors.NONE.code()
            || answer.errorCode() == Errors.UNSUPPORTED_SASL_MECHANISM.code();
    return wanted ? Optional.of(answer.mechanisms()) : Optional.empty();
  }

  /**
   * What it says of the leader.
   *
   * @param error NONE unless it refused to say
   * @param id empty if it knows none
   * @param address where it finds the leader, if it says so
   */
  record Leader(Errors error, Optional<Integer> id, int epoch, Optional<Address> address) {}

  /**
   * The leader that it knows. Asks for records of the epoch 0, which is before the first leader's:
   * every controller declines, and says who leads.
   *
   * @param clusterId for INCONSISTENT_CLUSTER_ID if it isn't the controller's
   */
  Leader leader(Optional<String> clusterId) throws Unanswered {
    FetchRequestData.FetchPartition partition =
        new FetchRequestData.FetchPartition()
            .setPartition(METADATA.partition())
            .setCurrentLeaderEpoch(0)
            .setLastFetchedEpoch(0)
            .setFetchOffset(0);
    FetchRequestData.FetchTopic topic =
        new FetchRequestData.FetchTopic()
            .setTopic(METADATA.topic())
            .setTopicId(Uuid.METADATA_TOPIC_ID)
            .setPartitions(List.of(partition));
    FetchRequestData data =
        new FetchRequestData()
            .setClusterId(clusterId.orElse(null))
            .setMaxWaitMs(0)
            .setMaxBytes(0)
            .setTopics(List.of(topic));
    FetchResponseData answer =
        ((FetchResponse) connection.ask(new FetchRequest(data, version(ApiKeys.FETCH)))).data();
    Errors error = Errors.forCode(answer.errorCode());
    if (error != Errors.NONE) {
      return new Leader(error, Optional.empty(), NOBODY, Optional.empty());
    }
    var leader = answer.responses().get(0).partitions().get(0).currentLeader();
    var endpoint = answer.nodeEndpoints().find(leader.leaderId());
    return new Leader(
        Errors.NONE,
        Optional.of(leader.leaderId()).filter(id -> id != NOBODY),
        leader.leaderEpoch(),
        Optional.ofNullable(endpoint).map(it -> new Address(it.host(), it.port())));
  }

  /** What the leader knows of its quorum; NOT_LEADER_OR_FOLLOWER from everybody else. */
  DescribeQuorumResponseData quorum() throws Unanswered {
    return ((DescribeQuorumResponse)
            connection.ask(
                new DescribeQuorumRequest.Builder(DescribeQuorumRequest.singletonRequest(METADATA))
                    .build(version(ApiKeys.DESCRIBE_QUORUM))))
        .data();
  }

  /** The cluster's id, which it says from metadata.version 3.7 on, and to those with ALTER. */
  Optional<String> clusterId() throws Unanswered {
    short version = version(ApiKeys.DESCRIBE_CLUSTER);
    if (version < 1) {
      return Optional.empty();
    }
    DescribeClusterRequestData data = new DescribeClusterRequestData().setEndpointType(CONTROLLERS);
    var answer =
        ((DescribeClusterResponse) connection.ask(new DescribeClusterRequest(data, version)))
            .data();
    return answer.errorCode() == Errors.NONE.code()
        ? Optional.of(answer.clusterId())
        : Optional.empty();
  }

  /** What comes of changing nothing in a broker's settings; only the leader knows. */
  Errors unchangedBroker(int id) throws Unanswered {
    var change =
        new IncrementalAlterConfigsRequest.Builder(
            Map.of(new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(id)), List.of()),
            true);
    var answer =
        ((IncrementalAlterConfigsResponse)
                connection.ask(change.build(version(ApiKeys.INCREMENTAL_ALTER_CONFIGS))))
            .data();
    return answer.responses().stream()
        .map(it -> Errors.forCode(it.errorCode()))
        .findFirst()
        .orElse(Errors.UNKNOWN_SERVER_ERROR);
  }

  /** The latest version that both sides know; -1 if it doesn't know the request. */
  private short version(ApiKeys request) {
    var known = versions.apiKeys().find(request.id);
    return known == null ? NOBODY : (short) Math.min(known.maxVersion(), request.latestVersion());
  }
}

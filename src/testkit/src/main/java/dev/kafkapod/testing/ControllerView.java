package dev.kafkapod.testing;

import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeQuorumRequest;
import org.apache.kafka.common.requests.DescribeQuorumResponse;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * What one certain controller says of the quorum. Admin would ask on until somebody is its leader.
 *
 * @param controller the node id of the one that was asked
 * @param leads whether it takes itself for the leader
 */
public record ControllerView(int controller, boolean leads) {
  private static final short VERSION = 1;

  /**
   * Asks a controller of a cluster whose controllers listen without TLS.
   *
   * @throws IOException if it isn't there, or doesn't answer in time
   */
  public static ControllerView ask(KafkaNode controller, Duration limit) throws IOException {
    if (!controller.isAlive()) {
      throw new IOException("controller " + controller.id() + " isn't running");
    }
    DescribeQuorumRequest request =
        new DescribeQuorumRequest.Builder(
                DescribeQuorumRequest.singletonRequest(new TopicPartition("__cluster_metadata", 0)))
            .build(VERSION);
    RequestHeader header = new RequestHeader(ApiKeys.DESCRIBE_QUORUM, VERSION, "fixture", 0);
    DescribeQuorumResponseData data =
        ((DescribeQuorumResponse)
                Exchange.with(controller.host(), controller.port(), request, header, limit))
            .data();
    return new ControllerView(
        controller.id(),
        data.errorCode() == Errors.NONE.code()
            && data.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .anyMatch(partition -> partition.errorCode() == Errors.NONE.code()));
  }
}

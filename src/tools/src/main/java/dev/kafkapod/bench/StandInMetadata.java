package dev.kafkapod.bench;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBrokerCollection;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopicCollection;
import org.apache.kafka.common.protocol.Errors;

/** A stand-in cluster's answers to Metadata requests. */
final class StandInMetadata {

  private final StandInShape shape;
  private final List<InetSocketAddress> brokers;

  StandInMetadata(StandInShape shape, List<InetSocketAddress> brokers) {
    this.shape = shape;
    this.brokers = List.copyOf(brokers);
  }

  MetadataResponseData ofAllTopics() {
    MetadataResponseTopicCollection topics = new MetadataResponseTopicCollection(shape.topics());
    for (int number = 0; number < shape.topics(); number++) {
      topics.add(
          new MetadataResponseTopic()
              .setName(shape.topic(number))
              .setTopicId(new Uuid(2, number + 1))
              .setPartitions(partitions(number)));
    }
    return ofNodes().setTopics(topics);
  }

  /** No topic is ever asked for by name but one that doesn't exist, and none at all. */
  MetadataResponseData ofAbsent(List<MetadataRequestTopic> asked) {
    MetadataResponseTopicCollection topics = new MetadataResponseTopicCollection();
    for (MetadataRequestTopic topic : asked) {
      topics.add(
          new MetadataResponseTopic()
              .setErrorCode(Errors.UNKNOWN_TOPIC_OR_PARTITION.code())
              .setName(topic.name()));
    }
    return ofNodes().setTopics(topics);
  }

  private MetadataResponseData ofNodes() {
    MetadataResponseBrokerCollection all = new MetadataResponseBrokerCollection();
    for (int id = 0; id < brokers.size(); id++) {
      all.add(
          new MetadataResponseBroker()
              .setNodeId(id)
              .setHost(brokers.get(id).getHostString())
              .setPort(brokers.get(id).getPort()));
    }
    return new MetadataResponseData()
        .setClusterId(StandInAnswers.CLUSTER_ID)
        .setControllerId(0)
        .setBrokers(all);
  }

  private List<MetadataResponsePartition> partitions(int topic) {
    List<MetadataResponsePartition> partitions = new ArrayList<>();
    for (int index = 0; index < shape.partitionsPerTopic(); index++) {
      List<Integer> replicas = shape.replicas(topic, index);
      partitions.add(
          new MetadataResponsePartition()
              .setPartitionIndex(index)
              .setLeaderId(replicas.get(0))
              .setLeaderEpoch(5)
              .setReplicaNodes(replicas)
              .setIsrNodes(shape.isr(topic, index)));
    }
    return partitions;
  }
}

package dev.kafkapod.bench;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;

/**
 * A cluster with or without agents whose brokers are stopped and started again and again, so that
 * another one can take its turn; controllers of their own run on.
 *
 * @param agentsCount how many brokers have one, from 0 on; all or none
 */
record BrokerSide(KafkaCluster cluster, Agents agents, int agentsCount) implements AutoCloseable {

  /** Ends up stopped. */
  static BrokerSide of(KafkaClusterBuilder builder, int agentsCount) {
    for (int id = 0; id < agentsCount; id++) {
      builder.brokerEnvironment(id, "KAFKA_POD_STABLE_FOR", "1s");
    }
    Agents agents = Agents.join(builder, agentsCount);
    BrokerSide side = new BrokerSide(builder.start(), agents, agentsCount);
    side.stop();
    return side;
  }

  boolean hasAgents() {
    return agentsCount > 0;
  }

  void startAgain() {
    cluster.brokers().forEach(KafkaNode::start);
    cluster.brokers().forEach(KafkaNode::awaitRunning);
    cluster.awaitBrokers(cluster.brokers().stream().map(KafkaNode::id).toArray(Integer[]::new));
  }

  void awaitReady() {
    for (int id = 0; id < agentsCount; id++) {
      agents.awaitReady(id);
    }
  }

  void stop() {
    cluster.brokers().forEach(KafkaNode::stop);
  }

  @Override
  public void close() {
    cluster.close();
  }
}

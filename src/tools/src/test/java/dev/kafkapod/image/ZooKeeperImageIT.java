package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.FreePorts;
import dev.kafkapod.testing.KafkaCluster;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The image with the Kafka that still knows ZooKeeper. */
@Tag("image")
class ZooKeeperImageIT {

  private static final String HOST = "127.0.0.1";

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @Test
  void joinsAClusterOfOthers() {
    int port = FreePorts.find(HOST);
    try (KafkaCluster cluster = KafkaCluster.zookeeper().brokers(2).start();
        Node node =
            new Node(BuiltImage.withZooKeeper())
                .withEnv("KAFKA_POD_TEMPLATE", "zookeeper")
                .withEnv("POD_NAME", "kafka-0")
                .withEnv("KAFKA_POD_NODE_ID_BASE", "7")
                .withEnv("POD_NAMESPACE", "orders")
                .withEnv("KAFKA_POD_SERVICE", "kafka")
                .withEnv("KAFKA_ZOOKEEPER_CONNECT", HOST + ":" + cluster.zooKeeper().port())
                .withEnv("KAFKA_LISTENERS", "CLIENT://" + HOST + ":" + port)
                .withEnv("KAFKA_ADVERTISED_LISTENERS", "CLIENT://" + HOST + ":" + port)
                .withEnv("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "CLIENT:PLAINTEXT")
                .withEnv("KAFKA_INTER_BROKER_LISTENER_NAME", "CLIENT")) {
      node.start();

      cluster.awaitBrokers(0, 1, 7);
      assertThat(node.awaitReady()).startsWith("ready: ");
      assertThat(node.shell("kafka-topics.sh --version")).startsWith("3.9.2");
    }
  }
}

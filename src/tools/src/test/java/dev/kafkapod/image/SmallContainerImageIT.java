package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.FreePorts;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What people run beside a broker that has hardly any memory left. */
@Tag("image")
class SmallContainerImageIT {

  private static final String HOST = "127.0.0.1";

  /**
   * Less than a broker should have: with a heap of half of it, it takes 320 MB of it for itself.
   */
  private static final long LIMIT = 400L << 20;

  private static final int RECORDS = 4000;

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @Test
  void whatIsRunBesideABrokerIsKilledBeforeIt() {
    int port = FreePorts.find(HOST);
    String server = " --bootstrap-server " + HOST + ":" + port;
    try (Node node = new Node(BuiltImage.get()).alone(port)) {
      node.withCreateContainerCmdModifier(
          command -> command.getHostConfig().withMemory(LIMIT).withMemorySwap(LIMIT));
      node.start();
      node.awaitReady();
      load(port);

      for (int i = 0; i < 3; i++) {
        node.shell("kafka-topics.sh --list" + server);
        node.shell("entrypoint kafka-topics.sh --describe" + server);
        node.shell("kafka-pod status --direct");
        node.shell("KAFKA_POD_RUN_DIR=/tmp/none kafka-pod-probe ready");
      }

      assertThat(node.isRunning()).as(node.getLogs()).isTrue();
      assertThat(node.awaitReady()).startsWith("ready");
      assertThat(node.shell("cat /proc/1/oom_score_adj")).isEqualTo("0");
      assertThat(node.shell("entrypoint cat /proc/self/oom_score_adj")).isEqualTo("1000");
    }
  }

  /** Until the broker's heap has been used to its end. */
  private static void load(int port) {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers",
            HOST + ":" + port,
            "delivery.timeout.ms",
            60_000,
            "request.timeout.ms",
            30_000);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      byte[] value = new byte[100_000];
      for (int i = 0; i < RECORDS; i++) {
        var unused = producer.send(new ProducerRecord<>("load", value));
      }
    }
  }
}

package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.EntrypointNode;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.TcpProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three pods of one StatefulSet, from a template and the environment that Kubernetes would give
 * them; clients come through a mesh, whose sidecar a forwarder for each broker stands in for.
 */
@Timeout(300)
class PodsIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String SIDECAR = "127.0.20.5";
  private static final int MESH_PORT = 29091;
  private static final int PODS = 3;
  private static final int RECORDS = 200;

  @TempDir private Path directory;
  private final List<AutoCloseable> toClose = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable it : toClose) {
      it.close();
    }
  }

  private static String ip(int ordinal) {
    return "127.0.21." + (ordinal + 1);
  }

  /** What the pods' manifest would say, the same for all but name and address. */
  private EntrypointNode pod(int ordinal, String version, Map<String, String> manifest) {
    EntrypointNode node =
        new EntrypointNode(directory.resolve("kafka-" + ordinal), version, Map.of())
            .with("POD_NAME", "kafka-" + ordinal)
            .with("POD_IP", ip(ordinal))
            .with("KAFKA_POD_ZONE", "zone-" + ordinal)
            .with("KAFKA_POD_AGENT", "on")
            // all of them are one machine here
            .with("KAFKA_POD_HTTP", "off")
            .with("KAFKA_POD_STABLE_FOR", "1s")
            .with(
                "KAFKA_ADVERTISED_LISTENERS",
                "INTERNAL://${pod.ip}:19090,MESH://%s:${node.id+%d}".formatted(SIDECAR, MESH_PORT))
            .with("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "3");
    manifest.forEach(node::with);
    node.with("KAFKA_LOG_DIRS", node.data().toString());
    toClose.add(node);
    toClose.add(new TcpProxy(SIDECAR, MESH_PORT + ordinal, ip(ordinal), 19092));
    return node.start();
  }

  private List<EntrypointNode> pods(String version, Map<String, String> manifest) {
    return IntStream.range(0, PODS).mapToObj(it -> pod(it, version, manifest)).toList();
  }

  @Test
  @Tag("matrix")
  void threeKraftPodsServeClientsThroughTheMesh() throws Exception {
    List<EntrypointNode> pods =
        pods(
            "4.3.1",
            Map.of(
                "KAFKA_POD_TEMPLATE",
                "combined",
                "CLUSTER_ID",
                "6Gm2vrC4Tm2WPB0MqTpV8g",
                "KAFKA_LISTENERS",
                "INTERNAL://${pod.ip}:19090,MESH://${pod.ip}:19092,CONTROLLER://${pod.ip}:19093",
                "KAFKA_CONTROLLER_QUORUM_VOTERS",
                "0@127.0.21.1:19093,1@127.0.21.2:19093,2@127.0.21.3:19093"));

    exchangeThroughTheMesh(pods);
    aRestartedPodComesBackWithoutAnotherFormatting(pods.get(1));
  }

  @Test
  @Tag("matrix")
  void threePodsInZooKeeperModeServeClientsThroughTheMesh() throws Exception {
    // of this cluster only the ZooKeeper is used, under a path of its own
    KafkaCluster elsewhere = KafkaCluster.zookeeper().brokers(1).start();
    toClose.add(elsewhere);
    List<EntrypointNode> pods =
        pods(
            "3.9.2",
            Map.of(
                "KAFKA_POD_TEMPLATE",
                "zookeeper",
                "KAFKA_LISTENERS",
                "INTERNAL://${pod.ip}:19090,MESH://${pod.ip}:19092",
                "KAFKA_ZOOKEEPER_CONNECT",
                elsewhere.zooKeeper().bootstrapServer() + "/pods"));

    exchangeThroughTheMesh(pods);
    assertThat(pods.get(0).launched()).containsExactly("render");
  }

  private static void exchangeThroughTheMesh(List<EntrypointNode> pods) throws Exception {
    String bootstrap = SIDECAR + ":" + MESH_PORT;
    pods.forEach(pod -> pod.awaitLine("started (kafka.server.Kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      Set<String> seen =
          Await.until(
              "all brokers, at the mesh's addresses",
              LIMIT,
              () -> addresses(admin),
              it -> it.size() == PODS);
      assertThat(seen)
          .containsExactlyInAnyOrder(
              "0 127.0.20.5:29091 zone-0",
              "1 127.0.20.5:29092 zone-1",
              "2 127.0.20.5:29093 zone-2");
      admin.createTopics(List.of(new NewTopic("orders", 6, (short) PODS))).all().get();
    }
    produce(bootstrap);
    assertThat(consume(bootstrap)).hasSize(RECORDS);
    for (EntrypointNode pod : pods) {
      KafkaPodCli probe =
          KafkaPodCli.packaged().with("KAFKA_POD_RUN_DIR", pod.runDirectory().toString());
      Await.until(
          "every pod to be ready by its agent's verdict",
          LIMIT,
          () -> probe.run("ready").exitCode(),
          it -> it == 0,
          pod::tail);
    }
  }

  private static Set<String> addresses(Admin admin) {
    try {
      Set<String> addresses = new HashSet<>();
      for (Node node : admin.describeCluster().nodes().get()) {
        addresses.add("%d %s:%d %s".formatted(node.id(), node.host(), node.port(), node.rack()));
      }
      return addresses;
    } catch (ExecutionException e) {
      return Set.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while asking for the brokers", e);
    }
  }

  private static void produce(String bootstrap) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "acks", "all"),
            new StringSerializer(),
            new StringSerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        sent.add(producer.send(new ProducerRecord<>("orders", "key-" + i, "value-" + i)));
      }
      for (Future<RecordMetadata> it : sent) {
        it.get();
      }
    }
  }

  private static Set<String> consume(String bootstrap) {
    Set<String> values = new HashSet<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrap, "group.id", "g", "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of("orders"));
      Await.until(
          "all records to be read",
          LIMIT,
          () -> {
            consumer.poll(Duration.ofMillis(200)).forEach(it -> values.add(it.value()));
            return values.size();
          },
          it -> it == RECORDS);
    }
    return values;
  }

  private static void aRestartedPodComesBackWithoutAnotherFormatting(EntrypointNode pod) {
    assertThat(pod.launched()).containsExactly("render", "storage");

    assertThat(pod.stop()).as(pod.tail()).isEqualTo(143);
    assertThat(pod.log())
        .contains(
            "Transitioning from PENDING_CONTROLLED_SHUTDOWN to SHUTTING_DOWN",
            "shut down completed");

    pod.start();
    Await.until(
        "it to run again",
        LIMIT,
        () -> pod.log().split("started \\(kafka.server.Kafka", -1).length,
        it -> it == 3,
        pod::tail);
    assertThat(pod.launched()).containsExactly("render", "storage", "render");
  }
}

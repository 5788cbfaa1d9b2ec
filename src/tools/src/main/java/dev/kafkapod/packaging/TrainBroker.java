package dev.kafkapod.packaging;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes the archive of loaded classes from which the image's broker starts: runs one as the image
 * does, from its entrypoint and with its agent, lets a client write and read, and stops it.
 */
public final class TrainBroker {

  private static final String HOST = "127.0.0.1";
  private static final String TOPIC = "training";
  private static final int RECORDS = 1_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /**
   * Profiles of methods in the archive would have the optimizing compiler begin with the start: a
   * fifth more CPU until the broker is RUNNING, and no sooner. Flags of the training alone.
   */
  private static final String NO_PROFILES = "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining";

  /** What Java exits with after SIGTERM. */
  private static final int TERMINATED = 143;

  private TrainBroker() {}

  /**
   * Leaves {@code aot/broker.aot} in the image's {@code /opt/kafka-pod}.
   *
   * @param args the directory that will be the image's {@code /}
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    ImageTree image = new ImageTree(Path.of(args[0]));
    Path archive = image.pod().resolve("aot/broker.aot");
    Path scratch = Files.createTempDirectory("kafka-pod-training");
    int port = FreePorts.find(HOST);
    Map<String, String> environment = new HashMap<>(image.environment(scratch));
    environment.putAll(ImageTree.singleNode(scratch, port, FreePorts.find(HOST)));
    environment.put("KAFKA_POD_STABLE_FOR", "1s");
    environment.put("KAFKA_POD_HTTP", HOST + ":" + FreePorts.find(HOST));
    environment.put("KAFKA_POD_AOT", "off");
    environment.put("KAFKA_OPTS", "-XX:AOTCacheOutput=" + archive + " " + NO_PROFILES);
    Training broker =
        Training.start(
            List.of(image.pod().resolve("bin/entrypoint").toString(), "start"), environment);
    try {
      awaitReady(broker, scratch.resolve("run/verdict"));
      writeAndRead(HOST + ":" + port);
      broker.stop();
      broker.await(TERMINATED, archive);
    } finally {
      broker.kill();
    }
  }

  private static void awaitReady(Training broker, Path verdict) {
    String seen =
        Await.until(
            "the broker to be ready",
            LIMIT,
            () -> Files.readString(verdict, StandardCharsets.UTF_8),
            text -> text.contains("ready: ") || !broker.isAlive(),
            broker::printed);
    if (!broker.isAlive()) {
      throw new IllegalStateException(
          "the broker has ended; its verdict: " + seen + broker.printed());
    }
  }

  /**
   * Through a group and with acknowledgements, because these are most of what a broker loads later.
   */
  private static void writeAndRead(String bootstrap)
      throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, 4, (short) 1)))
          .all()
          .get(60, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("the broker creates no topic", e);
    }
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap),
            new StringSerializer(),
            new StringSerializer())) {
      for (int i = 0; i < RECORDS; i++) {
        var unused = producer.send(new ProducerRecord<>(TOPIC, "key " + i, "value " + i));
      }
    }
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrap, "group.id", TOPIC, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      int[] read = {0};
      Await.until(
          "all records",
          LIMIT,
          () -> read[0] += consumer.poll(Duration.ofMillis(500)).count(),
          count -> count >= RECORDS);
      consumer.commitSync();
    }
  }
}

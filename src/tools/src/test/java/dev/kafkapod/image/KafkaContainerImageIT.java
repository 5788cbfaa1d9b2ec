package dev.kafkapod.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.FreePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.kafka.KafkaContainer;

/** Testcontainers' own container for Apache Kafka's image, which knows nothing of kafka-pod. */
@Tag("image")
@Tag("everyday")
class KafkaContainerImageIT {

  @BeforeAll
  static void requireEngine() {
    BuiltImage.requireEngine();
  }

  @Test
  void producesAndConsumes() throws InterruptedException, ExecutionException, TimeoutException {
    try (KafkaContainer kafka =
        new KafkaContainer(BuiltImage.get().asCompatibleSubstituteFor("apache/kafka"))) {
      int port = FreePorts.find("127.0.0.1");
      // its ports on loopback alone
      kafka.withCreateContainerCmdModifier(
          command -> {
            HostConfig host = command.getHostConfig();
            host.withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":9092"));
          });
      kafka.start();
      String bootstrap = kafka.getBootstrapServers();

      try (KafkaProducer<String, String> producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", bootstrap),
              new StringSerializer(),
              new StringSerializer())) {
        producer.send(new ProducerRecord<>("orders", "key", "value")).get(60, TimeUnit.SECONDS);
      }

      assertThat(read(bootstrap)).containsExactly("key=value");
    }
  }

  private static List<String> read(String bootstrap) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrap,
                "group.id", "test",
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of("orders"));
      List<String> seen = new ArrayList<>();
      return Await.until(
          "a record",
          Duration.ofSeconds(60),
          () -> {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(500))) {
              seen.add(record.key() + "=" + record.value());
            }
            return seen;
          },
          records -> !records.isEmpty());
    }
  }
}

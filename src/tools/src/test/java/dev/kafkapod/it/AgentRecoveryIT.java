package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Agents;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaClusterBuilder;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A broker with 2,000 partitions that was killed, and what its agent says until it is back. */
@Tag("quiet")
@Tag("matrix")
class AgentRecoveryIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int PARTITIONS = 2000;
  private static final Pattern RECOVERING =
      Pattern.compile("not started: .*recovering logs: (\\d+) logs? and \\d+ segments? remain");

  @Test
  void tellsHowManyLogsRemainAndIsNotReadyUntilItIsInEveryIsrAgain() throws Exception {
    // by one thread: otherwise the recovery is over before anybody has looked
    KafkaClusterBuilder builder =
        KafkaCluster.kraft().brokers(2).heap("1g").config("num.recovery.threads.per.data.dir", "1");
    Agents agents = Agents.join(builder, 2);
    try (KafkaCluster cluster = builder.start()) {
      cluster.createTopic("orders", PARTITIONS, 2, Map.of("min.insync.replicas", "1"));
      fill(cluster);
      cluster.awaitFullIsr();
      KafkaNode broker = cluster.broker(1);
      broker.kill();
      broker.start();
      KafkaPodCli probe = agents.probe(broker);
      List<Result> started = new ArrayList<>();
      List<Result> live = new ArrayList<>();

      Await.until(
          "the broker to be ready",
          LIMIT,
          () -> {
            started.add(probe.run("started"));
            live.add(probe.run("live"));
            return probe.run("ready");
          },
          result -> result.exitCode() == 0);

      assertThat(cluster.topicCommand("--describe", "--under-replicated-partitions")).isBlank();
      List<Integer> remaining =
          started.stream()
              .map(result -> RECOVERING.matcher(result.line()))
              .filter(Matcher::matches)
              .map(matcher -> Integer.valueOf(matcher.group(1)))
              .toList();
      assertThat(remaining).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
      assertThat(remaining.stream().distinct()).as("%s", remaining).hasSizeGreaterThan(2);
      assertThat(live).allSatisfy(it -> assertThat(it.exitCode()).as(it.toString()).isZero());
      assertThat(probe.run("started").line()).isEqualTo("started: broker 1 RUNNING");
    }
  }

  private static void fill(KafkaCluster cluster) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers(), "enable.metrics.push", false),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        sent.add(producer.send(new ProducerRecord<>("orders", partition, null, new byte[20_000])));
      }
      for (Future<?> record : sent) {
        record.get();
      }
    }
  }
}

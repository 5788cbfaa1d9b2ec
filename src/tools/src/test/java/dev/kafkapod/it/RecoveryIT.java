package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A broker that was killed, has many logs to recover, and must be left alone with it. */
@Tag("matrix")
class RecoveryIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int PARTITIONS = 120;
  private static final int SEGMENTS = 6;

  private static final Pattern RECOVERING =
      Pattern.compile(
          "not started: (?:the local broker|broker 1) (?:STARTING|RECOVERY),"
              + " recovering logs: (\\d+) logs? and (\\d+) segments? remain");

  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    // interpreted only: otherwise the recovery is over before anybody has looked twice
    cluster =
        KafkaCluster.kraft()
            .brokers(2)
            .config("num.recovery.threads.per.data.dir", "1")
            .brokerJvmOptions(1, "-Xint")
            .start();
    cluster.createTopic(
        "orders", PARTITIONS, 2, Map.of("min.insync.replicas", "1", "segment.ms", "1000"));
    fill();
    cluster.awaitFullIsr();
  }

  /** Records that claim to be far apart in time, so that each begins a segment. */
  private static void fill() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers(), "enable.metrics.push", false),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      long begin = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
      for (int segment = 0; segment < SEGMENTS; segment++) {
        List<Future<?>> sent = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
          sent.add(
              producer.send(
                  new ProducerRecord<>(
                      "orders", partition, begin + segment * 5000L, null, new byte[1000])));
        }
        for (Future<?> record : sent) {
          record.get();
        }
      }
    }
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  /** What four commands said, one after the other, at one point of a broker's start. */
  private record Moment(Result started, Result live, Result ready, Result stop) {
    static Moment of(Asking asking) {
      return new Moment(asking.started(), asking.live(), asking.ready(), canStop());
    }

    private static Result canStop() {
      return KafkaPodCli.packaged()
          .run(
              "can-stop",
              "--jmx-url=" + cluster.broker(1).jmxUrl(),
              "--bootstrap-server=" + cluster.broker(0).bootstrapServer());
    }
  }

  @Test
  void isLiveAndNeitherStartedNorReadyWhileItRecoversItsLogs() {
    KafkaNode broker = cluster.broker(1);
    broker.kill();
    broker.start();
    Asking asking = Asking.of(cluster, 1);
    List<Moment> moments = new ArrayList<>();
    Await.until(
        "the broker to be ready",
        LIMIT,
        () -> {
          moments.add(Moment.of(asking));
          return moments.get(moments.size() - 1);
        },
        moment -> moment.ready().exitCode() == 0);
    String underReplicated = cluster.topicCommand("--describe", "--under-replicated-partitions");

    List<MatchResult> recovery =
        moments.stream()
            .map(moment -> RECOVERING.matcher(moment.started().line()))
            .filter(Matcher::matches)
            .map(Matcher::toMatchResult)
            .toList();
    assertThat(recovery).as("moments of recovery among %s", moments).hasSizeGreaterThan(1);
    List<Integer> logs = recovery.stream().map(it -> Integer.valueOf(it.group(1))).toList();
    assertThat(logs).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
    assertThat(logs.get(0)).isBetween(1, PARTITIONS);
    assertThat(recovery)
        .as("segments of the one log that is being recovered")
        .allSatisfy(it -> assertThat(Integer.parseInt(it.group(2))).isBetween(0, SEGMENTS));
    assertThat(moments).allSatisfy(RecoveryIT::assertConsistent);
    assertThat(moments)
        .extracting(moment -> moment.stop().line())
        .as("may it stop while it recovers")
        .anyMatch(
            line ->
                line.matches(
                    "cannot stop: recovering \\((the local broker|broker 1): \\d+ logs? and \\d+ segments? remain\\),"
                        + " and a stop makes it start all over; wait for it"));
    assertThat(underReplicated).as("once it has been ready").isBlank();
    Moment last = moments.get(moments.size() - 1);
    assertThat(last.ready().line())
        .isEqualTo("ready: broker 1, 2 brokers, 1 topic, %d partitions".formatted(PARTITIONS));
    assertThat(asking.started().line()).isEqualTo("started: broker 1 RUNNING");
    assertThat(asking.started().exitCode()).isZero();
  }

  private static void assertConsistent(Moment moment) {
    // a JVM that has only just begun doesn't answer
    assertThat(moment.live().exitCode()).as(moment.live().toString()).isIn(0, 3);
    boolean answers = moment.started().exitCode() != 3;
    if (answers) {
      assertThat(moment.live().exitCode()).as(moment.live().toString()).isZero();
    }
    if (RECOVERING.matcher(moment.started().line()).matches()) {
      assertThat(moment.started().exitCode()).as(moment.started().toString()).isEqualTo(1);
    }
    if (moment.live().line().contains("recovering logs")) {
      assertThat(moment.ready().exitCode()).as(moment.ready().toString()).isNotZero();
    }
  }

  @Test
  void answersByTheProcessIdWithoutAJmxPort() {
    String pid = "--pid=" + cluster.broker(0).pid();

    Result started = KafkaPodCli.packaged().run("started", pid);
    Result live = KafkaPodCli.packaged().run("live", pid);

    assertThat(started.line()).as(started.toString()).isEqualTo("started: broker 0 RUNNING");
    assertThat(started.exitCode()).isZero();
    assertThat(live.line()).as(live.toString()).isEqualTo("live: broker 0 RUNNING");
    assertThat(live.exitCode()).isZero();
  }

  @Test
  void listsTheBrokerProcessesWhereItCannotChooseOne() {
    Result result = KafkaPodCli.packaged().run("started");

    // other tests' brokers may run beside ours
    Matcher line =
        Pattern.compile(
                "kafka-pod started: found (\\d+) broker processes \\((pid \\d+(?:, pid \\d+)*)\\) and can't choose;"
                    + " name one with --pid or --jmx-url; see kafka-pod started --help\n")
            .matcher(result.err());
    assertThat(line.matches()).as(result.toString()).isTrue();
    List<String> pids = Arrays.asList(line.group(2).split(", ", -1));
    assertThat(pids)
        .hasSize(Integer.parseInt(line.group(1)))
        .contains("pid " + cluster.broker(0).pid(), "pid " + cluster.broker(1).pid());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
  }
}

package dev.kafkapod.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The topic of turns on brokers whose own defaults are wrong for it in every way. */
class TurnsTopicIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration TO_CLOSE = Duration.ofSeconds(2);
  private static KafkaCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster =
        KafkaCluster.kraft()
            .brokers(3)
            .config("auto.create.topics.enable", "true")
            .config("unclean.leader.election.enable", "true")
            .config("num.partitions", "2")
            .config("broker.session.timeout.ms", "3000")
            .config("broker.heartbeat.interval.ms", "500")
            .start();
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @BeforeEach
  void everybodyIsBack() {
    cluster.restore();
  }

  private static TurnsReading reading(String name) {
    return TurnsReading.of(cluster, name);
  }

  private static KafkaNode leader(String name) throws Exception {
    return cluster.broker(TurnsReading.describe(cluster, name).partitions().get(0).leader().id());
  }

  private static void delete(String name) throws Exception {
    cluster.admin().deleteTopics(List.of(name)).all().get();
    Await.until(
        "all brokers to forget topic " + name,
        LIMIT,
        () -> cluster.awaitAgreement().contains(name),
        known -> !known);
  }

  private static Set<String> topics() throws Exception {
    return cluster.admin().listTopics().names().get();
  }

  @Test
  void isMadeOnceWithItsOwnSettingsByTwoAtOnce() throws Exception {
    String name = "two-at-once";
    ExecutorService both = Executors.newFixedThreadPool(2);
    try (TurnsReading one = reading(name);
        TurnsReading other = reading(name)) {
      Callable<TurnLog.LogHealth> first = one::check;
      Callable<TurnLog.LogHealth> second = other::check;
      List<Future<TurnLog.LogHealth>> found = both.invokeAll(List.of(first, second));

      assertThat(found.get(0).get()).isEqualTo(new TurnLog.LogHealth(true, Optional.empty()));
      assertThat(found.get(1).get()).isEqualTo(new TurnLog.LogHealth(true, Optional.empty()));
      TurnsReading.assertMadeAsItMustBe(cluster, name, 3);
    } finally {
      both.shutdownNow();
    }
  }

  @Test
  void isNotMadeUnlessAskedTo() throws Exception {
    String name = "not-made";
    try (TurnsReading reading = reading(name)) {
      assertThat(reading.topic.check(false, Deadline.in(TurnsReading.TIMEOUT)).exists()).isFalse();
      assertThatThrownBy(reading::read)
          .isInstanceOf(Unanswered.class)
          .hasMessageContaining("there is no topic not-made");
      assertThatThrownBy(() -> reading.append("lost")).isInstanceOf(Unanswered.class);

      assertThat(topics()).doesNotContain(name);
    }
  }

  @Test
  void givesItsRecordsInOrderToEverybody() throws Exception {
    try (TurnsReading one = reading("order");
        TurnsReading other = reading("order")) {
      one.check();

      assertThat(one.append("a")).containsExactly("a");
      assertThat(other.append("b")).containsExactly("a", "b");
      assertThat(one.read()).containsExactly("a", "b");
      assertThat(one.append("c")).containsExactly("a", "b", "c");
      assertThat(other.read()).containsExactly("a", "b", "c");
      assertThat(other.read()).as("nothing new").containsExactly("a", "b", "c");
      assertThat(one.topic.generation())
          .as("what one has read isn't gone on with by another")
          .isNotEqualTo(other.topic.generation());
    }
  }

  /** Appends until that is known to have succeeded, and requires each try to keep its time. */
  private static List<String> appendUntilWritten(TurnsReading reading, String reason) {
    return Await.until(
        "an append to succeed",
        LIMIT,
        () -> {
          long begun = System.nanoTime();
          try {
            return reading.append(reason);
          } catch (Unanswered e) {
            return List.<String>of();
          } finally {
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(TurnsReading.TIMEOUT.plus(TO_CLOSE));
          }
        },
        it -> !it.isEmpty());
  }

  @Test
  void goesOnAfterItsLeaderWasKilled() throws Exception {
    try (TurnsReading writer = reading("killed");
        TurnsReading reader = reading("killed")) {
      writer.check();
      writer.append("before");
      assertThat(reader.read()).containsExactly("before");
      leader("killed").kill();

      List<String> written = appendUntilWritten(writer, "after");

      assertThat(written).startsWith("before").contains("after");
      assertThat(
              Await.until(
                  "the other reader to go on",
                  LIMIT,
                  () -> reader.read(),
                  it -> it.contains("after")))
          .isEqualTo(written);
    }
  }

  @Test
  void doesNotHangOnALeaderThatDoes() throws Exception {
    try (TurnsReading reading = reading("paused")) {
      reading.check();
      reading.append("before");
      long before = reading.lastOffset();
      KafkaNode leader = leader("paused");
      leader.pause();
      Duration patience = Duration.ofSeconds(2);
      long begun = System.nanoTime();
      try {
        assertThatThrownBy(
                () -> reading.topic.append(TurnsReading.entry("meanwhile"), Deadline.in(patience)))
            .isInstanceOf(Unanswered.class)
            .hasMessageContaining("topic paused got no answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
            .isLessThan(patience.plusMillis(500));
      } finally {
        leader.resume();
      }

      List<String> written = appendUntilWritten(reading, "after");

      assertThat(written).startsWith("before").endsWith("after");
      assertThat(reading.lastOffset()).isGreaterThan(before);
    }
  }

  private static void makeAnewWith(String name, int records) throws Exception {
    delete(name);
    try (TurnsReading other = reading(name)) {
      other.check();
      for (int i = 0; i < records; i++) {
        other.append("new " + i);
      }
    }
    cluster.awaitAgreement();
  }

  @Test
  void aTopicThatWasMadeAnewIsReadFromItsBeginning() throws Exception {
    for (int records : List.of(0, 1, 3)) { // fewer, as many, and more than were read
      String name = "anew-" + records;
      try (TurnsReading checks = reading(name);
          TurnsReading reads = reading(name);
          TurnsReading appends = reading(name)) {
        checks.check();
        checks.append("old");
        reads.read();
        appends.read();
        long generation = checks.topic.generation();
        makeAnewWith(name, records);
        List<String> anew = IntStream.range(0, records).mapToObj(it -> "new " + it).toList();

        checks.check();
        assertThat(checks.topic.generation()).isGreaterThan(generation);
        assertThat(checks.read()).isEqualTo(anew);
        assertThat(readUntilKnown(reads)).as("without a check").isEqualTo(anew);
        List<String> withMine = new ArrayList<>(anew);
        withMine.add("mine");
        assertThat(appendUntilWritten(appends, "mine")).isEqualTo(withMine);
      }
    }
  }

  private static List<String> readUntilKnown(TurnsReading reading) {
    return Await.until("a read to succeed", LIMIT, reading::read, it -> true);
  }

  /** Brokers make a topic for a producer that asks for it, where they are told to. */
  @Test
  void aTopicThatWasDeletedIsNotMadeByAnAppend() throws Exception {
    String name = "deleted";
    try (TurnsReading reading = reading(name)) {
      reading.check();
      reading.append("old");
      delete(name);

      assertThatThrownBy(() -> reading.append("lost"))
          .isInstanceOf(Unanswered.class)
          .hasMessageContaining("there is no topic deleted");
      assertThat(topics()).doesNotContain(name);

      assertThat(reading.check().exists()).isTrue();
      assertThat(reading.append("new")).containsExactly("new");
      TurnsReading.assertMadeAsItMustBe(cluster, name, 3);
    }
  }

  /** Records that are lost, and others that stand in their place. */
  @Test
  @Tag("matrix")
  void recordsThatAnUncleanElectionLostAreNoticed() throws Exception {
    Map<String, String> settings = new HashMap<>(TurnsTopicSettings.of(3));
    settings.put("min.insync.replicas", "1");
    cluster.createTopic("unclean", Map.of(0, List.of(0, 1)), settings);
    try (TurnsReading reading = reading("unclean");
        TurnsReading other = reading("unclean");
        TurnsReading third = reading("unclean")) {
      reading.append("kept");
      assertThat(other.read()).containsExactly("kept");
      cluster.broker(1).kill();
      cluster.awaitIsr("unclean", 0);
      appendUntilWritten(reading, "lost");
      assertThat(readUntilKnown(other)).containsExactly("kept", "lost");
      assertThat(readUntilKnown(third)).containsExactly("kept", "lost");
      cluster.broker(0).kill();
      cluster.broker(1).start();
      cluster.broker(1).awaitRunning();
      TopicPartition partition = new TopicPartition("unclean", 0);
      Await.until(
          "an unclean election",
          LIMIT,
          () ->
              cluster
                  .admin()
                  .electLeaders(ElectionType.UNCLEAN, Set.of(partition))
                  .partitions()
                  .get()
                  .get(partition),
          Optional::isEmpty);

      assertThat(readUntilKnown(other)).as("the end is before").containsExactly("kept");
      appendUntilWritten(other, "instead");
      assertThat(readUntilKnown(third))
          .as("the end is the same")
          .containsExactly("kept", "instead");
      assertThat(appendUntilWritten(reading, "more")) // perhaps twice: it isn't taken back
          .startsWith("kept", "instead", "more")
          .doesNotContain("lost");
    }
  }

  @Test
  @Tag("matrix")
  void worksInZooKeeperMode() throws Exception {
    try (KafkaCluster old =
            KafkaCluster.zookeeper()
                .brokers(2)
                .config("auto.create.topics.enable", "true")
                .start();
        TurnsReading one = TurnsReading.of(old, "stops");
        TurnsReading other = TurnsReading.of(old, "stops")) {
      assertThat(one.check()).isEqualTo(new TurnLog.LogHealth(true, Optional.empty()));
      assertThat(one.append("a")).containsExactly("a");
      assertThat(other.append("b")).containsExactly("a", "b");
      TurnsReading.assertMadeAsItMustBe(old, "stops", 2);
      old.admin().deleteTopics(List.of("stops")).all().get();

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 20; i++) {
                  one.append("late");
                }
              })
          .isInstanceOf(Unanswered.class);
      Await.until("the topic to be made anew", LIMIT, one::check, TurnLog.LogHealth::exists);
      assertThat(appendUntilWritten(one, "c")).endsWith("c").doesNotContain("a", "b");
      TurnsReading.assertMadeAsItMustBe(old, "stops", 2);
    }
  }

  /** One of three is down when it is first used: it has a replica all the same. */
  @Test
  void isMadeForAllBrokersWhileOneIsDown() throws Exception {
    cluster.broker(2).kill();
    cluster.awaitBrokers(0, 1);
    try (TurnsReading reading = reading("one-down")) {
      assertThat(reading.check().exists()).isTrue();
      assertThat(reading.append("a")).containsExactly("a");
      cluster.broker(2).start();
      cluster.broker(2).awaitRunning();
      TurnsReading.assertMadeAsItMustBe(cluster, "one-down", 3);
    }
  }
}

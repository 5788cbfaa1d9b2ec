package dev.kafkapod.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Deadline;
import dev.kafkapod.cluster.ClientSettings;
import dev.kafkapod.cluster.TurnsTopic;
import dev.kafkapod.readiness.ClusterSnapshot.Asked;
import dev.kafkapod.testing.Await;
import dev.kafkapod.testing.KafkaCluster;
import dev.kafkapod.testing.KafkaPodCli;
import dev.kafkapod.testing.KafkaPodCli.Result;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.StandingRequest;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code await-safe-stop --turns=on}: stops in order, by a topic of real brokers. */
class TurnsIT {

  private static KafkaCluster cluster;
  private static TurnsTopic topic;
  private static TurnQueue queue = TurnQueue.EMPTY;

  @BeforeAll
  static void startCluster() {
    cluster = KafkaCluster.kraft().brokers(3).start();
    cluster.createTopic("orders", Map.of(0, List.of(0, 1, 2)), Map.of("min.insync.replicas", "2"));
    topic =
        new TurnsTopic(
            new ClientSettings(
                Asked.BROKERS, List.of(cluster.bootstrapServers().split(",")), Map.of()),
            TurnsTopic.DEFAULT_NAME,
            Duration.ofSeconds(8));
  }

  @AfterAll
  static void stopCluster() {
    topic.close();
    cluster.close();
  }

  @AfterEach
  void everybodyIsBackAndNobodyGoes() throws Exception {
    cluster.restore();
    for (StandingRequest it : queue().requests()) {
      release(it.request().node());
    }
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(8));
  }

  private static void take(List<LoggedEntry> records) {
    queue = queue.then(records);
  }

  private static TurnQueue queue() throws Exception {
    topic.check(true, soon());
    take(topic.read(soon()));
    return queue;
  }

  private static void release(int node) throws Exception {
    take(
        topic.append(
            new TurnEntry.Release(node, Optional.empty(), "a test", "the next one begins"),
            soon()));
  }

  private static CompletableFuture<Result> hook(int broker, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "await-safe-stop",
                "--turns=on",
                "--brokers=" + broker,
                "--bootstrap-server=" + cluster.bootstrapServers()));
    args.addAll(List.of(more));
    return CompletableFuture.supplyAsync(
        () -> KafkaPodCli.packaged().run(args.toArray(String[]::new)));
  }

  @Test
  void ofTwoThatAskAtOnceTheSecondWaitsUntilTheFirstIsBack() throws Exception {
    List<CompletableFuture<Result>> both =
        List.of(hook(0, "--max-wait=55s"), hook(1, "--max-wait=55s"));
    CompletableFuture.anyOf(both.toArray(CompletableFuture[]::new)).join();
    int first = both.get(0).isDone() ? 0 : 1;
    Result gone = both.get(first).join();
    assertThat(gone.exitCode()).as(gone.toString()).isZero();
    assertThat(queue().requests())
        .filteredOn(it -> it.request().letGo())
        .extracting(it -> it.request().node())
        .containsExactly(first);

    // longer than two questions and what lies between them
    Thread.sleep(15_000);
    assertThat(both.get(1 - first)).isNotDone();
    release(first);

    Result second = both.get(1 - first).join();
    assertThat(second.exitCode()).as(second.toString()).isZero();
    assertThat(second.out())
        .contains("waiting: cannot stop broker %d: under-min-ISR".formatted(1 - first))
        .contains("together with node " + first);
  }

  @Test
  void whoeverIsInterruptedGivesItsPlaceBack() throws Exception {
    cluster.broker(2).stop();
    Process waiting =
        KafkaPodCli.packaged()
            .start(
                "await-safe-stop",
                "--turns=on",
                "--brokers=0",
                "--bootstrap-server=" + cluster.bootstrapServers(),
                "--max-wait=55s");
    Await.until("it asks", Duration.ofSeconds(20), () -> queue().requests(), it -> !it.isEmpty());
    waiting.destroy();

    assertThat(waiting.waitFor()).isEqualTo(143);
    assertThat(queue().requests()).isEmpty();
  }

  @Test
  void whoeverGoesOnWhenItsTimeIsOverGivesItsPlaceBack() throws Exception {
    cluster.broker(2).stop();
    Result over = hook(0, "--max-wait=15s").join();

    assertThat(over.exitCode()).as(over.toString()).isEqualTo(1);
    assertThat(queue().requests()).isEmpty();
  }
}

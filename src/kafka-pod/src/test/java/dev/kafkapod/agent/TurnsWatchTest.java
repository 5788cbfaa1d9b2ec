package dev.kafkapod.agent;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.turns.fixtures.RequestBuilder.NOW;
import static dev.kafkapod.turns.fixtures.RequestBuilder.aRequest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.bounded.Unanswered;
import dev.kafkapod.common.Answer;
import dev.kafkapod.common.ProcessIdentity;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.report.TurnsReport;
import dev.kafkapod.teardownfile.TearDownFile;
import dev.kafkapod.teardownfile.TearDownWriter;
import dev.kafkapod.turns.LoggedEntry;
import dev.kafkapod.turns.QueueClock;
import dev.kafkapod.turns.TurnEntry;
import dev.kafkapod.turns.TurnQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsWatchTest {

  private static final ProcessIdentity SELF = new ProcessIdentity("boot", 7, 5000);
  private static final ProcessIdentity BEFORE = new ProcessIdentity("boot", 7, 4000);

  @TempDir private Path directory;

  private final Judge judge =
      new Judge(
          ReadinessPolicy.of(GatePreset.BALANCED),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          System.nanoTime() - Duration.ofSeconds(20).toNanos());
  private final Topic topic = new Topic();
  private final TurnsWatch watch =
      new TurnsWatch(topic, new TearDownWriter(Path.of("/"), 7), SELF, judge);

  /** A report with one that waits, one that goes, and a tear-down. */
  static TurnsReport report() {
    Instant now = NOW.plusSeconds(10);
    return TurnsReport.of(
        TurnQueue.EMPTY.then(
            List.of(aRequest(2).goes().at(0), aRequest(3).at(1), aTearDown("own"))),
        new QueueClock(now, now, Map.of()),
        Optional.of("own"),
        List.of());
  }

  /** A topic in memory. */
  private static final class Topic implements TurnsWatch.WatchedTopic {
    private TurnQueue queue = TurnQueue.EMPTY;
    private final List<TurnEntry> written = new ArrayList<>();
    private String clusterId = aBroker(1).build().clusterId().orElseThrow();
    private Optional<String> silent = Optional.empty();
    private Optional<String> readOnly = Optional.empty();
    private int looks;

    void has(LoggedEntry... records) {
      queue = TurnQueue.EMPTY.then(List.of(records));
    }

    private TurnsWatch.QueueSeen seen() {
      Instant now = NOW.plusSeconds(10);
      return new TurnsWatch.QueueSeen(
          queue, new QueueClock(now, now, Map.of()), clusterId, Optional.empty());
    }

    @Override
    public TurnsWatch.QueueSeen look() throws Unanswered {
      looks++;
      if (silent.isPresent()) {
        throw new Unanswered(silent.get());
      }
      return seen();
    }

    @Override
    public TurnsWatch.QueueSeen append(TurnEntry entry) throws Unanswered {
      if (readOnly.isPresent()) {
        throw new Unanswered(readOnly.get());
      }
      written.add(entry);
      queue = queue.then(new LoggedEntry(100 + written.size(), NOW, entry));
      return seen();
    }
  }

  private void broker(BrokerBuilder broker) {
    judge.broker(
        Answer.known(broker.build()),
        Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.empty())),
        System.nanoTime());
  }

  private void ready() {
    long before = System.nanoTime() - Duration.ofSeconds(5).toNanos();
    judge.broker(
        Answer.known(aBroker(1).build()),
        Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.empty())),
        before);
    cluster(before);
    broker(aBroker(1));
    cluster(System.nanoTime());
    assertThat(judge.agentState().ready().isYes()).isTrue();
  }

  private void cluster(long nanos) {
    judge.cluster(
        new ClusterEvaluation(
            Answer.known(aCluster().build()),
            nanos,
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofSeconds(5),
            false),
        nanos);
  }

  private List<String> lines() {
    return judge.agentState().status(System.nanoTime()).turns().orElseThrow().lines();
  }

  @Test
  void doesNotAskBeforeTheBrokerRuns() {
    assertThat(watch.look()).isEqualTo(Duration.ofSeconds(1));

    assertThat(topic.looks).isZero();
    assertThat(lines()).containsExactly("unknown: the turns haven't been read yet");
  }

  @Test
  void showsTheQueueAndMakesNobodyReadyOrNot() {
    ready();
    topic.has(aRequest(2).goes().at(0));

    assertThat(watch.look()).isEqualTo(Duration.ofSeconds(15));

    assertThat(lines().get(0)).startsWith("node 2 (kafka-2) goes after a wait of 40 s");
    assertThat(judge.agentState().ready().isYes()).isTrue();
  }

  @Test
  void releasesItsPredecessorOnceItIsReady() {
    topic.has(aRequest(1).id("mine").letGo().of(BEFORE).at(0), aRequest(2).of(BEFORE).at(1));
    broker(aBroker(1));
    // the next stop waits for it, and reading the topic again and again costs brokers work
    assertThat(watch.look()).isEqualTo(Duration.ofSeconds(1));
    assertThat(watch.look()).isEqualTo(Duration.ofSeconds(1));
    assertThat(topic.looks).isEqualTo(1);
    assertThat(topic.written).isEmpty();

    ready();
    assertThat(watch.look()).isEqualTo(Duration.ofSeconds(15));

    assertThat(topic.written)
        .containsExactly(
            new TurnEntry.Release(
                1, Optional.of("mine"), "the agent of node 1", "its new process is ready"));
    assertThat(lines()).hasSize(1).allMatch(it -> it.startsWith("node 2 "));
    watch.look();
    assertThat(topic.written).hasSize(1);
  }

  @Test
  void anOverrideReleasesNothing() {
    broker(aBroker(1));
    judge.overrides(
        JudgeOverrideTest.evaluation(0, Readiness.READY, Duration.ofHours(2)), System.nanoTime());
    topic.has(aRequest(1).of(BEFORE).at(0));

    watch.look();

    assertThat(topic.written).isEmpty();
  }

  @Test
  void neverReleasesItsOwn() {
    ready();
    topic.has(aRequest(1).goes().of(SELF).at(0));

    watch.look();

    assertThat(topic.written).isEmpty();
  }

  @Test
  void releasesWithoutAProcessOnlyWhatWasThereAtItsFirstLook() {
    broker(aBroker(1).upFor(Duration.ofSeconds(2)));
    topic.has(aRequest(1).id("old").at(0));
    watch.look();
    topic.has(aRequest(1).id("old").at(0), aRequest(1).id("new").at(1));
    ready();

    watch.look();

    assertThat(topic.written)
        .extracting(it -> ((TurnEntry.Release) it).request().orElseThrow())
        .containsExactly("old");
  }

  @Test
  void releasesAtTheNextLookWhatItCouldNot() {
    ready();
    topic.has(aRequest(1).of(BEFORE).at(0));
    topic.readOnly = Optional.of("writing to topic kafka-pod-stops got no answer in time");
    assertThat(watch.look()).isEqualTo(TurnsWatch.LOOK);
    assertThat(lines())
        .hasSize(2)
        .last()
        .isEqualTo(
            "note: the turn of the process before this one isn't released yet: writing to topic kafka-pod-stops got no answer in time");

    topic.readOnly = Optional.empty();
    watch.look();

    assertThat(topic.written).hasSize(1);
    assertThat(lines()).containsExactly("nobody waits, and nobody goes");
  }

  @Test
  void looksLessAndLessOftenAtATopicThatIsSilent() {
    ready();
    topic.silent = Optional.of("topic kafka-pod-stops: silence");
    List<Duration> rests = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rests.add(watch.look());
    }

    assertThat(rests).extracting(Duration::toSeconds).containsExactly(30L, 60L, 120L, 120L, 120L);
    assertThat(lines()).containsExactly("unknown: topic kafka-pod-stops: silence");
    assertThat(judge.agentState().ready().isYes()).isTrue();
    topic.silent = Optional.empty();
    assertThat(watch.look()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void takesNothingFromAnotherClustersTopic() {
    ready();
    topic.clusterId = "another";
    topic.has(aRequest(1).of(BEFORE).at(0));

    watch.look();

    assertThat(topic.written).isEmpty();
    assertThat(lines())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("unknown: the topic of turns is cluster another's, and broker 1 is in cluster ")
        .endsWith("; correct KAFKA_POD_TURNS_BOOTSTRAP_SERVER, or the addresses of brokers");
  }

  private static LoggedEntry aTearDown(String clusterId) {
    return new LoggedEntry(
        5, NOW, new TurnEntry.TearDown(clusterId, "jane", "away", NOW, Duration.ofHours(1)));
  }

  private boolean isFileThere() {
    return directory.resolve(TearDownFile.NAME).toFile().exists();
  }

  @Test
  void keepsTheTearDownFileAsTheTopicHasIt() {
    TurnsWatch here = new TurnsWatch(topic, new TearDownWriter(directory, 7), SELF, judge);
    broker(aBroker(1));
    topic.has(aTearDown(topic.clusterId));
    here.look();
    assertThat(isFileThere()).isTrue();
    assertThat(Figure.TEAR_DOWN.value(judge.agentState(), System.nanoTime())).isEqualTo(1);

    topic.silent = Optional.of("silence");
    here.look();
    assertThat(isFileThere()).isTrue();

    topic.silent = Optional.empty();
    topic.has();
    here.look();
    assertThat(isFileThere()).isFalse();
    assertThat(Figure.TEAR_DOWN.value(judge.agentState(), System.nanoTime())).isZero();
  }

  @Test
  void writesNoFileOfAnotherClustersTearDown() {
    TurnsWatch here = new TurnsWatch(topic, new TearDownWriter(directory, 7), SELF, judge);
    broker(aBroker(1));
    topic.has(aTearDown("another"));

    here.look();

    assertThat(isFileThere()).isFalse();
    assertThat(Figure.TEAR_DOWN.value(judge.agentState(), System.nanoTime())).isZero();
  }

  @Test
  void neitherWritesNorRemovesAFileWhereItDoesNotKnowItsCluster() {
    TurnsWatch here = new TurnsWatch(topic, new TearDownWriter(directory, 7), SELF, judge);
    broker(aBroker(1).withoutClusterId());
    topic.has(aTearDown(topic.clusterId));
    here.look();
    assertThat(isFileThere()).isFalse();

    broker(aBroker(1));
    here.look();
    broker(aBroker(1).withoutClusterId());
    topic.has();
    here.look();
    assertThat(isFileThere()).isTrue();
  }

  @Test
  void aFileThatCannotBeWrittenIsNoFailure() {
    TurnsWatch here =
        new TurnsWatch(topic, new TearDownWriter(Path.of("/proc/none"), 7), SELF, judge);
    ready();
    topic.has(aTearDown(topic.clusterId));

    assertThat(here.look()).isEqualTo(TurnsWatch.LOOK);
    assertThat(lines().get(0)).contains(" is torn down, until ");
  }
}

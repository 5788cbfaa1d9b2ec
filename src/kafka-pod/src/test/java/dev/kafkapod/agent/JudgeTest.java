package dev.kafkapod.agent;

import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.BrokerState;
import dev.kafkapod.readiness.ClusterSnapshot;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.Observation.ListenerSnapshot;
import dev.kafkapod.readiness.ReadinessPolicy;
import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What two threads see, put together; each method's number is the second in which it happens. */
class JudgeTest {

  private static final Duration STABLE = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Answer<ListenerSnapshot> OPEN =
      Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.empty()));

  /** Any moment at all: such a clock may begin near its overflow. */
  private static final long BEGIN = Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

  private Judge judge = new Judge(ReadinessPolicy.of(GatePreset.BALANCED), STABLE, GRACE, BEGIN);

  private static long at(double seconds) {
    return BEGIN + (long) (seconds * 1e9);
  }

  private AgentState broker(double seconds, BrokerBuilder broker) {
    return judge.broker(Answer.known(broker.build()), OPEN, at(seconds));
  }

  private AgentState beat(double seconds) {
    return broker(seconds, aBroker(1));
  }

  private static ClusterEvaluation evaluation(double asked, Answer<ClusterSnapshot> answer) {
    return new ClusterEvaluation(
        answer, at(asked), Duration.ofMillis(500), Duration.ZERO, Duration.ofSeconds(5), false);
  }

  /** Asked half a second before. */
  private AgentState cluster(double seconds, ClusterBuilder cluster) {
    return judge.cluster(evaluation(seconds - 0.5, Answer.known(cluster.build())), at(seconds));
  }

  private AgentState clusterSilent(double seconds) {
    return judge.cluster(
        evaluation(seconds - 0.5, Answer.unknown("the cluster says nothing")), at(seconds));
  }

  private static ClusterBuilder offline() {
    return aCluster().with(aPartition("orders", 0).leaderless());
  }

  /** Ready since second 12, having been looked at in seconds 0 to 12. */
  private void latch() {
    beat(0);
    cluster(1, aCluster());
    beat(2);
    beat(12);
    cluster(12, aCluster());
    assertThat(judge.agentState().latched()).isTrue();
  }

  private static String line(AgentState agentState) {
    return agentState.readyReply().line();
  }

  @Test
  void cannotTellBeforeAnybodyHasLooked() {
    AgentState agentState = judge.agentState();

    assertThat(line(agentState))
        .isEqualTo(
            "cannot tell: the broker hasn't been looked at yet; the listener hasn't been looked at yet; the cluster hasn't been asked yet");
    assertThat(agentState.liveReply().line())
        .isEqualTo("cannot tell: the broker hasn't been looked at yet");
    assertThat(agentState.startedReply().line())
        .isEqualTo("cannot tell: the broker hasn't been looked at yet");
  }

  @Test
  void liveAndStartedNeedNoCluster() {
    AgentState agentState = beat(0);

    assertThat(line(agentState)).isEqualTo("cannot tell: the cluster hasn't been asked yet");
    assertThat(agentState.liveReply().line()).isEqualTo("live: broker 1 RUNNING");
    assertThat(agentState.startedReply().line()).isEqualTo("started: broker 1 RUNNING");
  }

  @Test
  void aNewLookAtEitherChangesTheVerdict() {
    latch();
    assertThat(line(judge.agentState())).startsWith("ready: broker 1, 3 brokers");

    assertThat(line(cluster(13, offline()))).isEqualTo("not ready: offline 1 (orders-0)");
    assertThat(line(cluster(14, aCluster()))).startsWith("ready: ");
    assertThat(line(broker(15, aBroker(1).inState(BrokerState.PENDING_CONTROLLED_SHUTDOWN))))
        .isEqualTo("not ready: broker state PENDING_CONTROLLED_SHUTDOWN");
    assertThat(line(beat(16))).startsWith("ready: ");
    assertThat(judge.agentState()).isEqualTo(beat(16));
  }

  @Test
  void aClosedListenerChangesTheVerdict() {
    latch();

    AgentState agentState =
        judge.broker(
            Answer.known(aBroker(1).build()),
            Answer.known(new ListenerSnapshot("127.0.0.1:9092", Optional.of("refused"))),
            at(13));

    assertThat(line(agentState)).isEqualTo("not ready: listener 127.0.0.1:9092: refused");
  }

  @Test
  void isNotReadyForTheFirstTimeBeforeFreshLooksHaveShownNothingWrongForLongEnough() {
    beat(0);
    cluster(1, aCluster());
    assertThat(line(beat(20)))
        .isEqualTo(
            "not ready: nothing is wrong, but so far only for 0.0 s of the 10.0 s that the first ready takes");
    assertThat(judge.agentState().latched()).isFalse();

    // asked in second 10.9, and nothing has been wrong since second 1
    assertThat(line(cluster(11.4, aCluster())))
        .isEqualTo(
            "not ready: nothing is wrong, but so far only for 9.9 s of the 10.0 s that the first ready takes");
    assertThat(line(cluster(11.5, aCluster()))).startsWith("ready: ");
    assertThat(judge.agentState().latched()).isTrue();
  }

  @Test
  void anOldLookAtTheBrokerIsNotEnoughForTheLatchEither() {
    beat(0);
    cluster(1, aCluster());
    cluster(20, aCluster());
    assertThat(judge.agentState().latched()).isFalse();

    beat(21);
    assertThat(judge.agentState().latched()).isTrue();
  }

  @Test
  void startupGatesCountUntilTheLatch() {
    judge = new Judge(ReadinessPolicy.of(GatePreset.STARTUP_ONLY), STABLE, GRACE, BEGIN);
    beat(0);
    assertThat(line(cluster(1, offline()))).isEqualTo("not ready: offline 1 (orders-0)");
    cluster(2, aCluster());
    beat(13);
    cluster(13, aCluster());

    assertThat(line(cluster(14, offline()))).startsWith("ready: ");
    assertThat(judge.agentState().latched()).isTrue();
  }

  @Test
  void anOldLookAtTheClusterBecomesUnknownOnceTwentySecondsHaveGoneByWithoutTheNext() {
    beat(0);
    cluster(1, offline()); // asked in second 0.5, to be asked again in second 5.5

    assertThat(line(beat(26))).isEqualTo("not ready: offline 1 (orders-0)");
    assertThat(line(beat(26.1))).isEqualTo("cannot tell: the cluster was last heard 25 s ago");
    assertThat(judge.agentState().observation().cluster())
        .isEqualTo(Answer.unknown("the cluster was last heard 25 s ago"));
  }

  @Test
  void keepsItsWordForAWhileWhereTheClusterIsSilent() {
    latch();

    assertThat(line(clusterSilent(13)))
        .endsWith("(the state is unknown for the last 0.0 s: the cluster says nothing)")
        .startsWith("ready: broker 1, 3 brokers");
    beat(42);
    assertThat(line(clusterSilent(43))).isEqualTo("cannot tell: the cluster says nothing");
  }

  @Test
  void takesItsWordBackAtOnceWhereTheQuorumNamesABrokerThatLags() {
    latch();
    ClusterBuilder withADeadOne = aCluster().lag(2, Duration.ofMillis(5_100));

    assertThat(line(cluster(13, withADeadOne)))
        .isEqualTo(
            "cannot tell: broker 2 last caught up with the controller 5.1 s ago, so the cluster's answers may be old");
    assertThat(line(clusterSilent(15))).isEqualTo("cannot tell: the cluster says nothing");
    assertThat(line(cluster(17, aCluster()))).startsWith("ready: ");
  }

  @Test
  void waitsForBrokersToFindANewlyElectedLeaderAndNotForLong() {
    latch();

    assertThat(line(cluster(13, aCluster().unknownToTheLeader(2))))
        .contains("broker 2 isn't following the controller at all")
        .startsWith("ready: ");
    beat(17.9);
    assertThat(line(judge.agentState())).startsWith("ready: ");
    assertThat(line(beat(18))).startsWith("cannot tell: broker 2 isn't following");
  }

  @Test
  void aNoOfTheBrokerItselfBeatsWhatNobodyKnows() {
    latch();
    clusterSilent(13);

    assertThat(line(broker(14, aBroker(1).inState(BrokerState.SHUTTING_DOWN))))
        .isEqualTo("not ready: broker state SHUTTING_DOWN");
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNotWaitedOut() {
    latch();

    AgentState agentState =
        judge.broker(Answer.unknown("no MBeans"), Answer.unknown("no listener"), at(13));

    assertThat(line(agentState)).isEqualTo("cannot tell: no MBeans; no listener");
    assertThat(agentState.liveReply().line()).isEqualTo("cannot tell: no MBeans");
    assertThat(agentState.latched()).isTrue();
  }

  @Test
  void knowsSinceWhenTheAnswerIsOfItsKindAndSinceWhenItIsNotYes() {
    assertThat(judge.agentState().sinceNanos()).isEqualTo(at(0));
    assertThat(judge.agentState().blockedSinceNanos()).contains(at(0));

    beat(1); // still unknown
    assertThat(judge.agentState().sinceNanos()).isEqualTo(at(0));
    cluster(2, aCluster()); // no: not for long enough
    assertThat(judge.agentState().sinceNanos()).isEqualTo(at(2));
    assertThat(judge.agentState().blockedSinceNanos()).contains(at(0));
    beat(13);
    cluster(13, aCluster()); // yes
    assertThat(judge.agentState().sinceNanos()).isEqualTo(at(13));
    assertThat(judge.agentState().blockedSinceNanos()).isEmpty();
    beat(15);
    assertThat(judge.agentState().sinceNanos()).isEqualTo(at(13));
    cluster(16, offline()); // no
    broker(17, aBroker(1).inState(BrokerState.SHUTTING_DOWN)); // for another reason
    assertThat(judge.agentState().sinceNanos()).isEqualTo(at(16));
    assertThat(judge.agentState().blockedSinceNanos()).contains(at(16));
    judge.broker(Answer.unknown("no MBeans"), Answer.unknown("no listener"), at(18));
    assertThat(judge.agentState().sinceNanos()).isEqualTo(at(16));
    cluster(19, aCluster()); // unknown
    assertThat(judge.agentState().sinceNanos()).isEqualTo(at(19));
    assertThat(judge.agentState().blockedSinceNanos()).contains(at(16));
  }

  @Test
  void aStandingIsAsOldAsTheLastLookAtTheBroker() {
    beat(3);
    assertThat(cluster(9, aCluster()).nanos()).isEqualTo(at(3));
  }

  /** How often the policy looks at a cluster's topics: once for each topic and assessment. */
  private final AtomicInteger looks = new AtomicInteger();

  private int looksDuring(Runnable work) {
    int before = looks.get();
    work.run();
    return looks.get() - before;
  }

  private void countLooks() {
    judge =
        new Judge(
            new ReadinessPolicy(
                GatePreset.BALANCED.gates(),
                Map.of(),
                topic -> {
                  looks.incrementAndGet();
                  return false;
                }),
            STABLE,
            GRACE,
            BEGIN);
    cluster(0, offline());
    beat(0);
  }

  @Test
  void doesNotJudgeTheClusterAnewWhereOnlyUptimeAndMetadataLagHaveChanged() {
    countLooks();

    assertThat(
            looksDuring(
                () -> {
                  for (int i = 1; i < 10; i++) {
                    broker(
                        2 * i,
                        aBroker(1)
                            .upFor(Duration.ofSeconds(i))
                            .withMetadataLag(Duration.ofMillis(i)));
                  }
                }))
        .isZero();
    assertThat(judge.agentState().observation().broker().value().orElseThrow().uptime())
        .isEqualTo(Duration.ofSeconds(9));
    assertThat(line(judge.agentState())).isEqualTo("not ready: offline 1 (orders-0)");
  }

  @Test
  void judgesAnewWhateverElseHasChanged() {
    countLooks();

    assertThat(looksDuring(() -> broker(1, aBroker(1).withOfflineLogDirs(1)))).isPositive();
    assertThat(looksDuring(() -> broker(2, aBroker(1).inState(BrokerState.SHUTTING_DOWN))))
        .isPositive();
    assertThat(looksDuring(() -> broker(3, aBroker(2)))).isPositive();
    assertThat(
            looksDuring(
                () ->
                    judge.broker(
                        Answer.known(aBroker(2).build()), Answer.unknown("closed"), at(4))))
        .isPositive();
    assertThat(looksDuring(() -> cluster(5, offline()))).isPositive();
  }

  @Test
  void judgesAnewOnceLatched() {
    judge =
        new Judge(ReadinessPolicy.of(GatePreset.STARTUP_ONLY), Duration.ofNanos(1), GRACE, BEGIN);
    beat(0);
    cluster(1, aCluster().with(aPartition("orders", 0).isr(1, 2)));
    assertThat(judge.agentState().ready()).isInstanceOf(Verdict.No.class);
    cluster(2, aCluster());
    beat(3);
    cluster(3.5, aCluster());
    assertThat(judge.agentState().latched()).isTrue();
    assertThat(judge.agentState().assessment().results())
        .anyMatch(it -> it.inForce() && it.gate().optionName().equals("startup"));

    beat(4);

    assertThat(judge.agentState().assessment().results())
        .noneMatch(it -> it.inForce() && it.gate().optionName().equals("startup"));
  }

  @Test
  void afterAStandstillNothingOldCountsAndTheLatchStays() {
    latch();
    assertThat(line(beat(14))).startsWith("ready: ");

    judge.standstill(Duration.ofMinutes(5), at(314));

    assertThat(line(beat(314)))
        .isEqualTo(
            "cannot tell: the process stood still for 300 s, and the cluster hasn't been asked since");
    assertThat(judge.agentState().latched()).isTrue();
    // a question from before it
    judge.cluster(evaluation(13, Answer.known(aCluster().build())), at(315));
    assertThat(judge.agentState().ready()).isInstanceOf(Verdict.CannotTell.class);
    assertThat(line(cluster(316, aCluster()))).startsWith("ready: ");
  }
}

package dev.kafkapod.agent;

import static dev.kafkapod.agent.AgentStates.at;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.overrides.InForce;
import dev.kafkapod.overrides.OverrideIdentity;
import dev.kafkapod.overrides.Overrides;
import dev.kafkapod.overrides.ReadinessOverride;
import dev.kafkapod.overrides.ReadinessOverride.Readiness;
import dev.kafkapod.readiness.Condition;
import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.readiness.fixtures.ClusterBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an override does to the verdict as time goes by, and what it doesn't do to the latch. */
class JudgeOverrideTest {

  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
  private static final Duration BOOTED = Duration.ofSeconds(1000);

  private final AgentStates seen = new AgentStates(GatePreset.BALANCED);

  static OverrideReading evaluation(
      double seconds, Readiness readiness, Duration left, Condition... ignored) {
    ReadinessOverride override =
        new ReadinessOverride(
            readiness,
            Set.of(ignored),
            false,
            Set.of(),
            NOW,
            NOW.plus(left),
            "INC-1",
            Optional.empty());
    return new OverrideReading(
        new Overrides(
            Optional.of(InForce.of(override, "/run/kafka-pod/override", left, NOW)),
            List.of(),
            OverrideIdentity.of("own " + "0123456789abcdef".repeat(2) + " -")),
        OptionalLong.of(at(seconds)),
        BOOTED.plusMillis((long) (seconds * 1000)),
        Optional.empty());
  }

  private static OverrideReading none(double seconds) {
    return new OverrideReading(
        Overrides.NONE, OptionalLong.of(at(seconds)), BOOTED, Optional.empty());
  }

  private AgentState override(double seconds, Readiness readiness, Condition... ignored) {
    return seen.overrides(seconds, evaluation(seconds, readiness, Duration.ofHours(2), ignored));
  }

  private static ClusterBuilder atMinIsr() {
    return aCluster().with(aPartition("orders", 0).isr(1, 2));
  }

  private static String line(AgentState agentState) {
    return agentState.readyReply().line();
  }

  @Test
  void readyNeitherLatchesNorHidesThatItDoesNot() {
    seen.broker(0, aBroker(1));
    AgentState agentState = override(0.5, Readiness.READY);
    assertThat(line(agentState))
        .isEqualTo(
            "ready (override until 18:00Z: INC-1; hides: cannot tell: the cluster hasn't been asked yet)");

    seen.cluster(1, aCluster());
    for (int i = 2; i < 10; i += 2) {
      override(i, Readiness.READY);
      seen.broker(i, aBroker(1));
      agentState = seen.cluster(i, aCluster());
      assertThat(line(agentState)).startsWith("ready (override");
      assertThat(agentState.latched()).isFalse();
    }
    assertThat(line(seen.overrides(10, none(10))))
        .isEqualTo(
            "not ready: nothing is wrong, but so far only for 7.0 s of the 10.0 s that the first ready takes");
  }

  @Test
  void theLatchComesWhenItWouldHaveComeAnyway() {
    seen.broker(0, aBroker(1));
    override(0.5, Readiness.NOT_READY);
    seen.cluster(1, aCluster());
    override(10.5, Readiness.NOT_READY);
    seen.broker(11, aBroker(1));
    AgentState agentState = seen.cluster(11, aCluster());

    assertThat(agentState.latched()).isTrue();
    assertThat(line(agentState)).isEqualTo("not ready: override until 18:00Z: INC-1");
  }

  @Test
  void liveAndStartedDoNotCare() {
    seen.broker(0, aBroker(1));
    AgentState agentState = override(1, Readiness.NOT_READY);

    assertThat(agentState.liveReply().line()).isEqualTo("live: broker 1 RUNNING");
    assertThat(agentState.startedReply().line()).isEqualTo("started: broker 1 RUNNING");
  }

  @Test
  void whatIsIgnoredDoesNotCountForALatchedProcess() {
    seen.latched();
    seen.cluster(20, atMinIsr());

    assertThat(line(override(21, Readiness.EVALUATE, Condition.AT_MIN_ISR)))
        .isEqualTo("ready (override until 18:00Z: INC-1; ignores at-min-isr; hides: at-min-ISR 1)");
    assertThat(line(seen.cluster(22, aCluster().with(aPartition("orders", 0).isr(2)))))
        .startsWith("not ready: under-min-ISR 1 (orders-0), override until 18:00Z: INC-1");
  }

  /** Whoever has been in order for long enough but for what is ignored needn't wait anew. */
  @Test
  void aProcessThatWasNeverReadyNeedNotWaitForWhatIsIgnored() {
    seen.broker(0, aBroker(1));
    seen.cluster(1, atMinIsr());
    seen.broker(12, aBroker(1));
    seen.cluster(12, atMinIsr());

    AgentState agentState =
        override(
            12.5,
            Readiness.EVALUATE,
            Condition.AT_MIN_ISR,
            Condition.OUT_OF_SYNC,
            Condition.UNDER_REPLICATED);

    assertThat(line(agentState))
        .startsWith("ready (override until 18:00Z: INC-1; ignores at-min-isr");
    assertThat(agentState.latched()).isFalse();
  }

  @Test
  void aProcessThatWasNeverReadyWaitsForTheRest() {
    seen.broker(0, aBroker(1));
    seen.cluster(1, aCluster().with(aPartition("orders", 0).leaderless()));
    seen.broker(12, aBroker(1));
    seen.cluster(12, atMinIsr());
    Condition[] ignored = {Condition.AT_MIN_ISR, Condition.OUT_OF_SYNC, Condition.UNDER_REPLICATED};

    assertThat(line(override(12.5, Readiness.EVALUATE, ignored)))
        .startsWith(
            "not ready: nothing is wrong, but so far only for 0.0 s of the 10.0 s that the first ready takes, override until");
    seen.broker(22, aBroker(1));
    override(22, Readiness.EVALUATE, ignored);
    AgentState agentState = seen.cluster(22, atMinIsr());
    assertThat(line(agentState)).startsWith("ready (override");
    assertThat(agentState.latched()).isFalse();
    // and its own latch is the override's alone
    assertThat(line(seen.overrides(23, none(23)))).startsWith("not ready: at-min-ISR 1 (orders-0)");
    assertThat(seen.now().latched()).isFalse();
  }

  @Test
  void waitsOutAnUnknownClusterAsWithoutOverride() {
    seen.latched();
    seen.cluster(20, atMinIsr());
    override(21, Readiness.EVALUATE, Condition.AT_MIN_ISR);

    override(22, Readiness.EVALUATE, Condition.AT_MIN_ISR);
    assertThat(line(seen.cluster(22, Answer.unknown("timed out"))))
        .startsWith("ready (override until 18:00Z: INC-1; ignores at-min-isr");
    seen.broker(53, aBroker(1));
    override(53, Readiness.EVALUATE, Condition.AT_MIN_ISR);
    assertThat(line(seen.cluster(53, Answer.unknown("timed out"))))
        .startsWith("cannot tell: timed out, override".replace(",", ";"));
  }

  @Test
  void endsBetweenTwoLooks() {
    seen.latched();
    seen.cluster(20, atMinIsr());
    seen.overrides(20, evaluation(20, Readiness.READY, Duration.ofSeconds(3)));

    assertThat(line(seen.broker(22.9, aBroker(1)))).startsWith("ready (override until 16:00:03Z");
    assertThat(line(seen.broker(23, aBroker(1)))).isEqualTo("not ready: at-min-ISR 1 (orders-0)");
  }

  @Test
  void doesNotCountOnceNobodyReadsTheFilesAnyMore() {
    seen.latched();
    override(20, Readiness.READY);
    seen.cluster(20, atMinIsr());

    assertThat(line(seen.broker(30, aBroker(1)))).startsWith("ready (override");
    assertThat(line(seen.broker(30.1, aBroker(1))))
        .isEqualTo(
            "not ready: at-min-ISR 1 (orders-0), warning: the override files couldn't be read for more than 10 s; see whether their file system hangs");
  }

  @Test
  void nothingIsHeldForLongerThanTheOverride() {
    seen.latched();

    assertThat(
            seen.overrides(20, evaluation(20, Readiness.READY, Duration.ofMillis(3_900)))
                .overrides()
                .end())
        .hasValue(1023);
    assertThat(seen.now().overrides().left(at(21))).isEqualTo(Duration.ofMillis(2_900));
    assertThat(seen.now().overrides().left(at(24))).isEqualTo(Duration.ZERO);
    assertThat(seen.overrides(25, none(25)).overrides().end()).isEmpty();
    assertThat(seen.now().overrides().left(at(25))).isEqualTo(Duration.ZERO);
  }

  @Test
  void afterAStandstillTheOverrideStillCountsAndNothingElseIsKnown() {
    seen.latched();
    seen.cluster(20, atMinIsr());
    override(20, Readiness.EVALUATE, Condition.AT_MIN_ISR);
    seen.standstill(60);

    seen.broker(60, aBroker(1));
    assertThat(line(override(60, Readiness.EVALUATE, Condition.AT_MIN_ISR)))
        .startsWith("cannot tell: the process stood still for");
  }

  @Test
  void isStillReadyOnceTheAgentHasStoppedLookingAtTheBroker() {
    seen.latched();
    seen.overrides(31, evaluation(31, Readiness.READY, Duration.ofHours(2)));

    AgentState stale = seen.now().at(at(32));

    assertThat(line(stale))
        .isEqualTo(
            "ready (override until 18:00Z: INC-1; hides: cannot tell: the agent last looked at the broker 21 s ago)");
    assertThat(stale.liveReply().line())
        .isEqualTo("cannot tell: the agent last looked at the broker 21 s ago");
  }

  @Test
  void evaluatesNothingOldOnceTheAgentHasStoppedLookingAtTheBroker() {
    seen.latched();
    seen.overrides(
        31, evaluation(31, Readiness.EVALUATE, Duration.ofHours(2), Condition.AT_MIN_ISR));

    assertThat(line(seen.now().at(at(32)))).startsWith("cannot tell: the agent last looked");
  }
}

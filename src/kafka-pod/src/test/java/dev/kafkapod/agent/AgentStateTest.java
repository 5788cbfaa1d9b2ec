package dev.kafkapod.agent;

import static dev.kafkapod.agent.AgentStates.at;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aCluster;
import static dev.kafkapod.readiness.fixtures.Given.aPartition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.GatePreset;
import dev.kafkapod.report.EvaluationStats;
import dev.kafkapod.report.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgentStateTest {

  private final AgentStates seen = new AgentStates(GatePreset.BALANCED).latched();

  @Test
  void isStaleOnceTheBrokerHasNotBeenLookedAtForTenSeconds() {
    AgentState agentState = seen.broker(20, aBroker(1));

    assertThat(agentState.isStale(at(30))).isFalse();
    assertThat(agentState.isStale(at(30) + 1)).isTrue();
    assertThat(agentState.age(at(31))).isEqualTo(Duration.ofSeconds(11));
    assertThat(agentState.age(at(19))).isEqualTo(Duration.ZERO);
  }

  @Test
  void saysThatNobodyCanTellOnceItIsStale() {
    AgentState agentState = seen.broker(20, aBroker(1));
    assertThat(agentState.at(at(30))).isSameAs(agentState);

    AgentState stale = agentState.at(at(33));

    assertThat(stale.readyReply().line())
        .isEqualTo("cannot tell: the agent last looked at the broker 13 s ago");
    assertThat(stale.liveReply().line()).isEqualTo(stale.readyReply().line());
    assertThat(stale.startedReply().line()).isEqualTo(stale.readyReply().line());
    assertThat(stale.blocked(at(33))).isEqualTo(Duration.ofSeconds(3));
    assertThat(stale.isStale(at(33))).isTrue();
  }

  @Test
  void doesNotForgetSinceWhenItWasBlockedOnceItIsStale() {
    seen.cluster(20, aCluster().with(aPartition("orders", 0).leaderless()));
    AgentState agentState = seen.broker(21, aBroker(1));

    assertThat(agentState.at(at(40)).blocked(at(40))).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aFreshLookAtTheClusterDoesNotMakeItFresh() {
    seen.broker(20, aBroker(1));

    assertThat(seen.cluster(31, aCluster()).isStale(at(31))).isTrue();
  }

  @Test
  void isBlockedForAsLongAsItHasNotBeenReady() {
    assertThat(seen.now().blocked(at(100))).isEqualTo(Duration.ZERO);

    seen.cluster(20, aCluster().with(aPartition("orders", 0).leaderless()));

    assertThat(seen.now().blocked(at(23))).isEqualTo(Duration.ofSeconds(3));
    assertThat(seen.now().blocked(at(19))).isEqualTo(Duration.ZERO);
  }

  @Test
  void answersEachQuestion() {
    assertThat(seen.now().readyReply().line()).startsWith("ready: broker 1, 3 brokers");
    assertThat(seen.now().liveReply().line()).isEqualTo("live: broker 1 RUNNING");
    assertThat(seen.now().startedReply().line()).isEqualTo("started: broker 1 RUNNING");
  }

  @Test
  void aStatusIsAsOldAsTheOlderOfBothLooks() {
    AgentState agentState = seen.broker(14, aBroker(1));

    assertThat(agentState.status(at(15)).ageNanos()).isEqualTo(Duration.ofSeconds(4).toNanos());
    seen.cluster(20, aCluster());
    assertThat(seen.now().status(at(21)).ageNanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
  }

  @Test
  void aStatusSaysHowTheClusterIsWatched() {
    AgentState agentState = seen.cluster(20, aCluster().with(aPartition("orders", 0).leaderless()));
    Status status = agentState.status(at(23));

    assertThat(status.watch())
        .contains(
            new EvaluationStats(
                true,
                true,
                Duration.ofSeconds(12),
                Duration.ofSeconds(3),
                Duration.ofMillis(250),
                Duration.ofMillis(12),
                Duration.ofSeconds(5),
                false,
                Duration.ofSeconds(3)));
    assertThat(status.latched()).isTrue();
    assertThat(status.ready()).isEqualTo(agentState.ready());
    assertThat(status.observation()).isEqualTo(agentState.observation());
    assertThat(status.assessment()).isEqualTo(agentState.assessment());
  }
}

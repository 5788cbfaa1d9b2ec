package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.Judging.cannotTell;
import static dev.kafkapod.readiness.Judging.no;
import static dev.kafkapod.readiness.Judging.yes;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.common.Answer;
import dev.kafkapod.common.Verdict;
import dev.kafkapod.readiness.fixtures.BrokerBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleTest {

  @ParameterizedTest
  @EnumSource(names = "NOT_RUNNING", mode = EnumSource.Mode.EXCLUDE)
  void isLiveInEveryStateThatABrokerCanLeave(BrokerState state) {
    assertThat(live(aBroker(1).inState(state))).isEqualTo(yes("broker 1 " + state));
  }

  @Test
  void isLiveWhileItRecoversItsLogsHoweverLongThatTakes() {
    assertThat(live(aBroker(1).recovering(12, 3).upFor(Duration.ofDays(2))))
        .isEqualTo(yes("broker 1 RECOVERY, recovering logs: 12 logs and 3 segments remain"));
  }

  @Test
  void isNotLiveOnceItsBrokerHasStoppedInAProcessThatGoesOn() {
    assertThat(live(aBroker(1).inState(BrokerState.NOT_RUNNING)))
        .isEqualTo(no("broker 1 has stopped: NOT_RUNNING in a process that goes on"));
  }

  @Test
  void isLiveBeforeItsBrokerHasBegunToStartHoweverLongThatTakes() {
    assertThat(
            live(
                aBroker(1)
                    .withoutNodeId()
                    .inState(BrokerState.NOT_RUNNING)
                    .upFor(Duration.ofHours(1))))
        .isEqualTo(yes("the local broker NOT_RUNNING"));
  }

  @Test
  void isNotLiveWithDeadlockedThreads() {
    assertThat(live(aBroker(1).running().withDeadlockedThreads("handler-1", "handler-2")))
        .isEqualTo(no("threads are deadlocked: handler-1, handler-2"));
  }

  @Test
  void isLiveWithoutAState() {
    assertThat(live(aBroker(1).withoutNodeId().withoutState()))
        .isEqualTo(yes("the local broker without a state yet"));
  }

  @Test
  void isLiveAsAController() {
    assertThat(live(aController(101))).isEqualTo(yes("controller 101 up"));
  }

  @Test
  void cannotTellWhetherAProcessIsLiveThatDoesNotAnswer() {
    assertThat(Lifecycle.live(Answer.unknown("the broker gave no answer in time")))
        .isEqualTo(cannotTell("the broker gave no answer in time"));
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "PENDING_CONTROLLED_SHUTDOWN", "SHUTTING_DOWN"})
  void hasStartedOnceItIsPastItsStartUp(BrokerState state) {
    assertThat(started(aBroker(1).inState(state))).isEqualTo(yes("broker 1 " + state));
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_RUNNING", "STARTING", "RECOVERY", "UNKNOWN"})
  void hasNotStartedBefore(BrokerState state) {
    assertThat(started(aBroker(1).inState(state))).isEqualTo(no("broker 1 " + state));
  }

  @Test
  void hasNotStartedWhileItRecoversItsLogs() {
    assertThat(started(aBroker(1).recovering(12, 3)))
        .isEqualTo(no("broker 1 RECOVERY, recovering logs: 12 logs and 3 segments remain"));
  }

  @Test
  void hasNotStartedWithoutAState() {
    assertThat(started(aBroker(1).withoutState())).isEqualTo(no("broker 1 without a state yet"));
  }

  @Test
  void hasStartedAsAController() {
    assertThat(started(aController(101))).isEqualTo(yes("controller 101 up"));
  }

  @Test
  void cannotTellWhetherAProcessHasStartedThatDoesNotAnswer() {
    assertThat(Lifecycle.started(Answer.unknown("the broker gave no answer in time")))
        .isEqualTo(cannotTell("the broker gave no answer in time"));
  }

  private static Verdict live(BrokerBuilder broker) {
    return Lifecycle.live(Answer.known(broker.build()));
  }

  private static Verdict started(BrokerBuilder broker) {
    return Lifecycle.started(Answer.known(broker.build()));
  }
}

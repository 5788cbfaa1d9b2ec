package dev.kafkapod.readiness;

import static dev.kafkapod.readiness.Condition.BROKER_STATE;
import static dev.kafkapod.readiness.Condition.LISTENER;
import static dev.kafkapod.readiness.Condition.LOG_DIR;
import static dev.kafkapod.readiness.Judging.finding;
import static dev.kafkapod.readiness.fixtures.Given.aBroker;
import static dev.kafkapod.readiness.fixtures.Given.aController;
import static dev.kafkapod.readiness.fixtures.Given.anObservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kafkapod.readiness.Finding.Clear;
import dev.kafkapod.readiness.Finding.Holds;
import dev.kafkapod.readiness.Finding.NotApplicable;
import dev.kafkapod.readiness.Finding.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The conditions that the broker's own process and listener decide. */
class LocalConditionsTest {

  @Test
  void findsARunningBrokerInOrder() {
    assertThat(finding(BROKER_STATE, anObservation().of(aBroker(1).running())))
        .isEqualTo(new Clear());
  }

  @ParameterizedTest
  @EnumSource(names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
  void holdsABrokerInAnyOtherStateBack(BrokerState state) {
    assertThat(finding(BROKER_STATE, anObservation().of(aBroker(1).inState(state))))
        .isEqualTo(new Holds(state.name()));
  }

  @Test
  void tellsHowMuchOfItsLogsABrokerHasStillToRecover() {
    assertThat(finding(BROKER_STATE, anObservation().of(aBroker(1).recovering(12, 3))))
        .isEqualTo(new Holds("RECOVERY (recovering logs: 12 logs and 3 segments remain)"));
  }

  @Test
  void cannotTellTheStateOfAProcessThatHasNone() {
    assertThat(finding(BROKER_STATE, anObservation().of(aBroker(1).withoutState())))
        .isEqualTo(
            new Unknown(
                "the process has no BrokerState MBean: not a broker, or only just started"));
  }

  @Test
  void cannotTellTheStateOfABrokerThatDoesNotAnswer() {
    assertThat(finding(BROKER_STATE, anObservation().brokerUnknown("no JMX")))
        .isEqualTo(new Unknown("no JMX"));
  }

  @Test
  void asksNoBrokerStateOfAController() {
    assertThat(finding(BROKER_STATE, anObservation().of(aController(101))))
        .isEqualTo(new NotApplicable("a controller has no broker state"));
  }

  @Test
  void asksTheStateOfABrokerThatIsAlsoAController() {
    assertThat(
            finding(
                BROKER_STATE,
                anObservation().of(aBroker(1).alsoController().inState(BrokerState.STARTING))))
        .isEqualTo(new Holds("STARTING"));
  }

  @Test
  void findsAListenerThatAcceptsConnectionsInOrder() {
    assertThat(finding(LISTENER, anObservation())).isEqualTo(new Clear());
  }

  @Test
  void holdsABrokerBackWhoseListenerRefusesConnections() {
    assertThat(finding(LISTENER, anObservation().listenerFailing("Connection refused")))
        .isEqualTo(new Holds("broker-1:9092: Connection refused"));
  }

  @Test
  void cannotTellOfAListenerThatWasNotChecked() {
    assertThat(finding(LISTENER, anObservation().listenerUnknown("the cluster lists no listener")))
        .isEqualTo(new Unknown("the cluster lists no listener"));
  }

  @Test
  void findsABrokerWithAllItsLogDirectoriesInOrder() {
    assertThat(finding(LOG_DIR, anObservation().of(aBroker(1).withOfflineLogDirs(0))))
        .isEqualTo(new Clear());
  }

  @Test
  void holdsABrokerWithAFailedLogDirectoryBack() {
    assertThat(finding(LOG_DIR, anObservation().of(aBroker(1).withOfflineLogDirs(2))))
        .isEqualTo(new Holds("2"));
  }

  @Test
  void cannotTellOfLogDirectoriesBeforeTheBrokerSays() {
    assertThat(finding(LOG_DIR, anObservation().of(aBroker(1).withoutLogDirCount())))
        .isEqualTo(new Unknown("the broker doesn't say yet how many log directories are offline"));
  }

  @Test
  void cannotTellOfLogDirectoriesOfABrokerThatDoesNotAnswer() {
    assertThat(finding(LOG_DIR, anObservation().brokerUnknown("no JMX")))
        .isEqualTo(new Unknown("no JMX"));
  }

  @Test
  void asksNoLogDirectoriesOfAController() {
    assertThat(finding(LOG_DIR, anObservation().of(aController(101))))
        .isEqualTo(new NotApplicable("a controller has no log directories of partitions"));
  }
}

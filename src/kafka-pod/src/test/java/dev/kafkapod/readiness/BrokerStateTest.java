package dev.kafkapod.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerStateTest {

  @ParameterizedTest
  @CsvSource({
    "0, NOT_RUNNING",
    "1, STARTING",
    "2, RECOVERY",
    "3, RUNNING",
    "6, PENDING_CONTROLLED_SHUTDOWN",
    "7, SHUTTING_DOWN",
    "127, UNKNOWN"
  })
  void readsTheNumbersThatKafkaWrites(int number, BrokerState state) {
    assertThat(BrokerState.of(number)).isEqualTo(state);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 4, 5, 8, 126, 255})
  void takesANumberThatKafkaDoesNotWriteForUnknown(int number) {
    assertThat(BrokerState.of(number)).isEqualTo(BrokerState.UNKNOWN);
  }

  @ParameterizedTest
  @EnumSource(names = {"RUNNING", "PENDING_CONTROLLED_SHUTDOWN", "SHUTTING_DOWN"})
  void isPastStartupOnceItHasRun(BrokerState state) {
    assertThat(state.isPastStartup()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_RUNNING", "STARTING", "RECOVERY", "UNKNOWN"})
  void isNotPastStartupBeforeItRuns(BrokerState state) {
    assertThat(state.isPastStartup()).isFalse();
  }

  @Test
  void hasNoStateBesidesKafkas() {
    assertThat(BrokerState.values()).hasSize(7);
  }
}
